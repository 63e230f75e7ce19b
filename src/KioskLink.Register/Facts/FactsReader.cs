using System.Globalization;
using Google.Protobuf;
using KioskLink.Register.Bans;
using KioskLink.Register.Branches;
using KioskLink.Register.Permissions;
using KioskLink.Register.Profiles;
using KioskLink.Register.Store;
using KioskLink.Rules.Access;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Facts;

/// <summary>Makes entries from rows: one entity inside a transaction, or everything at start. Thread-safe.</summary>
internal sealed class FactsReader(ConsortiumProfile profile, string consortium)
{
    /// <summary>The present state of one entity; null when it is gone.</summary>
    public Entry? Read(RegisterDb db, EntityId entity) => entity.Kind switch
    {
        EntityKind.Card => Card(db, long.Parse(entity.Id, CultureInfo.InvariantCulture)),
        EntityKind.Badge => db.Set<BadgeRow>().SingleOrDefault(row => row.Consortium == consortium && row.BadgeRef == entity.Id) is { } badge
            ? Badge(badge)
            : null,
        EntityKind.Branch => db.Set<BranchRow>().SingleOrDefault(row => row.Consortium == consortium && row.BranchId == entity.Id) is { } branch
            ? Branch(branch)
            : null,
        _ => throw new ArgumentOutOfRangeException(nameof(entity)),
    };

    /// <summary>Every entity, branches first.</summary>
    public IEnumerable<Entry> ReadAll(RegisterDb db)
    {
        var branches = db.Set<BranchRow>().Where(row => row.Consortium == consortium).AsEnumerable().Select(Branch);
        var badges = db.Set<BadgeRow>().Where(row => row.Consortium == consortium).AsEnumerable().Select(Badge);
        var bans = db.Set<BanRow>().Where(row => row.Consortium == consortium && row.LiftedAt == null).ToLookup(row => row.PatronId);
        var visits = db.Set<Access.VisitRow>().Where(row => row.Consortium == consortium).ToLookup(row => row.CardId);
        var cards = CardQuery.Read(db.Connection, consortium, null).Select(row => Card(row, bans[row.PatronId], visits[row.CardId]));
        return branches.Cast<Entry>().Concat(badges).Concat(cards);
    }

    private static CardEntry? Card(RegisterDb db, long cardId)
    {
        if (CardQuery.Read(db.Connection, null, cardId).SingleOrDefault() is not { } row)
        {
            return null;
        }

        var bans = db.Set<BanRow>().Where(ban => ban.PatronId == row.PatronId && ban.LiftedAt == null).ToList();
        var visits = db.Set<Access.VisitRow>().Where(visit => visit.CardId == cardId).ToList();
        return Card(row, bans, visits);
    }

    private static CardEntry Card(CardQuery.Row row, IEnumerable<BanRow> bans, IEnumerable<Access.VisitRow> visits) => new()
    {
        CardId = row.CardId,
        PatronId = row.PatronId,
        Key = BlindIndex.Read(row.NumberIndex),
        SealedNumber = row.SealedNumber,
        Pin = row.Pin,
        Born = row.Born,
        HomeBranch = row.HomeBranch,
        Facts = row.Facts with { Bans = [.. bans.OrderBy(ban => ban.StartAt).ThenBy(ban => ban.BanId, StringComparer.Ordinal).Select(Ban)] },
        Visits = [.. visits.OrderByDescending(visit => visit.GrantedAt)
            .Select(visit => new Visit(visit.BranchId, Instant.FromUnixTimeMilliseconds(visit.GrantedAt)))],
    };

    private static BanFact Ban(BanRow row) => new(
        (BanKind)row.Kind,
        Instant.FromUnixTimeMilliseconds(row.StartAt),
        row.EndAt is { } end ? Instant.FromUnixTimeMilliseconds(end) : null,
        row.BranchIds.Split('\n', StringSplitOptions.RemoveEmptyEntries));

    private static BadgeEntry Badge(BadgeRow row)
    {
        var badge = JsonParser.Default.Parse<Wire.Badge>(row.Badge);
        return new BadgeEntry
        {
            Key = BlindIndex.Read(row.NumberIndex),
            SealedNumber = row.SealedNumber,
            Badge = badge,
            Facts = badge.FromProto(),
        };
    }

    private BranchEntry Branch(BranchRow row)
    {
        var applied = JsonParser.Default.Parse<Wire.Branch>(row.Branch);
        var facts = BranchRules.Fill(applied, profile);
        return new BranchEntry { Applied = applied, Facts = facts, Policy = facts.FromProto() };
    }
}
