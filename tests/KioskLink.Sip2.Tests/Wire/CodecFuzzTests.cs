using System.Text;
using KioskLink.Sip2.Transcript;
using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2.Tests.Wire;

/// <summary>No bytes of a wire make the codec throw, and what it writes is always one message that reads the same. The seed is printed by the failing case.</summary>
public sealed class CodecFuzzTests
{
    private static readonly byte[][] Samples =
        [.. Lines.Vectors.Select(vector => vector.Line).Concat(VectorTests.Whole).Select(Encoding.ASCII.GetBytes)];

    [Fact]
    public void Hostile_messages_are_read_or_refused_and_what_is_written_reads_the_same()
    {
        const int mostOfAMessage = 64 * 1024;
        var transcript = new MaskedTranscript(CardMask.Hidden);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var seed = 0; seed < Fuzz.Rounds; seed++)
        {
            var random = new Random(seed);
            var bytes = Fuzz.Mutate(Samples[random.Next(Samples.Length)], random);
            var encoding = (TextEncoding)random.Next(5);
            if (random.Next(8) == 0)
                transcript.Line(bytes, encoding);
            if (Lines.Read(bytes, encoding) is { } message)
                AssertWritesOneMessage(message, encoding, seed);
        }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (long)Fuzz.Rounds * mostOfAMessage);
    }

    private static void AssertWritesOneMessage(Sip2Message message, TextEncoding encoding, int seed)
    {
        var written = MessageWriter.Write(message, new WireStyle(encoding), "7"u8, withCheck: true);
        Assert.True(written.AsSpan().IndexOfAnyInRange((byte)0, (byte)0x1F) == written.Length - 1, $"seed {seed}");
        var problem = Frame.Read(written.AsSpan()[..^1], new WireLimits(), out var frame);
        Assert.True(problem == FrameProblem.None && frame.Check == FrameCheck.Right && frame.Code == message.Code, $"seed {seed}");
        var again = Lines.Again(written.AsSpan()[..^1], new WireStyle(encoding));
        Assert.True(Lines.Again(again.AsSpan()[..^1], new WireStyle(encoding)).AsSpan().SequenceEqual(again), $"seed {seed}");
    }
}
