using KioskLink.Devices.Serial;

namespace KioskLink.Devices.Osdp;

/// <summary>Looks for OSDP devices on a serial port that nothing else uses, at all speeds and addresses. A minute or two on an empty line.</summary>
/// <param name="link">The line; owned and closed by this.</param>
/// <param name="clock">Measures waits.</param>
/// <param name="limits">How long a reply is waited for.</param>
public sealed class OsdpDiscovery(ISerialLink link, TimeProvider clock, OsdpLimits? limits = null) : IDisposable
{
    /// <summary>The speeds of the standard, likeliest first.</summary>
    public static readonly IReadOnlyList<int> Bauds = [9600, 38400, 115200, 19200, 57600, 230400];

    private readonly OsdpLimits _limits = limits ?? new OsdpLimits();
    private readonly FrameAssembler _assembler = new();
    private readonly byte[] _frame = new byte[FrameRoom.SmallestFrame];

    /// <summary>Looks, on the caller's thread.</summary>
    /// <param name="thorough">Tries every speed, also after one at which something answered.</param>
    /// <param name="progress">Is told the share that is done, from 0 to 1.</param>
    /// <param name="cancellation">Ends it with what was found so far.</param>
    /// <returns>What was found, and what hindered the port, or null.</returns>
    public (IReadOnlyList<FoundDevice> Found, PortProblem? Problem) Run(bool thorough = false, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var discovery = new Discovery(Bauds, thorough);
        if (link.Open() is { } problem)
            return ([], problem);
        var gone = false;
        for (var baud = 0; !discovery.Over && !gone && !cancellation.IsCancellationRequested;)
        {
            if (baud != discovery.Baud && !link.SetBaud(baud = discovery.Baud))
                break;
            gone = !Ask(discovery);
            progress?.Report(discovery.Share);
        }
        link.Close();
        return (discovery.Found, gone ? new PortProblem(PortProblemKind.Missing, $"The device at {link.Path} has vanished: check the adapter and its cable.") : null);
    }

    /// <summary>Lets the port go.</summary>
    public void Dispose() => link.Dispose();

    // False: the port has vanished.
    private bool Ask(Discovery discovery)
    {
        _assembler.Clear();
        while (link.Read(_frame) > 0)
        {
        }
        var length = discovery.Write(_frame);
        if (!link.Write(_frame.AsSpan(0, length)))
            return false;
        var wire = TimeSpan.FromSeconds(10.0 * length / discovery.Baud);
        var (since, limit) = (clock.GetTimestamp(), wire + _limits.ReplyTimeout);
        for (var left = limit; left > TimeSpan.Zero; left = limit - clock.GetElapsedTime(since))
        {
            var signal = link.Wait(left);
            if (signal == LinkSignal.Gone)
                return false;
            if (signal != LinkSignal.Readable)
                continue;
            var count = link.Read(_assembler.Room());
            if (count < 0)
                return false;
            _assembler.Filled(count);
            // A reply that has begun may end.
            limit = Max(limit, clock.GetElapsedTime(since) + _limits.GapTimeout);
            if (limit > _limits.ReplyLimit)
                break;
            if (Settled(discovery, nothingFollows: false))
                return true;
        }
        if (!Settled(discovery, nothingFollows: true))
            discovery.Missed(damaged: false);
        return true;
    }

    private bool Settled(Discovery discovery, bool nothingFollows)
    {
        while (true)
        {
            var assembled = _assembler.Take(out var frame, nothingFollows);
            if (assembled == Assembled.Nothing)
                return false;
            if (assembled == Assembled.Damaged)
            {
                discovery.Missed(damaged: true);
                return true;
            }
            if (discovery.Take(frame))
                return true;
        }
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
