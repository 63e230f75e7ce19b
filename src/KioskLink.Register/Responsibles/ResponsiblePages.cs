using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Patrons;
using KioskLink.Register.PatronSearch;
using KioskLink.Register.Requests;
using KioskLink.Register.Rights;
using KioskLink.Register.Store;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Responsibles;

/// <summary>Persons who answer for patrons: those of one patron, and lists of them. Thread-safe.</summary>
internal sealed class ResponsiblePages(RegisterCore core)
{
    /// <summary>Those who answer for a patron, the one who is a patron too first; null where nobody does.</summary>
    public static ResponsiblePersons? Of(RegisterDb db, PatronRow patron)
    {
        var shown = new ResponsiblePersons();
        if (patron.ResponsibleCustomerId.Length > 0)
        {
            // A restricted person is not read by way of those for whom they answer either.
            var other = PatronWriter.Find(db, patron.Consortium, patron.ResponsibleCustomerId) is { Restricted: false } known ? known : null;
            shown.Persons.Add(new ResponsiblePerson
            {
                CustomerId = patron.ResponsibleCustomerId,
                Role = (ResponsibleRole)patron.ResponsibleRole,
                Surname = other?.Surname ?? "",
                FirstNames = other?.FirstNames ?? "",
            });
        }

        var rows = from link in db.Set<ResponsibilityRow>()
                   join person in db.Set<ResponsiblePersonRow>() on link.PersonId equals person.PersonId
                   where link.PatronId == patron.PatronId
                   orderby person.PersonId
                   select new { link.Role, Person = person };
        shown.Persons.AddRange(rows.AsEnumerable().Select(row => Show(row.Person, (ResponsibleRole)row.Role)));
        return shown.Persons.Count == 0 ? null : shown;
    }

    /// <summary>The numbers of those who are no patrons and are shown with a patron whom they answer for.</summary>
    public static IEnumerable<long> SubjectsIn(Patron shown) => (shown.Responsible?.Persons ?? [])
        .Where(person => person.PersonId.Length > 0 && !person.Restricted)
        .Select(person => ResponsiblePersonRow.SubjectOf(ResponsibleData.Id(person.PersonId, "person_id")));

    /// <summary>Whether somebody who is no patron answers for a patron.</summary>
    public static bool HasOther(RegisterDb db, long patronId) => db.Set<ResponsibilityRow>().Any(row => row.PatronId == patronId);

    /// <summary>One page of persons, and the numbers of those who are shown, with those for whom they answer, without restricted ones (R76).</summary>
    public (FindResponsiblePersonsResponse Page, IReadOnlyList<long> Subjects) Find(FindResponsiblePersonsRequest request, CallerIdentity caller)
    {
        var size = SearchPage.Size(request.PageSize);
        var after = Field.PageToken(request.PageToken) ?? 0;
        using var db = core.Store.Read();
        var persons = Matching(db, request, caller).Where(person => person.PersonId > after).OrderBy(person => person.PersonId).Take(size + 1).ToList();
        var response = new FindResponsiblePersonsResponse { NextPageToken = persons.Count > size ? ResponsibleData.Id(persons[size - 1].PersonId) : "" };
        var all = new List<long>();
        foreach (var row in persons.Take(size))
        {
            var person = Show(row, ResponsibleRole.Unspecified, Restriction.Reads(caller));
            var wards = (from link in db.Set<ResponsibilityRow>()
                         join ward in db.Set<PatronRow>() on link.PatronId equals ward.PatronId
                         where link.PersonId == row.PersonId
                         orderby ward.CustomerId
                         select new { ward.PatronId, ward.CustomerId }).ToList();
            var hidden = Restriction.Hidden(db, caller, wards.ConvertAll(ward => ward.PatronId));
            wards.RemoveAll(ward => hidden.Contains(ward.PatronId));
            person.WardCustomerIds.AddRange(wards.Select(ward => ward.CustomerId));
            all.AddRange(wards.Select(ward => ward.PatronId));
            all.Add(ResponsiblePersonRow.SubjectOf(row.PersonId));
            response.Persons.Add(person);
        }

        return (response, all);
    }

    private IQueryable<ResponsiblePersonRow> Matching(RegisterDb db, FindResponsiblePersonsRequest request, CallerIdentity caller)
    {
        var ours = db.Set<ResponsiblePersonRow>().Where(person => person.Consortium == core.Store.Consortium);
        switch (request.KeyCase)
        {
            case FindResponsiblePersonsRequest.KeyOneofCase.PersonId:
                var id = ResponsibleData.Id(Field.Required(request.PersonId, "person_id"), "person_id");
                return ours.Where(person => person.PersonId == id);
            case FindResponsiblePersonsRequest.KeyOneofCase.WardCustomerId:
                var customerId = Field.Required(request.WardCustomerId, "ward_customer_id", Field.IdMax);
                var ward = PatronWriter.Find(db, core.Store.Consortium, customerId);
                if (ward is not null)
                {
                    Restriction.Require(caller, ward);
                }

                var wardId = ward?.PatronId ?? 0;
                var ids = db.Set<ResponsibilityRow>().Where(link => link.PatronId == wardId).Select(link => link.PersonId);
                return ours.Where(person => ids.Contains(person.PersonId));
            case FindResponsiblePersonsRequest.KeyOneofCase.NamePrefix:
                var from = FoldedName.Required(request.NamePrefix, "name_prefix");
                var until = FoldedName.After(from);
                // A name that finds somebody tells who it is.
                var reads = Restriction.Reads(caller);
                return ours.Where(person => string.Compare(person.SearchName, from) >= 0 && string.Compare(person.SearchName, until) < 0 && (reads || !person.Restricted));
            default:
                throw Field.Wrong("key", "is missing: give name_prefix, ward_customer_id or person_id");
        }
    }

    private static ResponsiblePerson Show(ResponsiblePersonRow row, ResponsibleRole role, bool alsoRestricted = false)
    {
        var shown = new ResponsiblePerson { PersonId = ResponsibleData.Id(row.PersonId), Role = role, Restricted = row.Restricted };
        if (row.Restricted && !alsoRestricted)
        {
            return shown;
        }

        (shown.Surname, shown.FirstNames, shown.DateOfBirth) = (row.Surname, row.FirstNames, row.DateOfBirth);
        (shown.Language, shown.Contact) = ((Wire.Language)row.Language, row.Show());
        return shown;
    }
}
