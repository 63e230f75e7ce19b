using System.Security.Cryptography;
using Google.Protobuf;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Journal;

namespace KioskLink.Node.Journal;

/// <summary>Makes records of the chain from what is to be told, and views stored ones as the chain sees them.</summary>
internal static class SealedRecord
{
    private const int SaltLength = 16;

    /// <summary>The record that follows another. Only a record with a personal part is salted.</summary>
    public static JournalRecord After(long previousSequence, ReadOnlySpan<byte> previousHash, RecordOpen open, RecordPersonal? personal)
    {
        var sequence = previousSequence + 1;
        var openBytes = open.ToByteArray();
        var personalBytes = personal?.ToByteArray() ?? [];
        var salt = personal is null ? [] : RandomNumberGenerator.GetBytes(SaltLength);
        var personalHash = EventChain.PersonalHash(salt, personalBytes);
        return new JournalRecord
        {
            Sequence = sequence,
            Open = UnsafeByteOperations.UnsafeWrap(openBytes),
            PersonalHash = UnsafeByteOperations.UnsafeWrap(personalHash),
            Salt = UnsafeByteOperations.UnsafeWrap(salt),
            Personal = UnsafeByteOperations.UnsafeWrap(personalBytes),
            Hash = UnsafeByteOperations.UnsafeWrap(EventChain.Next(previousHash, sequence, openBytes, personalHash)),
        };
    }

    /// <summary>What a record tells openly; nothing where the disk has spoilt it, which the chain then shows.</summary>
    public static RecordOpen Open(JournalRecord record)
    {
        try
        {
            return RecordOpen.Parser.ParseFrom(record.Open);
        }
        catch (InvalidProtocolBufferException)
        {
            return new RecordOpen();
        }
    }

    /// <summary>The record as the chain sees it.</summary>
    public static ChainRecord ToChain(JournalRecord record) =>
        new(record.Sequence, record.Open.Memory, record.PersonalHash.Memory, record.Salt.Memory, record.Personal.Memory, record.Hash.Memory);
}
