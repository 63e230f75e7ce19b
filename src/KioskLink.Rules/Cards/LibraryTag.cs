using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace KioskLink.Rules.Cards;

/// <summary>
/// What an RFID tag of a library holds: the fixed block of ISO 28560-3, as the Danish and Finnish data model writes it (domain facts 2.3).
/// A tag can be copied, so it identifies and proves nothing. Pure and thread-safe.
/// </summary>
/// <param name="Usage">The type of usage, 0 to 15.</param>
/// <param name="PrimaryId">The primary identifier: the card number of a patron card.</param>
/// <param name="Owner">The owner's ISIL (ISO 15511), such as `FI-Lah`.</param>
public sealed record LibraryTag(int Usage, string PrimaryId, string Owner)
{
    /// <summary>Length of the block in bytes.</summary>
    public const int BlockLength = 32;

    private const int Version = 1;
    private const int PatronCard = 8;
    private const int IdAt = 3, IdLength = 16, CrcAt = 19, CountryAt = 21, OwnerAt = 23;
    private const int MemoryBlock = 4;

    /// <summary>The CRC counts two bytes more than the block has, both zero.</summary>
    private const int LogicalPadding = 2;

    /// <summary>Whether it is the card of a patron.</summary>
    public bool IsPatronCard => Usage == PatronCard;

    /// <summary>Reads a block, also one whose memory blocks of four bytes a vendor wrote the other way round.</summary>
    /// <returns>False when version or CRC is wrong, or a text is not printable ASCII.</returns>
    public static bool TryRead(ReadOnlySpan<byte> block, [NotNullWhen(true)] out LibraryTag? tag)
    {
        tag = block.Length == BlockLength ? ReadStraight(block) ?? ReadStraight(Turned(block)) : null;
        return tag is not null;
    }

    /// <summary>CRC-16 of a block: polynomial 0x1021, start 0xFFFF, not reflected, over all but the CRC itself.</summary>
    public static ushort CrcOf(ReadOnlySpan<byte> block)
    {
        var crc = Add(Add(0xFFFF, block[..CrcAt]), block[CountryAt..BlockLength]);
        return Add(crc, stackalloc byte[LogicalPadding]);
    }

    private static LibraryTag? ReadStraight(ReadOnlySpan<byte> block)
    {
        var crc = block[CrcAt] | (block[CrcAt + 1] << 8);
        if (block[0] >> 4 != Version || crc != CrcOf(block))
        {
            return null;
        }

        return Text(block.Slice(IdAt, IdLength)) is { Length: > 0 } id && Text(block[CountryAt..OwnerAt]) is { } country && Text(block[OwnerAt..]) is { } owner
            ? new LibraryTag(block[0] & 0x0F, id, $"{country}-{owner}")
            : null;
    }

    private static string? Text(ReadOnlySpan<byte> padded)
    {
        var text = padded.TrimEnd((byte)0);
        return text.ContainsAnyExceptInRange((byte)' ', (byte)'~') ? null : Encoding.ASCII.GetString(text);
    }

    private static byte[] Turned(ReadOnlySpan<byte> block)
    {
        var turned = block.ToArray();
        for (var at = 0; at < BlockLength; at += MemoryBlock)
        {
            turned.AsSpan(at, MemoryBlock).Reverse();
        }

        return turned;
    }

    private static ushort Add(ushort crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var octet in bytes)
        {
            crc ^= (ushort)(octet << 8);
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (ushort)((crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1);
            }
        }

        return crc;
    }
}
