using KioskLink.Protos.Register.V1;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using static KioskLink.Register.Subjects.SubjectPart;

namespace KioskLink.Register.Contacts;

/// <summary>Where a patron is reached and how notices come, gender, and what home service knows.</summary>
internal sealed class ContactSubjects : ISubjectStore
{
    /// <inheritdoc/>
    public string Name => "contact";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables => ["contacts", "genders", "notice_preferences", "home_service"];

    /// <inheritdoc/>
    public IEnumerable<SubjectPart> Export(RegisterDb db, PatronRow patron)
    {
        if (db.Set<ContactRow>().SingleOrDefault(row => row.PatronId == patron.PatronId) is { } contact)
        {
            yield return Show(contact);
        }

        if (db.Set<GenderRow>().SingleOrDefault(row => row.PatronId == patron.PatronId) is { } gender)
        {
            yield return Of("gender", ("gender", $"{(Gender)gender.Gender}"));
        }

        foreach (var choice in db.Set<NoticePreferenceRow>().Where(row => row.PatronId == patron.PatronId).OrderBy(row => row.Kind).ToList())
        {
            yield return Of("notice-channel", ("kind", $"{(NoticeKind)choice.Kind}"), ("channel", $"{(NoticeChannel)choice.Channel}"));
        }

        if (db.Set<HomeServiceRow>().SingleOrDefault(row => row.PatronId == patron.PatronId) is { } service)
        {
            yield return Of("home-service", ("route", service.Route), ("delivery", service.Delivery));
        }
    }

    /// <inheritdoc/>
    public void Erase(WriteScope scope, PatronRow patron)
    {
        foreach (var table in Tables)
        {
            Sql.Run(scope.Db, $"DELETE FROM {table} WHERE patron_id = $patron", ("$patron", patron.PatronId));
        }
    }

    private static SubjectPart Show(ContactRow contact) => Of(
        "contact",
        ("street", contact.Street), ("postal_code", contact.PostalCode), ("city", contact.City), ("country", contact.Country),
        ("street2", contact.Street2), ("postal_code2", contact.PostalCode2), ("city2", contact.City2), ("country2", contact.Country2),
        ("phones", contact.Phones.Replace("\n", ", ", StringComparison.Ordinal)), ("email", contact.Email));
}
