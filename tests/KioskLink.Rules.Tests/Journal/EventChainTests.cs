using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using KioskLink.Rules.Journal;

namespace KioskLink.Rules.Tests.Journal;

public class EventChainTests
{
    private static readonly ChainRecord[] Journal = Write(8);

    [Fact]
    public void A_journal_as_written_is_whole()
    {
        var verdict = EventChain.Verify(Journal);
        Assert.True(verdict.IsWhole);
        Assert.Equal(8, verdict.Count);
        Assert.Equal(Journal[^1].Hash.ToArray(), verdict.Head);
    }

    [Fact]
    public void A_link_is_the_hash_of_its_four_parts()
    {
        byte[] sequence = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(sequence, 1);
        byte[] parts = [.. new byte[32], .. sequence, .. Journal[0].Open.Span, .. Journal[0].PersonalHash.Span];
        Assert.Equal(SHA256.HashData(parts), Journal[0].Hash.ToArray());
    }

    [Fact]
    public void Erasing_salt_and_personal_part_leaves_the_chain_whole()
    {
        var erased = Journal.Select(record => record.Sequence % 2 == 0 ? record : record with { Salt = default, Personal = default });
        Assert.True(EventChain.Verify(erased).IsWhole);
    }

    [Fact]
    public void Every_altered_byte_is_found_at_its_record()
    {
        for (var at = 0; at < Journal.Length; at++)
        {
            AssertBroken(at, record => record with { Open = Flip(record.Open) });
            AssertBroken(at, record => record with { PersonalHash = Flip(record.PersonalHash) });
            AssertBroken(at, record => record with { Salt = Flip(record.Salt) });
            AssertBroken(at, record => record with { Personal = Flip(record.Personal) });
            AssertBroken(at, record => record with { Hash = Flip(record.Hash) });
        }
    }

    [Fact]
    public void Half_an_erasure_is_an_alteration()
    {
        AssertBroken(3, record => record with { Salt = default });
        AssertBroken(3, record => record with { Personal = default });
    }

    [Fact]
    public void A_removed_record_is_named()
    {
        for (var at = 0; at < Journal.Length - 1; at++)
        {
            var verdict = EventChain.Verify(Journal.Where((_, i) => i != at));
            Assert.Equal(at + 1, verdict.BrokenSequence);
            Assert.Contains("missing", verdict.Problem, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_removed_record_is_found_even_when_the_rest_is_renumbered()
    {
        var renumbered = Journal.Where((_, i) => i != 2).Select((record, i) => record with { Sequence = i + 1 });
        Assert.Equal(3, EventChain.Verify(renumbered).BrokenSequence);
    }

    [Fact]
    public void Exchanged_records_are_found_at_the_first()
    {
        var verdict = EventChain.Verify([.. Journal[..4], Journal[5], Journal[4], .. Journal[6..]]);
        Assert.Equal(5, verdict.BrokenSequence);
        Assert.Equal(Journal[3].Hash.ToArray(), verdict.Head);
    }

    [Fact]
    public void A_pruned_journal_verifies_from_the_hash_before_its_first_record()
    {
        Assert.True(EventChain.Verify(Journal[3..], Journal[2].Hash, 4).IsWhole);
        Assert.Equal(4, EventChain.Verify(Journal[3..], Journal[1].Hash, 4).BrokenSequence);
    }

    [Fact]
    public void An_empty_journal_is_whole() => Assert.Equal(EventChain.Genesis.ToArray(), EventChain.Verify([]).Head);

    private static void AssertBroken(int at, Func<ChainRecord, ChainRecord> alter)
    {
        var verdict = EventChain.Verify(Journal.Select((record, i) => i == at ? alter(record) : record));
        Assert.Equal(at + 1, verdict.BrokenSequence);
        Assert.Equal(at, verdict.Count);
    }

    private static byte[] Flip(ReadOnlyMemory<byte> bytes)
    {
        var copy = bytes.ToArray();
        copy[^1] ^= 0x80;
        return copy;
    }

    private static ChainRecord[] Write(int count)
    {
        var records = new List<ChainRecord>();
        var previous = EventChain.Genesis.ToArray();
        for (var sequence = 1; sequence <= count; sequence++)
        {
            var open = Encoding.UTF8.GetBytes($"decision {sequence}");
            var salt = SHA256.HashData(open)[..16];
            var personal = Encoding.UTF8.GetBytes($"token {sequence}");
            var personalHash = EventChain.PersonalHash(salt, personal);
            previous = EventChain.Next(previous, sequence, open, personalHash);
            records.Add(new ChainRecord(sequence, open, personalHash, salt, personal, previous));
        }

        return [.. records];
    }
}
