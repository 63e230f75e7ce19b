namespace KioskLink.Devices.Readers;

/// <summary>Keys pressed on a keypad: <c>0</c>-<c>9</c>, <c>*</c>, <c>#</c>. Its text form shows only how many; wipe it after use.</summary>
public sealed class PinKeys
{
    private readonly char[] _keys;

    /// <summary>Takes a copy.</summary>
    public PinKeys(ReadOnlySpan<char> keys) => _keys = keys.ToArray();

    /// <summary>The keys in the order they were pressed.</summary>
    public ReadOnlySpan<char> Keys => _keys;

    /// <summary>Overwrites the keys in memory.</summary>
    public void Wipe() => Array.Clear(_keys);

    /// <inheritdoc />
    public override string ToString() => $"{_keys.Length} keys";
}
