using System.Security.Cryptography;
using System.Text;

namespace KioskLink.Sip2;

/// <summary>
/// A PIN or password. It is bytes that can be wiped, never a string; it shows nothing in a log, a debugger or an error.
/// Not thread-safe: one owner wipes it once.
/// </summary>
public sealed class Secret : IDisposable
{
    private readonly byte[] _utf8;

    private Secret(byte[] utf8) => _utf8 = utf8;

    /// <summary>The secret as UTF-8, whatever the wire's encoding was; zeros after <see cref="Dispose"/>.</summary>
    public ReadOnlySpan<byte> Utf8 => _utf8;

    /// <summary>Nothing was typed, or blanks alone: never a PIN.</summary>
    public bool IsEmpty => _utf8.AsSpan().IndexOfAnyExcept((byte)' ') < 0;

    /// <summary>No secret, where a message needs the field.</summary>
    internal static Secret Nothing { get; } = new([]);

    /// <summary>Copies a secret from UTF-8 bytes.</summary>
    public static Secret FromUtf8(ReadOnlySpan<byte> utf8) => new(utf8.ToArray());

    /// <summary>A secret from the characters of a configuration or a keyboard.</summary>
    public static Secret From(ReadOnlySpan<char> characters)
    {
        var utf8 = new byte[Encoding.UTF8.GetByteCount(characters)];
        Encoding.UTF8.GetBytes(characters, utf8);
        return new(utf8);
    }

    /// <summary>Whether both are the same, in a time that tells nothing of where they differ.</summary>
    public bool IsSame(Secret other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return CryptographicOperations.FixedTimeEquals(_utf8, other._utf8);
    }

    /// <summary>Overwrites the bytes.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(_utf8);

    /// <summary>Nothing of the secret.</summary>
    public override string ToString() => "***";

    /// <summary>Takes bytes of a wire.</summary>
    internal static Secret FromWire(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        if (Ascii.IsValid(bytes) || encoding is UTF8Encoding)
            return FromUtf8(bytes);
        Span<char> characters = bytes.Length <= 256 ? stackalloc char[bytes.Length] : new char[bytes.Length];
        var count = encoding.GetChars(bytes, characters);
        var secret = From(characters[..count]);
        characters.Clear();
        return secret;
    }
}
