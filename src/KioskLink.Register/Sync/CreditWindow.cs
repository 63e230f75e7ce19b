namespace KioskLink.Register.Sync;

/// <summary>How much bulk a node has room for: what it granted, and at most <see cref="UnconfirmedMax"/> on the way. Not thread-safe.</summary>
internal sealed class CreditWindow
{
    /// <summary>Bytes of bulk that may be on the way unconfirmed, so that a ban never waits behind more.</summary>
    public const long UnconfirmedMax = 64 * 1024;

    private long _granted;
    private long _onTheWay;

    /// <summary>Opens the window with a first grant.</summary>
    public void Open(long bytes) => _granted = Math.Clamp(bytes, 0, UnconfirmedMax);

    /// <summary>The node has taken in what was on the way and grants more.</summary>
    public void Grant(long bytes)
    {
        _onTheWay = Math.Max(0, _onTheWay - bytes);
        _granted = Math.Min(_granted + Math.Max(0, bytes), UnconfirmedMax - _onTheWay);
    }

    /// <summary>Takes room for a message; false when it must wait. A message larger than the window goes alone.</summary>
    public bool TryTake(int bytes)
    {
        if (_granted <= 0 || (bytes > _granted && _onTheWay > 0)) return false;
        _granted -= bytes;
        _onTheWay += bytes;
        return true;
    }
}
