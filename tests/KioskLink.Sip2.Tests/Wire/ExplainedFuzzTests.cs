using System.Text;
using KioskLink.Sip2.Transcript;

namespace KioskLink.Sip2.Tests.Wire;

/// <summary>No line of a transcript keeps it from being told in words, however it was cut or changed in a file. The seed is printed by the failing case.</summary>
public sealed class ExplainedFuzzTests
{
    private const int MostOfALine = 64 * 1024;

    private static readonly byte[][] Samples =
        [.. Lines.Vectors.Select(vector => vector.Line).Concat(VectorTests.Whole).Select(Encoding.ASCII.GetBytes)];

    [Fact]
    public void Hostile_lines_are_told_as_far_as_they_go()
    {
        var transcript = new MaskedTranscript(CardMask.SameWord);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var seed = 0; seed < Fuzz.Rounds; seed++)
        {
            var random = new Random(seed);
            var bytes = Fuzz.Mutate(Samples[random.Next(Samples.Length)], random);
            // Some as a transcript writes them, which takes its time; most as somebody has changed its file.
            var line = random.Next(8) == 0 ? transcript.Line(bytes, (TextEncoding)random.Next(5)) : Encoding.UTF8.GetString(bytes);
            AssertTold(line, random, seed);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (long)Fuzz.Rounds * MostOfALine);
    }

    private static void AssertTold(string line, Random random, int seed)
    {
        var told = ExplainedMessage.Of(line);
        Assert.True(told.Name is not null && told.Fields.Sum(field => field.Id.Length + field.Value.Length) <= line.Length, $"seed {seed}");
        told.Find(told.Fields.Count > 0 ? told.Fields[random.Next(told.Fields.Count)].Id : "AH");
    }
}
