using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using static KioskLink.Register.Subjects.SubjectPart;

namespace KioskLink.Register.Audit;

/// <summary>
/// Who read or wrote a patron's data. An export tells the role and not the person's user name. Erasing leaves the chain as it is: it
/// holds a number of the register that is nobody's any more.
/// </summary>
internal sealed class AuditSubjects : ISubjectStore
{
    /// <inheritdoc/>
    public string Name => "access-log";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables => ["audit", "audit_changes", "audit_subjects"];

    /// <inheritdoc/>
    public IEnumerable<SubjectPart> Export(RegisterDb db, PatronRow patron) => PartsOf(db, patron.Consortium, patron.PatronId);

    /// <summary>The log of one subject.</summary>
    /// <param name="db">The tables.</param>
    /// <param name="consortium">Whose log.</param>
    /// <param name="subject">The patron's number, or that of a person who answers for patrons and is none.</param>
    public static IEnumerable<SubjectPart> PartsOf(RegisterDb db, string consortium, long subject) =>
        AuditPages.About(db, consortium, subject)
        .OrderBy(found => found.Sequence)
        .Select(found => found.Row)
        .AsEnumerable()
        .Select(row => Of(
            "access",
            ("time", Time(row.At)), ("role", row.Role), ("action", row.Action), ("purpose", row.Purpose), ("fields", row.Fields), ("result", row.Result)));

    /// <inheritdoc/>
    public void Erase(WriteScope scope, PatronRow patron)
    {
        // The number stays in the chain; whose it was is gone with the patron's row.
    }
}
