using System.Globalization;
using Google.Protobuf;
using KioskLink.Register.Bans;
using KioskLink.Register.Branches;
using KioskLink.Register.Cards;
using KioskLink.Register.Outages;
using KioskLink.Register.Permissions;
using KioskLink.Register.Profiles;
using KioskLink.Register.Store;
using KioskLink.Rules.Access;
using KioskLink.Rules.Pins;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Facts;

/// <summary>Makes entries from rows: one entity inside a transaction, or everything at start. Thread-safe.</summary>
internal sealed class FactsReader(ConsortiumProfile profile, string consortium, TimeProvider time)
{
    /// <summary>The present state of one entity; null when it is gone.</summary>
    public Entry? Read(RegisterDb db, EntityId entity) => entity.Kind switch
    {
        EntityKind.Card => Card(db, long.Parse(entity.Id, CultureInfo.InvariantCulture)),
        EntityKind.Badge => db.Set<BadgeRow>().SingleOrDefault(row => row.Consortium == consortium && row.BadgeRef == entity.Id) is { } badge
            ? Badge(badge)
            : null,
        EntityKind.Branch => db.Set<BranchRow>().SingleOrDefault(row => row.Consortium == consortium && row.BranchId == entity.Id) is { } branch
            ? Branch(db, branch)
            : null,
        EntityKind.Number => Number(db, BlindIndex.Read(Convert.FromHexString(entity.Id))),
        _ => throw new ArgumentOutOfRangeException(nameof(entity)),
    };

    /// <summary>Every entity, branches first.</summary>
    public IEnumerable<Entry> ReadAll(RegisterDb db)
    {
        var branches = db.Set<BranchRow>().Where(row => row.Consortium == consortium).ToList().Select(row => Branch(db, row));
        var badges = db.Set<BadgeRow>().Where(row => row.Consortium == consortium).AsEnumerable().Select(Badge);
        var bans = db.Set<BanRow>().Where(row => row.Consortium == consortium && row.LiftedAt == null).ToLookup(row => row.PatronId);
        var visits = db.Set<Access.VisitRow>().Where(row => row.Consortium == consortium).ToLookup(row => row.CardId);
        var guesses = db.Set<GuessRow>().Where(row => row.Consortium == consortium).AsEnumerable()
            .ToDictionary(row => BlindIndex.Read(row.NumberIndex), row => (row.CardId, State: GuessProto.FromRow(row.State)));
        var cards = CardQuery.Read(db.Connection, consortium, null).Select(row => Card(
            row, bans[row.PatronId], visits[row.CardId], guesses.TryGetValue(BlindIndex.Read(row.NumberIndex), out var spent) ? spent.State : GuessState.None));
        var numbers = guesses.Where(row => row.Value.CardId == 0).Select(row => new NumberEntry { Key = row.Key, Guesses = row.Value.State });
        return branches.Cast<Entry>().Concat(badges).Concat(cards).Concat(numbers);
    }

    private CardEntry? Card(RegisterDb db, long cardId)
    {
        // Every statement runs whether or not there is such a card: see Number.
        var row = CardQuery.Read(db.Connection, null, cardId).SingleOrDefault();
        var patronId = row?.PatronId ?? 0;
        var bans = db.Set<BanRow>().Where(ban => ban.PatronId == patronId && ban.LiftedAt == null).ToList();
        var visits = db.Set<Access.VisitRow>().Where(visit => visit.CardId == cardId).ToList();
        return row is null ? null : Card(row, bans, visits, GuessRows.State(db.Connection, consortium, BlindIndex.Read(row.NumberIndex)));
    }

    // Reads as much as for a card, so that a guess on a number that nobody has costs no less work.
    private NumberEntry Number(RegisterDb db, BlindIndex number)
    {
        Card(db, cardId: 0);
        return new NumberEntry { Key = number, Guesses = GuessRows.State(db.Connection, consortium, number) };
    }

    private CardEntry Card(CardQuery.Row row, IEnumerable<BanRow> bans, IEnumerable<Access.VisitRow> visits, GuessState guesses) => new()
    {
        CardId = row.CardId,
        PatronId = row.PatronId,
        Key = BlindIndex.Read(row.NumberIndex),
        SealedNumber = row.SealedNumber,
        Pin = row.Pin,
        Born = row.Born,
        HomeBranch = profile.PatronFields.HomeUnit ? row.HomeBranch : "",
        Facts = row.Facts with
        {
            Bans = [.. bans.OrderBy(ban => ban.StartAt).ThenBy(ban => ban.BanId, StringComparer.Ordinal).Select(Ban)],
            Guesses = guesses,
        },
        Visits = [.. visits.OrderByDescending(visit => visit.GrantedAt)
            .Select(visit => new Visit(visit.BranchId, Instant.FromUnixTimeMilliseconds(visit.GrantedAt)))],
    };

    /// <summary>A ban as the rules look at it.</summary>
    public static BanFact Ban(BanRow row) => new(
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

    private BranchEntry Branch(RegisterDb db, BranchRow row)
    {
        var applied = JsonParser.Default.Parse<Wire.Branch>(row.Branch);
        var facts = BranchClosures.Add(db, consortium, profile, BranchRules.Fill(applied, profile), Instant.FromDateTimeOffset(time.GetUtcNow()));
        return new BranchEntry { Applied = applied, Facts = facts, Policy = facts.FromProto() };
    }
}
