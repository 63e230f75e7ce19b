namespace KioskLink.Devices.Osdp;

/// <summary>The keys one device may hold, in the order in which they are tried.</summary>
internal sealed class CandidateKeys
{
    private readonly List<(ReadOnlyMemory<byte> Key, bool IsInstall)> _keys;
    private int _at;
    private bool _offered;

    public CandidateKeys(OsdpDeviceOptions device)
    {
        _keys = [.. device.Keys.Select(key => (key, false))];
        if (device.Secure == SecureMode.Install)
            _keys.Add((SecureChannel.DefaultKey(), true));
    }

    public (ReadOnlyMemory<byte> Key, bool IsInstall) Current => _keys[_at];

    public bool IsFirst => _at == 0;

    /// <summary>Goes on to the next. False when all have been tried; then the first is next again.</summary>
    public bool TryNext()
    {
        _at = (_at + 1) % Math.Max(_keys.Count, 1);
        return _at != 0;
    }

    public void TryFirst() => _at = 0;

    /// <summary>Puts a key before the one in use, which stays in use; all others are of no use any more.</summary>
    public void Offer(byte[] key)
    {
        var current = Current;
        _keys.Clear();
        _keys.AddRange([(key, false), current]);
        (_at, _offered) = (1, true);
    }

    // Once a device has shown a key of its own, the one that everyone knows is of no use any more, nor is any older one.
    private void DropWeaker()
    {
        if (_keys.Count == 0 || Current.IsInstall)
            return;
        _keys.RemoveAll(key => key.IsInstall);
        if (IsFirst)
            _keys.RemoveRange(1, _keys.Count - 1);
    }

    /// <summary>Keeps the offered key or the one before it. False where none was offered or it is not taken.</summary>
    public bool SettleOffer(bool taken)
    {
        if (!_offered)
        {
            DropWeaker();
            return false;
        }
        _keys.RemoveAt(taken ? 1 : 0);
        (_at, _offered) = (0, false);
        return taken;
    }
}
