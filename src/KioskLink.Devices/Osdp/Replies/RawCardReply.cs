using System.Buffers.Binary;

namespace KioskLink.Devices.Osdp.Replies;

/// <summary>RAW: the bits of a card as read, first bit first, left-justified.</summary>
internal readonly ref struct RawCardReply
{
    public const int HeaderSize = 4;

    public byte Reader { get; private init; }

    public int BitCount { get; private init; }

    public ReadOnlySpan<byte> Bits { get; private init; }

    public static bool TryRead(ReadOnlySpan<byte> data, out RawCardReply card)
    {
        card = default;
        if (data.Length < HeaderSize)
            return false;
        int bitCount = BinaryPrimitives.ReadUInt16LittleEndian(data[2..]);
        var size = (bitCount + 7) / 8;
        if (bitCount == 0 || data.Length < HeaderSize + size)
            return false;
        card = new() { Reader = data[0], BitCount = bitCount, Bits = data.Slice(HeaderSize, size) };
        return true;
    }
}
