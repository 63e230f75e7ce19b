using KioskLink.Protos.Register.V1;
using KioskLink.Register.Store;

namespace KioskLink.Register.Consents;

/// <summary>Reads and adds to the ledger of consents; nothing in it is ever changed.</summary>
internal static class ConsentLedger
{
    /// <summary>Every kind of consent.</summary>
    public static IReadOnlyList<ConsentKind> Kinds { get; } =
        [ConsentKind.Card, ConsentKind.Terms, ConsentKind.MinorSelfService, ConsentKind.LoanHistory, ConsentKind.PreferenceProfile];

    /// <summary>The last entry of a kind; null where nobody was asked.</summary>
    public static ConsentRow? Last(RegisterDb db, long patronId, ConsentKind kind) => db.Set<ConsentRow>()
        .Where(row => row.PatronId == patronId && row.Kind == (int)kind)
        .OrderByDescending(row => row.ConsentId)
        .FirstOrDefault();

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

    /// <summary>How a consent stands after its last entry.</summary>
    public static ConsentState State(ConsentRow? last) => (ConsentAct?)last?.Act switch
    {
        null => ConsentState.NotAsked,
        ConsentAct.Given => ConsentState.Given,
        _ => ConsentState.Refused,
    };
}
