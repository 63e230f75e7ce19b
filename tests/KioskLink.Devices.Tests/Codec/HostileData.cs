using System.Buffers.Binary;

namespace KioskLink.Devices.Tests.Codec;

/// <summary>Data of commands and replies that are nearly right: the lengths their ids call for, and values at the ends.</summary>
internal static class HostileData
{
    private const int Most = 64, FragmentHeader = 11, Block = 16;
    private const byte FileTransfer = 0x7C;
    private static readonly int[] Ends = [0, 1, 100, -1, int.MaxValue, int.MinValue];
    private static readonly int[] Lengths = [0, 1, 2, 4, 5, 6, 8, 12, 14, 16, 18, 32];

    /// <summary>Data for an id, in clear.</summary>
    public static byte[] Of(byte id, Random random)
    {
        if (id == FileTransfer && random.Next(2) == 0)
            return Fragment(random);
        var data = Noise(random, random.Next(4) == 0 ? random.Next(Most) : Lengths[random.Next(Lengths.Length)]);
        // Small values come more often, so that counts and lengths sometimes fit.
        for (var at = 0; at < data.Length; at++)
            if (random.Next(2) == 0)
                data[at] = (byte)random.Next(8);
        return data;
    }

    /// <summary>The same encrypted: as it should be, without padding, of zeros, cut, of chance, or not there at all.</summary>
    /// <param name="plain">The data.</param>
    /// <param name="encrypt">Pads and encrypts, block by block.</param>
    /// <param name="random">The chance.</param>
    public static byte[] Sealed(byte[] plain, Func<byte[], byte[]> encrypt, Random random) => random.Next(10) switch
    {
        0 => [],
        1 => encrypt(new byte[2 * Block])[..^Block],
        2 => encrypt(Noise(random, 2 * Block))[..^Block],
        3 => encrypt(plain)[..random.Next(Block)],
        4 => Noise(random, random.Next(Most)),
        _ => encrypt(plain),
    };

    public static byte[] Noise(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Changes one byte behind start, address and length, and makes the CRC right again.</summary>
    public static void Change(byte[] frame, Random random)
    {
        const int firstChanged = 4, crcSize = 2;
        frame[random.Next(firstChanged, frame.Length - crcSize)] ^= (byte)random.Next(1, 256);
        HostileFrames.Repair(frame);
    }

    // The fragment's length fits its bytes; the whole's and the offset fit or lie far outside.
    private static byte[] Fragment(Random random)
    {
        var data = Noise(random, FragmentHeader + random.Next(20));
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(1), Ends[random.Next(Ends.Length)]);
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(5), Ends[random.Next(Ends.Length)]);
        BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(9), (ushort)(data.Length - FragmentHeader));
        return data;
    }
}
