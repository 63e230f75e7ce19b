using System.Buffers.Binary;

namespace KioskLink.Devices.Osdp.Replies;

/// <summary>One part of a long reply (PIVDATAR, GENAUTHR, CRAUTHR, extended PDID): six bytes of where it belongs, and the part.</summary>
internal readonly ref struct MultiPartReply
{
    public const int HeaderSize = 6;

    public int Total { get; private init; }

    public int Offset { get; private init; }

    public ReadOnlySpan<byte> Part { get; private init; }

    /// <summary>False where a part would reach beyond the whole, or is not all there.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out MultiPartReply reply)
    {
        reply = default;
        if (data.Length < HeaderSize)
            return false;
        int total = BinaryPrimitives.ReadUInt16LittleEndian(data);
        int offset = BinaryPrimitives.ReadUInt16LittleEndian(data[2..]);
        int length = BinaryPrimitives.ReadUInt16LittleEndian(data[4..]);
        if (data.Length < HeaderSize + length || offset + length > total)
            return false;
        reply = new() { Total = total, Offset = offset, Part = data.Slice(HeaderSize, length) };
        return true;
    }
}
