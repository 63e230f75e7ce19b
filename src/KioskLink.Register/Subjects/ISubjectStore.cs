using KioskLink.Register.Patrons;
using KioskLink.Register.Store;

namespace KioskLink.Register.Subjects;

/// <summary>
/// A part of the register that holds personal data of patrons. Every table with a patron's or card's number has one, so that
/// an export shows and an erasure reaches all of them (R74, R75). Thread-safe.
/// </summary>
internal interface ISubjectStore
{
    /// <summary>Names the store in an export: lower case, words joined by hyphens, unique.</summary>
    string Name { get; }

    /// <summary>The tables it answers for.</summary>
    IReadOnlyList<string> Tables { get; }

    /// <summary>Stores of a higher rank are erased later, since rows of the lower ones refer to theirs.</summary>
    int Rank => 0;

    /// <summary>
    /// What it holds of a patron, a part a record. It tells no PIN data, and of other persons no more than that they are there.
    /// </summary>
    IEnumerable<SubjectPart> Export(RegisterDb db, PatronRow patron);

    /// <summary>Deletes what it holds of a patron, or makes it nobody's. The patron's own row is still there.</summary>
    void Erase(WriteScope scope, PatronRow patron);
}
