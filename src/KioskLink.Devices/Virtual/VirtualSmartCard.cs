namespace KioskLink.Devices.Virtual;

/// <summary>A smart card at a virtual reader that answers everything with something made of the question: enough to see that nothing is lost on the way.</summary>
internal sealed class VirtualSmartCard
{
    private readonly List<byte> _asked = [];

    /// <summary>The object on the card: 300 bytes that count up.</summary>
    public static byte[] PivObject { get; } = [.. Enumerable.Range(0, 300).Select(value => (byte)value)];

    /// <summary>Takes a part of what is to be signed; the signature (all of it backwards) once it is whole.</summary>
    public byte[]? Sign(byte[] data)
    {
        if (data.Length < 6)
            return null;
        var (total, offset) = (data[0] + 256 * data[1], data[2] + 256 * data[3]);
        if (offset == 0)
            _asked.Clear();
        _asked.AddRange(data[6..]);
        return _asked.Count == total ? [.. Enumerable.Reverse(_asked)] : null;
    }
}
