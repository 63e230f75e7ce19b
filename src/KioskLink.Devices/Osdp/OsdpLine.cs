using KioskLink.Devices.Serial;

namespace KioskLink.Devices.Osdp;

/// <summary>How an exchange on the line went.</summary>
internal enum LineResult
{
    /// <summary>The device's session has taken a reply, or has been told that none came.</summary>
    Settled,

    /// <summary>The port has vanished.</summary>
    Gone,
}

/// <summary>Puts one frame on the line and waits for its reply: quiet times, time-outs, own echo, noise.</summary>
internal sealed class OsdpLine(ISerialLink link, OsdpLimits limits, TimeProvider clock, int baud)
{
    private const int BitsPerCharacter = 10;
    private readonly FrameAssembler _assembler = new();
    private readonly long _start = clock.GetTimestamp();
    private volatile TraceTap _tap = TraceTap.None;
    private TimeSpan _quietSince;

    /// <summary>The time since the start, of a clock that never jumps.</summary>
    public TimeSpan Now => clock.GetElapsedTime(_start);

    public int Baud { get; set; } = baud;

    /// <summary>What the line carries beside replies.</summary>
    public LineEar Ear { get; } = new();

    /// <summary>Who sees the frames. Any thread may set it.</summary>
    public TraceTap Tap
    {
        get => _tap;
        set => _tap = value;
    }

    public LineResult Exchange(DeviceSession session)
    {
        if (!KeepQuiet())
            return LineResult.Gone;
        var frame = session.NextFrame(Now);
        if (frame.IsEmpty)
            return LineResult.Settled;
        _tap.Show(FrameDirection.Sent, frame, session.Cards, session.UsesInstallKey);
        if (!link.Write(frame))
            return LineResult.Gone;
        _quietSince = Now + WireTime(frame.Length);
        return Await(session, sent: _quietSince);
    }

    /// <summary>Waits without a frame of ours under way, until the time or until another thread wakes the loop. False: the port has vanished.</summary>
    public bool Idle(TimeSpan limit)
    {
        var signal = link.Wait(limit);
        return signal != LinkSignal.Gone && (signal != LinkSignal.Readable || Discard());
    }

    private TimeSpan WireTime(int characters) => TimeSpan.FromTicks(characters * BitsPerCharacter * TimeSpan.TicksPerSecond / Baud);

    // Drivers of the last sender need a moment to let go of the pair; what arrives in it belongs to nobody. A transmitter that is stuck never lets go:
    // then the command is sent into it, fails, and the device is told offline.
    private bool KeepQuiet()
    {
        _assembler.Clear();
        Ear.TurnBegins();
        if (!Discard())
            return false;
        var limit = Now + limits.QuietLimit;
        for (var left = QuietLeft(); left > TimeSpan.Zero && Now < limit; left = QuietLeft())
        {
            var signal = link.Wait(left);
            if (signal == LinkSignal.Gone || (signal == LinkSignal.Readable && !Discard()))
                return false;
        }
        return true;
    }

    private TimeSpan QuietLeft() => _quietSince + WireTime(limits.QuietCharacters) - Now;

    private bool Discard()
    {
        while (true)
        {
            var room = _assembler.Room();
            var count = link.Read(room);
            if (count <= 0)
                return count == 0;
            _quietSince = Now;
            Ear.Heard(room[..count]);
        }
    }

    private LineResult Await(DeviceSession session, TimeSpan sent)
    {
        var timeout = session.ReplyTimeout;
        var deadline = sent + timeout;
        var limit = sent + limits.ReplyLimit;
        for (var now = Now; now < deadline && now < limit; now = Now)
        {
            var signal = link.Wait(deadline - now);
            if (signal == LinkSignal.Gone)
                return LineResult.Gone;
            if (signal != LinkSignal.Readable)
                continue;
            var count = link.Read(_assembler.Room());
            if (count < 0)
                return LineResult.Gone;
            // From here on the line is quiet again: reading the reply must not lengthen that.
            _quietSince = Now;
            _assembler.Filled(count);
            if (Settle(session))
                return LineResult.Settled;
            if (_assembler.Partial)
                deadline = Max(sent + timeout, Now + Max(limits.GapTimeout, WireTime(4)));
        }
        // Noise may have looked like the start of a long frame and hidden the reply behind it.
        if (!Settle(session, nothingFollows: true))
            session.Fail(ExchangeFailure.Silent, Now);
        return LineResult.Settled;
    }

    private bool Settle(DeviceSession session, bool nothingFollows = false)
    {
        var settled = SettleFrames(session, nothingFollows);
        Ear.Skipped(_assembler.TakeSkipped());
        return settled;
    }

    private void Hear(in Frame frame, DeviceSession session)
    {
        if (frame.IsReply)
            _tap.Show(FrameDirection.Received, frame.Bytes, session.Cards, session.UsesInstallKey);
        else
            Ear.OwnFrame();
    }

    private bool SettleFrames(DeviceSession session, bool nothingFollows)
    {
        while (true)
        {
            switch (_assembler.Take(out var reply, nothingFollows))
            {
                case Assembled.Frame:
                    Hear(reply, session);
                    if (session.Take(reply, Now))
                        return true;
                    break;
                case Assembled.Damaged:
                    session.Fail(ExchangeFailure.Damaged, Now);
                    return true;
                default:
                    return false;
            }
        }
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
