using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using KioskLink.Register.Store;

namespace KioskLink.Register.Retention;

/// <summary>Chains the runs that have ended, so that an altered or removed one is found (R65). Pure but for reading.</summary>
internal static class RetentionEvidence
{
    /// <summary>Writes counts as rows keep them.</summary>
    public static string Write(IReadOnlyList<RetentionCount> counts) => JsonSerializer.Serialize(counts);

    /// <summary>Reads counts back.</summary>
    public static IReadOnlyList<RetentionCount> Read(string counts) => JsonSerializer.Deserialize<List<RetentionCount>>(counts) ?? [];

    /// <summary>Closes a run: its place in the chain and its hash.</summary>
    public static RetentionRunRow Close(RegisterDb db, RetentionRunRow run)
    {
        var last = Ended(db, run.Consortium).OrderByDescending(row => row.Link).FirstOrDefault();
        var closed = run with { Link = (last?.Link ?? 0) + 1, PreviousHash = last?.Hash ?? [] };
        return closed with { Hash = HashOf(closed) };
    }

    /// <summary>The number of the first run that does not continue the chain; null when it is whole.</summary>
    public static long? FirstBroken(RegisterDb db, string consortium)
    {
        var (number, hash) = (0L, Array.Empty<byte>());
        foreach (var run in Ended(db, consortium).OrderBy(row => row.Link))
        {
            number++;
            if (run.Link != number || !run.PreviousHash.AsSpan().SequenceEqual(hash) || !HashOf(run).AsSpan().SequenceEqual(run.Hash))
            {
                return number;
            }

            hash = run.Hash;
        }

        return null;
    }

    private static IQueryable<RetentionRunRow> Ended(RegisterDb db, string consortium) =>
        db.Set<RetentionRunRow>().Where(row => row.Consortium == consortium && row.Link > 0);

    private static byte[] HashOf(RetentionRunRow run) => SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new object?[]
    {
        Convert.ToHexStringLower(run.PreviousHash), run.Link, run.RunId, run.Consortium, run.Rule, run.Keep, run.Cutoff, run.State, run.Counts,
        run.PlannedAt, run.PlannedBy, run.ApprovedAt, run.ApprovedBy, run.StartedAt, run.EndedAt, run.RunBy,
    })));
}
