using KioskLink.Devices.Serial;

namespace KioskLink.Devices.Osdp;

/// <summary>Puts one question of a search on the line and waits for its answer. The owner of the line uses it.</summary>
internal sealed class DiscoveryExchange(ISerialLink link, TimeProvider clock, OsdpLimits limits)
{
    private readonly FrameAssembler _assembler = new();
    private readonly byte[] _frame = new byte[FrameRoom.SmallestFrame];

    /// <summary>Asks the next question of a search at the line's present speed. False: the port has vanished.</summary>
    public bool Ask(Discovery discovery)
    {
        _assembler.Clear();
        while (link.Read(_frame) > 0)
        {
        }
        var length = discovery.Write(_frame);
        if (!link.Write(_frame.AsSpan(0, length)))
            return false;
        var wire = TimeSpan.FromSeconds(10.0 * length / discovery.Baud);
        var (since, limit) = (clock.GetTimestamp(), wire + limits.ReplyTimeout);
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
            limit = Max(limit, clock.GetElapsedTime(since) + limits.GapTimeout);
            if (limit > limits.ReplyLimit)
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
