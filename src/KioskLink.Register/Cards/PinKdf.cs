using KioskLink.Rules.Pins;

namespace KioskLink.Register.Cards;

/// <summary>
/// Runs the slow hash off the request's thread, as many at once as there are cores, one per device at a time: a device that
/// sprays PINs waits for itself, and the door beside it goes first. Thread-safe.
/// </summary>
internal sealed class PinKdf
{
    /// <summary>Presentations of one device that run or wait at once.</summary>
    public const int WaitingPerDeviceMax = 16;

    private readonly HashSlots _cores = new(Environment.ProcessorCount);
    private readonly Dictionary<string, Line> _lines = new(StringComparer.Ordinal);

    /// <summary>Waits for the device's turn; null when too many of the device wait already.</summary>
    public async Task<Turn?> TakeTurnAsync(string device, CancellationToken cancel)
    {
        if (Enter(device) is not { } line)
        {
            return null;
        }

        try
        {
            await line.Gate.WaitAsync(cancel).ConfigureAwait(false);
            return new Turn(this, device, line);
        }
        catch (OperationCanceledException)
        {
            Leave(device, line);
            throw;
        }
    }

    /// <summary>The hash of a PIN.</summary>
    /// <param name="hash">The slow hash.</param>
    /// <param name="pin">ASCII digits.</param>
    /// <param name="salt">The salt, 16 bytes.</param>
    /// <param name="rank">Who goes first: see <see cref="HashSlots.EnterAsync"/>.</param>
    public async Task<byte[]> HashAsync(IPinHash hash, ReadOnlyMemory<byte> pin, byte[] salt, int rank)
    {
        await _cores.EnterAsync(rank).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => hash.Hash(pin.Span, salt)).ConfigureAwait(false);
        }
        finally
        {
            _cores.Leave();
        }
    }

    private Line? Enter(string device)
    {
        lock (_lines)
        {
            if (!_lines.TryGetValue(device, out var line))
            {
                _lines[device] = line = new Line();
            }

            if (line.Waiting >= WaitingPerDeviceMax)
            {
                return null;
            }

            line.Waiting++;
            return line;
        }
    }

    private void Leave(string device, Line line)
    {
        lock (_lines)
        {
            if (--line.Waiting == 0)
            {
                _lines.Remove(device);
            }
        }
    }

    /// <summary>A device's turn; ends when disposed.</summary>
    internal sealed class Turn(PinKdf kdf, string device, Line line) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose()
        {
            line.Gate.Release();
            kdf.Leave(device, line);
        }
    }

    /// <summary>The presentations of one device.</summary>
    internal sealed class Line
    {
        /// <summary>Lets one through.</summary>
        public SemaphoreSlim Gate { get; } = new(1);

        /// <summary>How many run or wait.</summary>
        public int Waiting { get; set; }
    }
}
