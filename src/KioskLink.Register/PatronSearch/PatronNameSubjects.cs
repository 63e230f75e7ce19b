using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;

namespace KioskLink.Register.PatronSearch;

/// <summary>The names by which a patron is found; an export tells them with the patron's own row.</summary>
internal sealed class PatronNameSubjects : ISubjectStore
{
    /// <inheritdoc/>
    public string Name => "search-names";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables => ["patron_names"];

    /// <inheritdoc/>
    public IEnumerable<SubjectPart> Export(RegisterDb db, PatronRow patron) => [];

    /// <inheritdoc/>
    public void Erase(WriteScope scope, PatronRow patron) => PatronNames.Forget(scope, patron.PatronId);
}
