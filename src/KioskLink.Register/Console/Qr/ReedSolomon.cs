namespace KioskLink.Register.Console.Qr;

/// <summary>Codewords of error correction: Reed-Solomon over GF(256) with the polynomial 0x11D, as QR codes have it. Pure.</summary>
internal static class ReedSolomon
{
    private const int Polynomial = 0x11D;

    /// <summary>The remainder of the data by the generator of a degree.</summary>
    public static byte[] Correction(ReadOnlySpan<byte> data, int degree)
    {
        var generator = Generator(degree);
        var remainder = new byte[degree];
        foreach (var one in data)
        {
            var factor = (byte)(one ^ remainder[0]);
            Array.Copy(remainder, 1, remainder, 0, degree - 1);
            remainder[^1] = 0;
            for (var at = 0; at < degree; at++) remainder[at] ^= Multiply(generator[at], factor);
        }

        return remainder;
    }

    private static byte[] Generator(int degree)
    {
        var generator = new byte[degree];
        generator[^1] = 1;
        byte root = 1;
        for (var power = 0; power < degree; power++)
        {
            for (var at = 0; at < degree; at++)
            {
                generator[at] = Multiply(generator[at], root);
                if (at + 1 < degree) generator[at] ^= generator[at + 1];
            }

            root = Multiply(root, 2);
        }

        return generator;
    }

    private static byte Multiply(byte one, byte other)
    {
        var product = 0;
        for (var bit = 7; bit >= 0; bit--)
        {
            product = (product << 1) ^ ((product >> 7) * Polynomial);
            product ^= ((other >> bit) & 1) * one;
        }

        return (byte)product;
    }
}
