using KioskLink.Testing;

namespace KioskLink.Sip2.Tests;

/// <summary>Hostile bytes out of a seed.</summary>
internal static class Fuzz
{
    public static readonly int Rounds = LongRun.IsAsked ? 10_000_000 : 200_000;

    private static readonly byte[] Likely = [.. "|AYAZADAAABYN 0129\r\n\0"u8, 0x7F, 0x80, 0xC3, 0xFF];

    /// <summary>A sample with bytes changed, left out, put in, doubled or cut; sometimes noise alone.</summary>
    public static byte[] Mutate(ReadOnlySpan<byte> sample, Random random)
    {
        if (random.Next(50) == 0)
            return Noise(random, random.Next(200));
        var bytes = new List<byte>(sample.Length + 16);
        bytes.AddRange(sample);
        for (var change = random.Next(5); change > 0 && bytes.Count > 0; change--)
            Change(bytes, random);
        return [.. bytes];
    }

    public static byte[] Noise(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static void Change(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count);
        switch (random.Next(6))
        {
            case 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1:
                bytes[at] = Likely[random.Next(Likely.Length)];
                break;
            case 2:
                bytes.RemoveAt(at);
                break;
            case 3:
                bytes.Insert(at, Likely[random.Next(Likely.Length)]);
                break;
            case 4:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            default:
                bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, random.Next(12))));
                break;
        }
    }
}
