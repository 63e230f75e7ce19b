using KioskLink.Protos.Register.V1;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using static KioskLink.Register.Subjects.SubjectPart;

namespace KioskLink.Register.Responsibles;

/// <summary>
/// Persons who answer for a patron and are none: to the patron an export tells that they are there, and as what; with the last ward
/// the person is erased too (R16).
/// </summary>
internal sealed class ResponsibleSubjects : ISubjectStore
{
    /// <inheritdoc/>
    public string Name => "responsible-persons";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables => ["responsibilities", "responsible_persons"];

    /// <summary>After the ledger, which names them.</summary>
    public int Rank => 100;

    /// <inheritdoc/>
    public IEnumerable<SubjectPart> Export(RegisterDb db, PatronRow patron)
    {
        foreach (var link in db.Set<ResponsibilityRow>().Where(row => row.PatronId == patron.PatronId).OrderBy(row => row.PersonId).ToList())
        {
            yield return Of("responsible-person", ("role", $"{(ResponsibleRole)link.Role}"), ("name", "named (masked)"), ("since", Time(link.CreatedAt)));
        }
    }

    /// <inheritdoc/>
    public void Erase(WriteScope scope, PatronRow patron) => ResponsibleWriter.Forget(scope, patron.PatronId);
}
