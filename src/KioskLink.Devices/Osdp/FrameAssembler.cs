using System.Buffers.Binary;

namespace KioskLink.Devices.Osdp;

/// <summary>What an assembler found in the bytes so far.</summary>
internal enum Assembled
{
    /// <summary>Nothing whole yet.</summary>
    Nothing,

    /// <summary>A frame with a right check field.</summary>
    Frame,

    /// <summary>Something that looked like a frame and was damaged; the bytes are dropped.</summary>
    Damaged,
}

/// <summary>Finds frames in a stream of bytes, past marks, noise and damaged frames. Never holds more than one largest frame.</summary>
internal sealed class FrameAssembler
{
    private readonly byte[] _bytes = new byte[FrameLayout.Largest];
    private int _start;
    private int _end;
    private bool _damaged;

    /// <summary>A frame has begun and is not whole.</summary>
    public bool Partial => _end > _start;

    public void Clear() => (_start, _end, _damaged) = (0, 0, false);

    /// <summary>Room for the next read; at least one byte, since a full buffer without a frame in it is noise.</summary>
    public Span<byte> Room()
    {
        if (_start > 0)
        {
            _bytes.AsSpan(_start.._end).CopyTo(_bytes);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _bytes.Length)
            Clear();
        return _bytes.AsSpan(_end);
    }

    public void Filled(int count) => _end += count;

    /// <summary>Takes the next frame; its bytes stay valid until <see cref="Room"/> is called.</summary>
    /// <param name="frame">The frame, where there is one.</param>
    /// <param name="nothingFollows">The line has fallen silent: a start whose frame is not whole never was one, and a frame may begin behind it.</param>
    public Assembled Take(out Frame frame, bool nothingFollows = false)
    {
        while (SkipToStart() && LengthOf(out var length))
        {
            if (length is < FrameLayout.Smallest or > FrameLayout.Largest)
            {
                _start++;
                continue;
            }
            if (_end - _start < length)
            {
                if (!nothingFollows)
                    break;
                _damaged = true;
                _start++;
                continue;
            }
            if (Frame.TryParse(_bytes.AsSpan(_start, length), out frame))
            {
                _start += length;
                _damaged = false;
                return Assembled.Frame;
            }
            _damaged = true;
            _start++;
        }
        frame = default;
        var damaged = _damaged && !Partial;
        _damaged &= Partial;
        return damaged ? Assembled.Damaged : Assembled.Nothing;
    }

    private bool SkipToStart()
    {
        var found = _bytes.AsSpan(_start.._end).IndexOf(FrameLayout.Start);
        _start = found < 0 ? _end : _start + found;
        return found >= 0;
    }

    private bool LengthOf(out int length)
    {
        length = 0;
        if (_end - _start < FrameLayout.Control)
            return false;
        length = BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(_start + FrameLayout.Length));
        return true;
    }
}
