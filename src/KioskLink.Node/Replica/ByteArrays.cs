namespace KioskLink.Node.Replica;

/// <summary>Byte arrays as keys, by content.</summary>
internal sealed class ByteArrays : IEqualityComparer<byte[]>
{
    /// <summary>The comparer.</summary>
    public static readonly ByteArrays Equality = new();

    /// <inheritdoc/>
    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    /// <inheritdoc/>
    public int GetHashCode(byte[] obj)
    {
        var hash = new HashCode();
        hash.AddBytes(obj);
        return hash.ToHashCode();
    }
}
