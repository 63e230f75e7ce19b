namespace KioskLink.Devices.Osdp;

/// <summary>Listens to what a line carries beside the replies that were asked for, and keeps what it tells of the wiring. The bus's thread alone writes.</summary>
internal sealed class LineEar
{
    private readonly FrameAssembler _unasked = new();
    private readonly RecentTurns _noisy = new();
    private readonly RecentTurns _broken = new();
    private readonly RecentTurns _echoed = new();
    private readonly long[] _late = new long[OsdpLimits.HighestAddress + 1];
    private bool _noise;
    private bool _break;
    private bool _echo;

    public LineQuality Quality => new(_noisy.Share, _broken.Share, _echoed.Share);

    /// <summary>How often a device has answered when nobody waited for it any more.</summary>
    public long LateRepliesOf(byte address) => Volatile.Read(ref _late[address]);

    /// <summary>A turn begins: what was heard since the last one counts for that.</summary>
    public void TurnBegins()
    {
        _noisy.Add(_noise);
        _broken.Add(_break);
        _echoed.Add(_echo);
        (_noise, _break, _echo) = (false, false, false);
    }

    /// <summary>A frame of a panel has come in: the adapter hears what it sends.</summary>
    public void OwnFrame() => _echo = true;

    /// <summary>Bytes that belong to no frame have come.</summary>
    public void Skipped(in SkippedBytes bytes)
    {
        _noise |= bytes.Noise > 0;
        _break |= bytes is { Zeros: > 0, Noise: 0 };
    }

    /// <summary>Bytes came while no reply was waited for.</summary>
    public void Heard(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var room = _unasked.Room();
            var taken = Math.Min(room.Length, bytes.Length);
            bytes[..taken].CopyTo(room);
            _unasked.Filled(taken);
            bytes = bytes[taken..];
            while (_unasked.Take(out var frame) == Assembled.Frame)
                Unasked(frame);
            Skipped(_unasked.TakeSkipped());
        }
    }

    private void Unasked(in Frame frame)
    {
        if (!frame.IsReply)
            OwnFrame();
        else if (frame.Address < _late.Length)
            _late[frame.Address]++;
    }
}

/// <summary>Bytes of a line that belong to no frame.</summary>
/// <param name="Zeros">Zeros: a line that rests at the wrong level gives nothing else.</param>
/// <param name="Noise">Others.</param>
internal readonly record struct SkippedBytes(int Zeros, int Noise);

/// <summary>What a line has carried of late beside the replies that were asked for.</summary>
/// <param name="Noisy">Turns in which bytes came that no device had sent.</param>
/// <param name="Resting">Turns in which nothing but zeros came: the line rests at the wrong level.</param>
/// <param name="Echoed">Turns in which the panel's own frames came back.</param>
public sealed record LineQuality(Share Noisy, Share Resting, Share Echoed);
