using Google.Protobuf;
using KioskLink.Protos.Store.V1;
using KioskLink.Rules.Access;

namespace KioskLink.Register.Facts;

/// <summary>The whole door facts of an entity as the change log keeps them.</summary>
internal static class StoredFacts
{
    /// <summary>The stored form.</summary>
    public static byte[] Write(Entry entry) => entry switch
    {
        CardEntry card => new StoredCard { Facts = card.Facts.ToProto(), Born = card.Born.ToIso() }.ToByteArray(),
        BadgeEntry badge => badge.Badge.ToByteArray(),
        BranchEntry branch => branch.Facts.ToByteArray(),
        NumberEntry number => number.Guesses.ToRow(),
        _ => throw new ArgumentOutOfRangeException(nameof(entry)),
    };

    /// <summary>Reads a card's facts and its holder's date of birth back.</summary>
    public static (CardFacts Facts, NodaTime.LocalDate? Born) ReadCard(byte[] stored)
    {
        var card = StoredCard.Parser.ParseFrom(stored);
        return (card.Facts.FromProto(), card.Born.ToDate());
    }

    /// <summary>Reads a badge back.</summary>
    public static BadgeFacts ReadBadge(byte[] stored) => Protos.Types.V1.Badge.Parser.ParseFrom(stored).FromProto();

    /// <summary>Reads a branch back.</summary>
    public static Rules.Branches.BranchPolicy ReadBranch(byte[] stored) => Protos.Types.V1.BranchFacts.Parser.ParseFrom(stored).FromProto();
}
