using KioskLink.Protos.Register.V1;
using KioskLink.Register.PatronSearch;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;
using EntityState = Microsoft.EntityFrameworkCore.EntityState;

namespace KioskLink.Register.Responsibles;

/// <summary>Writes persons who answer for a patron; a person for whom nobody is left to answer for is deleted (R16).</summary>
internal static class ResponsibleWriter
{
    /// <summary>Makes the list of those who are no patrons the given one; tells whether that changed anything.</summary>
    /// <param name="scope">The unit of work.</param>
    /// <param name="patronId">For whom they answer.</param>
    /// <param name="others">The list; null leaves it.</param>
    /// <param name="usual">The role of one for whom none is said.</param>
    /// <param name="by">Who writes.</param>
    public static bool Put(WriteScope scope, long patronId, IReadOnlyList<ResponsibleOther>? others, ResponsibleRole usual, string by)
    {
        if (others is null)
        {
            return false;
        }

        var before = scope.Db.Set<ResponsibilityRow>().Where(row => row.PatronId == patronId).ToList();
        var (changed, kept) = (false, new HashSet<long>());
        foreach (var other in others)
        {
            var (personId, written) = Person(scope, other, by);
            changed |= written | Link(scope, patronId, personId, other.Role == ResponsibleRole.Unspecified ? usual : other.Role, before);
            kept.Add(personId);
        }

        foreach (var gone in before.Where(row => !kept.Contains(row.PersonId)))
        {
            scope.Db.Set<ResponsibilityRow>().Where(row => row.PatronId == patronId && row.PersonId == gone.PersonId).ExecuteDelete();
            DropIfAlone(scope, gone.PersonId);
            changed = true;
        }

        return changed;
    }

    /// <summary>Forgets who answered for a patron, and persons who answer for nobody else.</summary>
    public static void Forget(WriteScope scope, long patronId)
    {
        var persons = scope.Db.Set<ResponsibilityRow>().Where(row => row.PatronId == patronId).Select(row => row.PersonId).ToList();
        scope.Db.Set<ResponsibilityRow>().Where(row => row.PatronId == patronId).ExecuteDelete();
        persons.ForEach(person => DropIfAlone(scope, person));
    }

    /// <summary>Erases a person, and that the person answered for anybody.</summary>
    public static void Erase(WriteScope scope, long personId)
    {
        scope.Db.Set<ResponsibilityRow>().Where(row => row.PersonId == personId).ExecuteDelete();
        DropIfAlone(scope, personId);
    }

    private static void DropIfAlone(WriteScope scope, long personId)
    {
        if (!scope.Db.Set<ResponsibilityRow>().Any(row => row.PersonId == personId))
        {
            scope.Db.Set<Consents.ConsentRow>().Where(row => row.GiverPersonId == personId)
                .ExecuteUpdate(set => set.SetProperty(row => row.GiverPersonId, 0));
            // Reasons are free text, in which a name may stand.
            scope.Db.Set<Rights.SubjectRequestRow>().Where(row => row.PersonId == personId).ExecuteUpdate(set => set
                .SetProperty(row => row.PersonId, (long?)null)
                .SetProperty(row => row.ExtensionReason, "")
                .SetProperty(row => row.OutcomeReason, ""));
            var corrections = ResponsiblePersonRow.SubjectOf(personId);
            scope.Db.Set<Rights.RectificationRow>().Where(row => row.PatronId == corrections).ExecuteDelete();
            scope.Db.Set<ResponsiblePersonRow>().Where(row => row.PersonId == personId).ExecuteDelete();
        }
    }

    /// <summary>Whom the audit log names for what is done about a person: the person, and those for whom the person answers.</summary>
    public static List<long> SubjectsOf(RegisterDb db, long personId) =>
    [
        ResponsiblePersonRow.SubjectOf(personId),
        .. db.Set<ResponsibilityRow>().Where(row => row.PersonId == personId).OrderBy(row => row.PatronId).Select(row => row.PatronId),
    ];

    private static (long PersonId, bool Written) Person(WriteScope scope, ResponsibleOther other, string by)
    {
        var before = other.PersonId == 0
            ? null
            : scope.Db.Set<ResponsiblePersonRow>().SingleOrDefault(row => row.Consortium == scope.Consortium && row.PersonId == other.PersonId)
                ?? throw Field.Wrong("responsible.persons.person_id", "is nobody's: take one from the list of persons, or leave it out");
        if (before is not null && !other.HasData)
        {
            return (before.PersonId, false);
        }

        if (before is { Restricted: true })
        {
            throw Rights.Restriction.Refusal();
        }

        var after = (before ?? new ResponsiblePersonRow { Consortium = scope.Consortium, CreatedAt = scope.NowMs, CreatedBy = by }) with
        {
            Surname = other.Surname,
            FirstNames = other.FirstNames,
            SearchName = FoldedName.Of($"{other.Surname} {other.FirstNames}"),
            DateOfBirth = other.DateOfBirth,
            Language = (int)other.Language,
        };
        if (other.Contact is { } contact)
        {
            after.Take(contact);
        }

        if (before is not null && after == before)
        {
            return (before.PersonId, false);
        }

        (after.UpdatedAt, after.UpdatedBy) = (scope.NowMs, by);
        Save(scope, after, before is null);
        scope.About([ResponsiblePersonRow.SubjectOf(after.PersonId)], "core");
        return (after.PersonId, true);
    }

    private static bool Link(WriteScope scope, long patronId, long personId, ResponsibleRole role, List<ResponsibilityRow> before)
    {
        var link = before.SingleOrDefault(row => row.PersonId == personId);
        if (link is not null && link.Role == (int)role)
        {
            return false;
        }

        var row = link is null
            ? new ResponsibilityRow { PatronId = patronId, PersonId = personId, Consortium = scope.Consortium, CreatedAt = scope.NowMs }
            : link with { };
        row.Role = (int)role;
        Save(scope, row, link is null);
        return true;
    }

    private static void Save(WriteScope scope, object row, bool isNew)
    {
        var entry = scope.Db.Entry(row);
        entry.State = isNew ? EntityState.Added : EntityState.Modified;
        scope.Db.SaveChanges();
        entry.State = EntityState.Detached;
    }
}
