using System.Security.Cryptography;

namespace KioskLink.Node.Entrances;

/// <summary>
/// The digits of one PIN, in memory that does not move and is overwritten when the entry ends, however it ends.
/// Owned by one loop at a time. Its text form shows only how many.
/// </summary>
internal sealed class PinBuffer : IDisposable
{
    /// <summary>The longest PIN that any profile may ask for, digits.</summary>
    public const int Capacity = 16;

    // Pinned, so that the garbage collector leaves no copies behind.
    private readonly byte[] _digits = GC.AllocateUninitializedArray<byte>(Capacity, pinned: true);

    /// <summary>Digits typed.</summary>
    public int Count { get; private set; }

    /// <summary>The digits as ASCII.</summary>
    public ReadOnlyMemory<byte> Digits => _digits.AsMemory(0, Count);

    /// <summary>Adds a digit. Throws where the buffer is full: the entry's rules must have ended before.</summary>
    public void Append(char digit)
    {
        _digits[Count] = checked((byte)digit);
        Count++;
    }

    /// <summary>Overwrites the digits; the buffer is empty and may be used again.</summary>
    public void Wipe()
    {
        CryptographicOperations.ZeroMemory(_digits);
        Count = 0;
    }

    /// <summary>The same as <see cref="Wipe"/>.</summary>
    public void Dispose() => Wipe();

    /// <inheritdoc />
    public override string ToString() => $"{Count} digits";
}
