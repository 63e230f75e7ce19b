using System.Buffers.Binary;

namespace KioskLink.Devices.Osdp;

/// <summary>A frame as it stands on the line, taken apart but not decrypted. Valid as long as the bytes it points to.</summary>
internal readonly ref struct Frame
{
    private Frame(ReadOnlySpan<byte> bytes, int idAt, int checkSize)
    {
        Bytes = bytes;
        Block = bytes[FrameLayout.HeaderSize..idAt];
        Id = bytes[idAt];
        Secured = Block.Length > 0 && Block[1] is >= SecurityBlock.CommandMac and <= SecurityBlock.ReplyEncrypted;
        var end = bytes.Length - checkSize;
        Body = bytes[(idAt + 1)..(Secured ? end - FrameLayout.MacSize : end)];
        Authenticated = bytes[..(Secured ? end - FrameLayout.MacSize : end)];
        Mac = Secured ? bytes[(end - FrameLayout.MacSize)..end] : default;
    }

    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>The security control block with its length byte, empty where the frame has none.</summary>
    public ReadOnlySpan<byte> Block { get; }

    public byte BlockType => Block.Length > 0 ? Block[1] : (byte)0;

    /// <summary>The frame carries a MAC (SCS_15 to SCS_18).</summary>
    public bool Secured { get; }

    public byte Id { get; }

    /// <summary>What follows the id: clear, or encrypted with SCS_17 and SCS_18.</summary>
    public ReadOnlySpan<byte> Body { get; }

    /// <summary>What the MAC is computed over.</summary>
    public ReadOnlySpan<byte> Authenticated { get; }

    public ReadOnlySpan<byte> Mac { get; }

    public byte Address => (byte)(Bytes[FrameLayout.Address] & ~FrameLayout.ReplyFlag);

    public bool IsReply => (Bytes[FrameLayout.Address] & FrameLayout.ReplyFlag) != 0;

    public byte Sequence => (byte)(Bytes[FrameLayout.Control] & FrameLayout.SequenceMask);

    /// <summary>Takes a frame apart whose length field equals its length. False when a check field is wrong or the parts do not fit.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out Frame frame)
    {
        frame = default;
        if (bytes.Length < FrameLayout.Smallest || !ChecksOut(bytes, out var checkSize))
            return false;
        var idAt = FrameLayout.HeaderSize;
        if ((bytes[FrameLayout.Control] & FrameLayout.SecurityBlockFlag) != 0)
        {
            var blockLength = bytes[FrameLayout.HeaderSize];
            if (blockLength < SecurityBlock.Size || FrameLayout.HeaderSize + blockLength >= bytes.Length)
                return false;
            idAt += blockLength;
        }
        var secured = idAt > FrameLayout.HeaderSize && bytes[FrameLayout.HeaderSize + 1] >= SecurityBlock.CommandMac;
        if (bytes.Length < idAt + 1 + checkSize + (secured ? FrameLayout.MacSize : 0))
            return false;
        frame = new Frame(bytes, idAt, checkSize);
        return true;
    }

    private static bool ChecksOut(ReadOnlySpan<byte> bytes, out int checkSize)
    {
        var crc = (bytes[FrameLayout.Control] & FrameLayout.CrcFlag) != 0;
        checkSize = crc ? FrameLayout.CrcSize : 1;
        var content = bytes[..^checkSize];
        return crc
            ? content.Length > FrameLayout.HeaderSize && BinaryPrimitives.ReadUInt16LittleEndian(bytes[^2..]) == Crc16.Compute(content)
            : bytes[^1] == Crc16.Checksum(content);
    }
}
