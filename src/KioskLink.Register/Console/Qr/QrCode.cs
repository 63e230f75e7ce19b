using System.Text;

namespace KioskLink.Register.Console.Qr;

/// <summary>
/// A text as a QR code (ISO/IEC 18004): bytes, error correction M, versions 1 to 20, which is what an app's address needs. Made in
/// these steps: bits, codewords with their correction, the grid's fixed patterns, the codewords, the mask that a camera reads best.
/// Immutable.
/// </summary>
internal sealed class QrCode
{
    private const int VersionMax = 20;
    private const int MaskCount = 8;

    // Error correction M, by version: codewords of correction in a block, and blocks.
    private static readonly int[] Correction = [0, 10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26];
    private static readonly int[] Blocks = [0, 1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];

    private readonly bool[,] _dark;

    private QrCode(bool[,] dark) => _dark = dark;

    /// <summary>Modules in a row, without the quiet zone.</summary>
    public int Size => _dark.GetLength(0);

    /// <summary>Whether a module is dark.</summary>
    public bool this[int x, int y] => _dark[x, y];

    /// <summary>The code of a text.</summary>
    /// <exception cref="ArgumentException">The text is longer than the greatest version holds.</exception>
    public static QrCode Of(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var version = Enumerable.Range(1, VersionMax).FirstOrDefault(one => Bits(bytes.Length, one) <= DataCodewords(one) * 8);
        if (version == 0) throw new ArgumentException("The text is too long for a QR code.", nameof(text));
        var grid = new QrGrid(version);
        grid.Write(Interleave(Data(bytes, version), version));
        return new QrCode(Enumerable.Range(0, MaskCount).Select(grid.Masked).MinBy(QrGrid.Penalty)!);
    }

    private static int Bits(int length, int version) => 4 + CountBits(version) + (length * 8);

    private static int CountBits(int version) => version < 10 ? 8 : 16;

    private static int Codewords(int version) => QrGrid.RawModules(version) / 8;

    private static int DataCodewords(int version) => Codewords(version) - (Correction[version] * Blocks[version]);

    private static byte[] Data(byte[] bytes, int version)
    {
        var bits = new List<bool>();
        Add(bits, 0b0100, 4);
        Add(bits, bytes.Length, CountBits(version));
        foreach (var one in bytes) Add(bits, one, 8);
        var capacity = DataCodewords(version) * 8;
        Add(bits, 0, Math.Min(4, capacity - bits.Count));
        Add(bits, 0, (8 - (bits.Count % 8)) % 8);
        for (var pad = 0xEC; bits.Count < capacity; pad ^= 0xEC ^ 0x11) Add(bits, pad, 8);
        return [.. bits.Chunk(8).Select(eight => (byte)eight.Aggregate(0, (sum, bit) => (sum << 1) | (bit ? 1 : 0)))];
    }

    private static void Add(List<bool> bits, int value, int count)
    {
        for (var at = count - 1; at >= 0; at--) bits.Add(((value >> at) & 1) == 1);
    }

    // Blocks lie in the grid side by side, codeword by codeword, so that a stain hurts each a little and none too much.
    private static byte[] Interleave(byte[] data, int version)
    {
        var (blocks, all) = (Blocks[version], Codewords(version));
        var (shortBlocks, shortData) = (blocks - (all % blocks), (all / blocks) - Correction[version]);
        var (parts, at) = (new List<(byte[] Data, byte[] Correction)>(), 0);
        for (var block = 0; block < blocks; block++)
        {
            var part = data.AsSpan(at, shortData + (block < shortBlocks ? 0 : 1)).ToArray();
            at += part.Length;
            parts.Add((part, ReedSolomon.Correction(part, Correction[version])));
        }

        var woven = Enumerable.Range(0, shortData + 1).SelectMany(row => parts.Where(part => row < part.Data.Length).Select(part => part.Data[row]));
        return [.. woven, .. Enumerable.Range(0, Correction[version]).SelectMany(row => parts.Select(part => part.Correction[row]))];
    }
}
