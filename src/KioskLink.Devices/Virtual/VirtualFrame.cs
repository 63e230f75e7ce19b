namespace KioskLink.Devices.Virtual;

/// <summary>A frame as the device's side sees it. Written apart from the panel's codec, bit by bit after the standard, so that no error can hide on both ends.</summary>
internal sealed record VirtualFrame(int Address, int Sequence, byte[] Block, byte Id, byte[] Data, byte[] Mac, byte[] Signed)
{
    /// <summary>Takes the first whole command out of what was heard, or null. Frames that do not check out are passed over without a word.</summary>
    public static VirtualFrame? TakeFrom(List<byte> heard)
    {
        while (true)
        {
            var start = heard.IndexOf(0x53);
            heard.RemoveRange(0, start < 0 ? heard.Count : start);
            if (heard.Count < 5)
                return null;
            var length = heard[2] + 256 * heard[3];
            if (length is < 8 or > 512)
            {
                heard.RemoveAt(0);
                continue;
            }
            if (heard.Count < length)
                return null;
            var bytes = heard.GetRange(0, length).ToArray();
            var check = Crc(bytes.AsSpan(0, length - 2));
            if (bytes[length - 2] + 256 * bytes[length - 1] != check || (bytes[4] & 0x04) == 0 || !Fits(bytes))
            {
                heard.RemoveAt(0);
                continue;
            }
            heard.RemoveRange(0, length);
            return Split(bytes);
        }
    }

    /// <summary>A reply, complete with CRC. <paramref name="sign"/> makes the four MAC bytes over what stands before them.</summary>
    public static byte[] Reply(int address, int sequence, byte[] block, byte id, byte[] data, Func<byte[], byte[]>? sign = null)
    {
        var length = 5 + block.Length + 1 + data.Length + (sign is null ? 0 : 4) + 2;
        var control = sequence + 4 + (block.Length > 0 ? 8 : 0);
        byte[] frame = [0x53, (byte)(address + 128), (byte)(length % 256), (byte)(length / 256), (byte)control, .. block, id, .. data];
        if (sign is not null)
            frame = [.. frame, .. sign(frame)];
        var crc = Crc(frame);
        return [.. frame, (byte)(crc % 256), (byte)(crc / 256)];
    }

    private static bool Fits(byte[] bytes)
    {
        var blockLength = (bytes[4] & 0x08) != 0 ? bytes[5] : 0;
        var secured = blockLength >= 2 && bytes[6] >= 0x15;
        return blockLength != 1 && bytes.Length >= 5 + blockLength + 1 + (secured ? 4 : 0) + 2;
    }

    private static VirtualFrame Split(byte[] bytes)
    {
        var blockLength = (bytes[4] & 0x08) != 0 ? bytes[5] : 0;
        var block = bytes[5..(5 + blockLength)];
        var macLength = blockLength >= 2 && block[1] >= 0x15 ? 4 : 0;
        var end = bytes.Length - 2 - macLength;
        return new VirtualFrame(bytes[1], bytes[4] & 3, block, bytes[5 + blockLength], bytes[(6 + blockLength)..end], bytes[end..(end + macLength)], bytes[..end]);
    }

    private static int Crc(ReadOnlySpan<byte> bytes)
    {
        var register = 0x1D0F;
        foreach (var value in bytes)
        {
            for (var bit = 7; bit >= 0; bit--)
            {
                var feedback = ((register >> 15) ^ (value >> bit)) & 1;
                register = (register << 1) & 0xFFFF;
                if (feedback == 1)
                    register ^= 0x1021;
            }
        }
        return register;
    }
}
