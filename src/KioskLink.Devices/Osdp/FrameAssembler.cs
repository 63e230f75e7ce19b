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
    private const byte Mark = 0xFF;
    private readonly byte[] _bytes = new byte[FrameLayout.Largest];
    private int _start;
    private int _end;
    private bool _damaged;
    private SkippedBytes _skipped;

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

    /// <summary>The bytes passed over since the last call that belong to no frame, whole or damaged. Marks are none of them.</summary>
    public SkippedBytes TakeSkipped()
    {
        var skipped = _skipped;
        _skipped = default;
        return skipped;
    }

    /// <summary>Takes the next frame; its bytes stay valid until <see cref="Room"/> is called.</summary>
    /// <param name="frame">The frame, where there is one.</param>
    /// <param name="nothingFollows">The line has fallen silent: a start whose frame is not whole never was one, and a frame may begin behind it.</param>
    public Assembled Take(out Frame frame, bool nothingFollows = false)
    {
        while (SkipToStart() && LengthOf(out var length))
        {
            if (length is < FrameLayout.Smallest or > FrameLayout.Largest)
            {
                Skip(1);
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
        Skip(found < 0 ? _end - _start : found);
        return found >= 0;
    }

    // The rest of a damaged frame is no noise.
    private void Skip(int count)
    {
        if (count > 0 && !_damaged)
        {
            var bytes = _bytes.AsSpan(_start, count);
            var zeros = bytes.Count((byte)0);
            _skipped = new SkippedBytes(_skipped.Zeros + zeros, _skipped.Noise + count - zeros - bytes.Count(Mark));
        }
        _start += count;
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
