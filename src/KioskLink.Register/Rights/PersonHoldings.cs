using KioskLink.Protos.Register.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Consents;
using KioskLink.Register.Responsibles;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using static KioskLink.Register.Subjects.SubjectPart;

namespace KioskLink.Register.Rights;

/// <summary>
/// What the register holds of a person who answers for patrons and is none (R16, R74). Those for whom the person answers are other
/// persons: the document tells that they are there and not who they are.
/// </summary>
internal static class PersonHoldings
{
    /// <summary>Everything, store by store.</summary>
    public static IReadOnlyList<(string Store, IReadOnlyList<SubjectPart> Parts)> Of(
        RegisterDb db, ResponsiblePersonRow person, Rectifications rectifications) =>
    [
        ("responsible-persons", [Person(person), .. Wards(db, person.PersonId)]),
        ("consents", [.. Consents(db, person.PersonId)]),
        ("access-log", [.. AuditSubjects.PartsOf(db, person.Consortium, ResponsiblePersonRow.SubjectOf(person.PersonId))]),
        ("requests", [.. Requests(db, person.PersonId), .. rectifications.PartsOf(db, ResponsiblePersonRow.SubjectOf(person.PersonId))]),
    ];

    private static SubjectPart Person(ResponsiblePersonRow person) => SubjectPart.Of(
        "person",
        ("surname", person.Surname), ("first_names", person.FirstNames), ("date_of_birth", person.DateOfBirth),
        ("language", $"{(Protos.Types.V1.Language)person.Language}"),
        ("street", person.Street), ("postal_code", person.PostalCode), ("city", person.City), ("country", person.Country),
        ("street2", person.Street2), ("postal_code2", person.PostalCode2), ("city2", person.City2), ("country2", person.Country2),
        ("phones", person.Phones.Replace("\n", ", ", StringComparison.Ordinal)), ("email", person.Email),
        ("processing_restricted", person.Restricted ? "yes" : "no"), ("created", Time(person.CreatedAt)), ("updated", Time(person.UpdatedAt)));

    private static IEnumerable<SubjectPart> Wards(RegisterDb db, long person) =>
        from link in db.Set<ResponsibilityRow>().Where(row => row.PersonId == person).OrderBy(row => row.CreatedAt).ToList()
        select SubjectPart.Of("answers-for", ("patron", "named (masked)"), ("role", $"{(ResponsibleRole)link.Role}"), ("since", Time(link.CreatedAt)));

    private static IEnumerable<SubjectPart> Consents(RegisterDb db, long person) =>
        from entry in db.Set<ConsentRow>().Where(row => row.GiverPersonId == person).OrderBy(row => row.ConsentId).ToList()
        select SubjectPart.Of(
            "consent-given-for-another",
            ("kind", $"{(ConsentKind)entry.Kind}"), ("act", $"{(ConsentAct)entry.Act}"), ("text_version", entry.TextVersion), ("acted_on", entry.ActedOn),
            ("channel", $"{(ConsentChannel)entry.Channel}"), ("recorded", Time(entry.RecordedAt)));

    private static IEnumerable<SubjectPart> Requests(RegisterDb db, long person) =>
        from row in db.Set<SubjectRequestRow>().Where(row => row.PersonId == person).OrderBy(row => row.CaseId).ToList()
        select RightsSubjects.Part(row);
}
