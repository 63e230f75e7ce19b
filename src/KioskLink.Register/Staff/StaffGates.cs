using System.Collections.Concurrent;
using Grpc.Core;
using KioskLink.Register.Identity;

namespace KioskLink.Register.Staff;

/// <summary>
/// Lets one change of an account happen at a time, so that no guess is counted over another, and few passwords be hashed at a
/// time, so that no sign-in slows a door. Thread-safe.
/// </summary>
internal sealed class StaffGates : IDisposable
{
    private readonly ConcurrentDictionary<long, SemaphoreSlim> _accounts = new();
    private readonly SemaphoreSlim _hashes = new(StaffLimits.HashesMax);
    private readonly Dictionary<string, Line> _lines = new(StringComparer.Ordinal);

    /// <summary>Waits for an account; the caller disposes what it gets.</summary>
    public async Task<IDisposable> OfAccountAsync(long accountId, CancellationToken cancel)
    {
        var gate = _accounts.GetOrAdd(accountId, _ => new SemaphoreSlim(1));
        await gate.WaitAsync(cancel);
        return new Leave(() => gate.Release());
    }

    /// <summary>
    /// Waits for a password's turn; the caller disposes what it gets. Each source has a line of its own, of which one at a time is
    /// served, in turn with other sources: whoever knocks without end waits for itself.
    /// </summary>
    /// <param name="source">Whence somebody signs in.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="RpcException">RESOURCE_EXHAUSTED when too many of the source wait already.</exception>
    public async Task<IDisposable> OfHashAsync(string source, CancellationToken cancel)
    {
        var line = Enter(source);
        var isFirst = false;
        try
        {
            await line.Gate.WaitAsync(cancel);
            isFirst = true;
            await _hashes.WaitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            End(source, line, isFirst);
            throw;
        }

        return new Leave(() =>
        {
            _hashes.Release();
            End(source, line, isFirst: true);
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _hashes.Dispose();
        foreach (var gate in _accounts.Values)
        {
            gate.Dispose();
        }
    }

    private Line Enter(string source)
    {
        lock (_lines)
        {
            if (!_lines.TryGetValue(source, out var line))
            {
                _lines[source] = line = new Line();
            }

            if (line.Waiting >= StaffLimits.WaitingPerSourceMax)
            {
                throw Refused.With(StatusCode.ResourceExhausted, "SIGN_IN_BUSY", "Too many sign in from here at this moment; try again in a minute.");
            }

            line.Waiting++;
            return line;
        }
    }

    private void End(string source, Line line, bool isFirst)
    {
        if (isFirst)
        {
            line.Gate.Release();
        }

        lock (_lines)
        {
            if (--line.Waiting == 0)
            {
                _lines.Remove(source);
            }
        }
    }

    /// <summary>The sign-ins of one source.</summary>
    private sealed class Line
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public int Waiting { get; set; }
    }

    private sealed class Leave(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}
