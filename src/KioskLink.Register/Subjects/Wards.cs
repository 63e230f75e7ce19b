using KioskLink.Register.Facts;
using KioskLink.Register.Patrons;
using KioskLink.Register.Profiles;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Register.Subjects;

/// <summary>
/// Patrons for whom somebody must answer (R15): children until their birthday, and patrons of the groups that the profile names. Who
/// answers for others only is needed by nobody any more.
/// </summary>
internal static class Wards
{
    /// <summary>The parameter <c>$grown</c>: who was born on that day or before needs nobody for the age.</summary>
    public static (string Name, object? Value) Grown(Instant now) =>
        ("$grown", ((LocalDate?)OpeningCalendar.DateAt(now).PlusYears(-PatronRules.ResponsibleUntil)).ToIso());

    /// <summary>SQL that is true of a patron <c>o</c> who needs somebody; it reads <c>$grown</c>.</summary>
    public static string NeedSomebody(ConsortiumProfile profile)
    {
        var groups = profile.Groups.Where(group => group.ResponsiblePerson).Select(group => $"'{group.Code.Replace("'", "''", StringComparison.Ordinal)}'");
        return $"(o.date_of_birth > $grown OR o.patron_group IN ({string.Join(", ", groups)}))";
    }

    /// <summary>Whether somebody needs a person who is no patron.</summary>
    public static bool Need(RegisterDb db, ConsortiumProfile profile, long personId, Instant now) => Sql.Number(
        db, $"SELECT count(*) FROM responsibilities l JOIN patrons o ON o.patron_id = l.patron_id WHERE l.person_id = $person AND {NeedSomebody(profile)}",
        ("$person", personId), Grown(now)) > 0;
}
