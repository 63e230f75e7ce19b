using KioskLink.Devices.Serial;

namespace KioskLink.Devices.Relays;

/// <summary>How an exchange with a board went.</summary>
internal enum RelayExchange
{
    /// <summary>The board's job has been told.</summary>
    Settled,

    /// <summary>The port has vanished.</summary>
    Gone,
}

/// <summary>Puts one request on the line and waits for its answer: the gap between frames, time-outs, own echo, noise. One thread uses it.</summary>
internal sealed class RelayLine(ISerialLink link, IRelayProtocol protocol, bool addressed, int baud, RelayLimits limits, TimeProvider clock)
{
    // Modbus RTU: 3.5 characters of 11 bits, and a fixed time above 19200 baud. The other boards do not mind it.
    private const int BitsPerCharacter = 11, FastestCountedBaud = 19200;
    private const double GapCharacters = 3.5;
    private static readonly TimeSpan FixedGap = TimeSpan.FromMilliseconds(1.75);
    private readonly TimeSpan _gap = baud > FastestCountedBaud ? FixedGap : TimeSpan.FromSeconds(GapCharacters * BitsPerCharacter / baud);
    private readonly byte[] _request = new byte[IRelayProtocol.LongestFrame];
    private readonly byte[] _received = new byte[4 * IRelayProtocol.LongestFrame];
    private readonly byte[] _discarded = new byte[IRelayProtocol.LongestFrame];
    private readonly long _start = clock.GetTimestamp();
    private TimeSpan _quietSince;
    private bool _echoes;
    private int _count;

    /// <summary>The time since the start, of a clock that never jumps.</summary>
    public TimeSpan Now => clock.GetElapsedTime(_start);

    /// <summary>The port is another than before: nothing is known of its adapter.</summary>
    public void Reopened() => _echoes = false;

    /// <summary>Asks a board and tells its job what came of it.</summary>
    public RelayExchange Exchange(RelayBoard board, RelayRequest request)
    {
        var length = protocol.Write(board.Options, request, _request);
        if (!KeepQuiet(_gap) || !link.Write(_request.AsSpan(0, length)))
            return RelayExchange.Gone;
        var sent = Now;
        _quietSince = sent + WireTime(length);
        if (protocol.Answers(request.Verb))
            return Await(board, request, length, sent);
        board.Sent(Now);
        return RelayExchange.Settled;
    }

    /// <summary>Waits without a request under way, until the time or until another thread wakes the loop. False: the port has vanished.</summary>
    public bool Idle(TimeSpan limit)
    {
        var signal = link.Wait(limit);
        return signal != LinkSignal.Gone && (signal != LinkSignal.Readable || Discard());
    }

    /// <summary>Waits until what was sent last is out: closing a port throws away what the driver still holds, and no answer tells that it has gone.</summary>
    public void LetOut()
    {
        for (var left = _quietSince + limits.OutputDelay - Now; left > TimeSpan.Zero; left = _quietSince + limits.OutputDelay - Now)
            if (!Idle(left))
                return;
    }

    private TimeSpan WireTime(int characters) => TimeSpan.FromTicks(characters * BitsPerCharacter * TimeSpan.TicksPerSecond / baud);

    private bool KeepQuiet(TimeSpan gap)
    {
        if (!Discard())
            return false;
        var limit = Now + limits.QuietLimit;
        for (var left = _quietSince + gap - Now; left > TimeSpan.Zero && Now < limit; left = _quietSince + gap - Now)
        {
            var signal = link.Wait(left);
            if (signal == LinkSignal.Gone || (signal == LinkSignal.Readable && !Discard()))
                return false;
        }
        return true;
    }

    private bool Discard()
    {
        int count;
        while ((count = link.Read(_discarded)) > 0)
            _quietSince = Now;
        return count == 0;
    }

    private RelayExchange Await(RelayBoard board, RelayRequest request, int length, TimeSpan sent)
    {
        _count = 0;
        var deadline = _quietSince + limits.ReplyTimeout;
        for (var now = Now; now < deadline; now = Now)
        {
            var signal = link.Wait(deadline - now);
            if (signal == LinkSignal.Gone)
                return RelayExchange.Gone;
            if (signal != LinkSignal.Readable)
                continue;
            var count = link.Read(_received.AsSpan(_count));
            if (count < 0)
                return RelayExchange.Gone;
            (_count, _quietSince) = (_count + count, Now);
            if (Answer(board, request, length) is { Kind: not RelayReplyKind.Incomplete } reply)
                return Settle(board, reply, sent);
        }
        board.Fail(damaged: _count > 0, Now);
        return RelayExchange.Settled;
    }

    private RelayExchange Settle(RelayBoard board, RelayReply reply, TimeSpan sent)
    {
        if (reply.Kind != RelayReplyKind.Wrong)
        {
            board.Take(reply, Now - sent, Now);
            return RelayExchange.Settled;
        }
        // The rest of a broken answer would be taken for the beginning of the next.
        if (!KeepQuiet(limits.QuietAfterNoise))
            return RelayExchange.Gone;
        board.Fail(damaged: true, Now);
        return RelayExchange.Settled;
    }

    // An adapter that hears itself brings the request back first. The answer to a write looks the same, the answer to a read never does:
    // a session begins with a read, so the echo is known before the first write and can never pass for a confirmation.
    private RelayReply Answer(RelayBoard board, RelayRequest request, int length)
    {
        ReadOnlySpan<byte> received = _received.AsSpan(0, _count), asked = _request.AsSpan(0, length);
        if (addressed && (_echoes || request.Verb is RelayVerb.Read or RelayVerb.Identify))
        {
            if (received.Length < asked.Length && asked.StartsWith(received))
                return RelayReply.Incomplete;
            if (received.StartsWith(asked))
            {
                _echoes = true;
                received = received[asked.Length..];
            }
        }
        return received.IsEmpty ? RelayReply.Incomplete : protocol.Read(board.Options, request, received);
    }
}
