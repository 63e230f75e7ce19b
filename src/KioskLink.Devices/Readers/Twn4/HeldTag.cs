namespace KioskLink.Devices.Readers.Twn4;

/// <summary>The card that lies on the reader: it is told once, however often it answers.</summary>
internal sealed class HeldTag(TimeSpan within)
{
    private readonly byte[] _id = new byte[SearchTag.LongestId];
    private int _length;
    private TimeSpan _at;

    /// <summary>Whether it is the one that was told; that renews its time.</summary>
    public bool IsHeld(ReadOnlySpan<byte> id, TimeSpan now)
    {
        if (_length == 0 || now - _at >= within || !id.SequenceEqual(_id.AsSpan(0, _length)))
            return false;
        _at = now;
        return true;
    }

    /// <summary>It has been told.</summary>
    public void Hold(ReadOnlySpan<byte> id, TimeSpan now)
    {
        id.CopyTo(_id);
        (_length, _at) = (id.Length, now);
    }

    public void Forget() => _length = 0;
}
