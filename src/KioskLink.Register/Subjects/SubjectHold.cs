using KioskLink.Register.Patrons;
using KioskLink.Register.Profiles;
using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Subjects;

/// <summary>
/// A reason for which a patron may not be deleted yet, neither on request nor by retention (R26, R56, R57). It is a condition in
/// SQL, so that a dry run over all patrons is one statement. Rooms add their own to the services.
/// </summary>
/// <param name="Code">One word in capitals.</param>
/// <param name="Sentence">The reason as the person may read it, without full stop.</param>
/// <param name="Condition">SQL over the patron's row <c>p</c>; the present time is <c>$now</c> in UTC milliseconds, and <see cref="Wards.Grown"/> is known.</param>
internal sealed record SubjectHold(string Code, string Sentence, string Condition)
{
    /// <summary>Unpaid fees of the patron's own row.</summary>
    public static readonly SubjectHold Fees = new("FEES_UNPAID", "fees are unpaid", "p.fees_cents > 0");

    /// <summary>A ban that is in force or to come: it must not end by a deletion.</summary>
    public static readonly SubjectHold Ban = new(
        "BAN_IN_FORCE", "a ban is in force",
        "EXISTS (SELECT 1 FROM bans b WHERE b.patron_id = p.patron_id AND b.lifted_at IS NULL AND (b.end_at IS NULL OR b.end_at > $now))");

    /// <summary>Others for whom the patron answers and who need that (R15, R16).</summary>
    public static SubjectHold Responsible(ConsortiumProfile profile) => new(
        "ANSWERS_FOR_OTHERS", "the person answers for another patron, who needs somebody else first",
        "EXISTS (SELECT 1 FROM patrons o WHERE o.consortium = p.consortium AND o.responsible_customer_id = p.customer_id AND o.responsible_customer_id <> '' "
        + $"AND {Wards.NeedSomebody(profile)})");
}

/// <summary>All holds of the register. Thread-safe.</summary>
internal sealed class SubjectHolds(IEnumerable<SubjectHold> holds)
{
    private readonly List<SubjectHold> _holds = [.. holds];

    /// <summary>Every hold, in the order in which the rooms named them.</summary>
    public IReadOnlyList<SubjectHold> All => _holds;

    /// <summary>SQL that is true of a patron <c>p</c> whom something holds.</summary>
    public string Any => $"({string.Join(" OR ", _holds.Select(hold => $"({hold.Condition})"))})";

    /// <summary>What holds one patron now.</summary>
    public IReadOnlyList<SubjectHold> Of(RegisterDb db, PatronRow patron, long nowMs)
    {
        var columns = string.Join(", ", _holds.Select(hold => $"({hold.Condition})"));
        using var command = Sql.Command(
            db, $"SELECT {columns} FROM patrons p WHERE p.patron_id = $patron", ("$patron", patron.PatronId), ("$now", nowMs),
            Wards.Grown(Instant.FromUnixTimeMilliseconds(nowMs)));
        using var reader = command.ExecuteReader();
        return reader.Read() ? [.. _holds.Where((_, at) => reader.GetBoolean(at))] : [];
    }
}
