using KioskLink.Protos.Register.V1;
using KioskLink.Register.Store;

namespace KioskLink.Register.Consents;

/// <summary>Reads and adds to the ledger of consents; nothing in it is ever changed.</summary>
internal static class ConsentLedger
{
    /// <summary>Every kind of consent.</summary>
    public static IReadOnlyList<ConsentKind> Kinds { get; } =
        [ConsentKind.Card, ConsentKind.Terms, ConsentKind.MinorSelfService, ConsentKind.LoanHistory, ConsentKind.PreferenceProfile];

    /// <summary>
    /// The entry of a kind that counts: the one of the newest day, and of one day the one recorded last; null where nobody was asked. So an
    /// acceptance that is entered late revives nothing that was withdrawn after it (R39).
    /// </summary>
    public static ConsentRow? Last(RegisterDb db, long patronId, ConsentKind kind) => db.Set<ConsentRow>()
        .Where(row => row.PatronId == patronId && row.Kind == (int)kind)
        .OrderByDescending(row => row.ActedOn)
        .ThenByDescending(row => row.ConsentId)
        .FirstOrDefault();

    /// <summary>An entry of just this act on just this day; null where there is none.</summary>
    public static ConsentRow? Find(RegisterDb db, long patronId, ConsentKind kind, ConsentAct act, string day) => db.Set<ConsentRow>()
        .Where(row => row.PatronId == patronId && row.Kind == (int)kind && row.Act == (int)act && row.ActedOn == day)
        .OrderByDescending(row => row.ConsentId)
        .FirstOrDefault();

    /// <summary>Whether an acceptance of a day comes too late: it was withdrawn or refused after that day.</summary>
    /// <param name="db">The tables.</param>
    /// <param name="patronId">Whose.</param>
    /// <param name="kind">Which consent.</param>
    /// <param name="day">The day of the acceptance, ISO 8601.</param>
    /// <param name="isRepeated">Whether it may be the old acceptance said again, as files do: one of the withdrawal's own day is then late too.</param>
    public static bool IsOutdated(RegisterDb db, long patronId, ConsentKind kind, string day, bool isRepeated)
    {
        if (Last(db, patronId, kind) is not { } last || State(last) == ConsentState.Given)
        {
            return false;
        }

        var order = string.CompareOrdinal(day, last.ActedOn);
        return order < 0 || (order == 0 && isRepeated && Find(db, patronId, kind, ConsentAct.Given, day) is not null);
    }

    /// <summary>How a consent stands.</summary>
    public static ConsentState State(RegisterDb db, long patronId, ConsentKind kind) => State(Last(db, patronId, kind));

    /// <summary>Whether a consent is given.</summary>
    public static bool IsGiven(RegisterDb db, long patronId, ConsentKind kind) => State(db, patronId, kind) == ConsentState.Given;

    /// <summary>How each consent of a patron stands.</summary>
    public static IEnumerable<ConsentStanding> Standings(RegisterDb db, long patronId) => Kinds.Select(kind => Standing(db, patronId, kind));

    /// <summary>How one consent of a patron stands.</summary>
    public static ConsentStanding Standing(RegisterDb db, long patronId, ConsentKind kind)
    {
        var last = Last(db, patronId, kind);
        return new ConsentStanding { Kind = kind, State = State(last), TextVersion = last?.TextVersion ?? "" };
    }

    /// <summary>Adds an entry, whose number is known afterwards.</summary>
    public static ConsentRow Add(WriteScope scope, ConsentRow row)
    {
        row.RecordedAt = scope.NowMs;
        var entry = scope.Db.Add(row);
        scope.Db.SaveChanges();
        entry.State = Microsoft.EntityFrameworkCore.EntityState.Detached;
        return row;
    }

    /// <summary>How a consent stands by the entry that counts.</summary>
    public static ConsentState State(ConsentRow? last) => (ConsentAct?)last?.Act switch
    {
        null => ConsentState.NotAsked,
        ConsentAct.Given => ConsentState.Given,
        _ => ConsentState.Refused,
    };
}
