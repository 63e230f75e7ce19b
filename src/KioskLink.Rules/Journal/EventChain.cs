using System.Buffers.Binary;
using System.Security.Cryptography;

namespace KioskLink.Rules.Journal;

/// <summary>
/// The hash chain of a journal: each record's hash takes in the one before it, so that altered, removed and reordered records show.
/// It covers the personal part only through its salted hash, so that erasing salt and personal part leaves it whole.
/// Pure and thread-safe.
/// </summary>
public static class EventChain
{
    /// <summary>Length of every hash in bytes.</summary>
    public const int HashLength = 32;

    /// <summary>What the first record of a journal follows: 32 zero bytes.</summary>
    public static ReadOnlyMemory<byte> Genesis { get; } = new byte[HashLength];

    /// <summary>SHA-256(salt ‖ personal).</summary>
    public static byte[] PersonalHash(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> personal)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        hash.AppendData(personal);
        return hash.GetHashAndReset();
    }

    /// <summary>SHA-256(previous hash ‖ sequence as 8 bytes, big end first ‖ open ‖ personal hash).</summary>
    public static byte[] Next(ReadOnlySpan<byte> previousHash, long sequence, ReadOnlySpan<byte> open, ReadOnlySpan<byte> personalHash)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(number, sequence);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previousHash);
        hash.AppendData(number);
        hash.AppendData(open);
        hash.AppendData(personalHash);
        return hash.GetHashAndReset();
    }

    /// <summary>Verifies records from the first of a journal; stops at the first that does not fit.</summary>
    public static ChainVerdict Verify(IEnumerable<ChainRecord> records) => Verify(records, Genesis, 1);

    /// <summary>Verifies records that follow a known hash, as after pruning from the front.</summary>
    /// <param name="records">The records, oldest first; read once.</param>
    /// <param name="previousHash">Hash of the record before the first.</param>
    /// <param name="firstSequence">Sequence that the first must have.</param>
    public static ChainVerdict Verify(IEnumerable<ChainRecord> records, ReadOnlyMemory<byte> previousHash, long firstSequence)
    {
        ArgumentNullException.ThrowIfNull(records);
        var head = previousHash;
        var expected = firstSequence;
        foreach (var record in records)
        {
            if (FindProblem(record, head.Span, expected) is { } problem)
            {
                return new ChainVerdict(expected - firstSequence, head.ToArray(), expected, problem);
            }

            head = record.Hash;
            expected++;
        }

        return new ChainVerdict(expected - firstSequence, head.ToArray(), null, "");
    }

    private static string? FindProblem(ChainRecord record, ReadOnlySpan<byte> previousHash, long expected)
    {
        if (record.Sequence != expected)
        {
            return $"record {expected} is missing: record {record.Sequence} stands in its place";
        }

        if (!Next(previousHash, expected, record.Open.Span, record.PersonalHash.Span).AsSpan().SequenceEqual(record.Hash.Span))
        {
            return $"record {expected} was altered, or does not follow the record before it";
        }

        return IsPersonalPartSound(record) ? null : $"the personal part of record {expected} was altered";
    }

    private static bool IsPersonalPartSound(ChainRecord record)
    {
        var isErased = record.Salt.IsEmpty && record.Personal.IsEmpty;
        return isErased || PersonalHash(record.Salt.Span, record.Personal.Span).AsSpan().SequenceEqual(record.PersonalHash.Span);
    }
}
