using KioskLink.Register.Facts;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Register.PatronSearch;

/// <summary>A further condition of a search, about the patron <c>p.patron_id</c>, with its parameters.</summary>
/// <param name="Sql">Begins with AND; empty for none.</param>
/// <param name="Parameters">What the condition names.</param>
internal sealed record Filter(string Sql, IReadOnlyList<(string Name, object Value)> Parameters)
{
    /// <summary>No condition.</summary>
    public static readonly Filter None = new("", []);
}

/// <summary>
/// Who needs a responsible person and has none (R15): children, and the groups that the profile says. An import takes such a child with a
/// remark, and a number whose patron is gone answers for nobody.
/// </summary>
internal static class ResponsibleFilter
{
    private const string Lacking = """
         AND EXISTS (
            SELECT 1 FROM patrons w WHERE w.patron_id = p.patron_id AND (w.date_of_birth > $child OR w.patron_group IN ($groups))
                AND NOT EXISTS (SELECT 1 FROM responsibilities r WHERE r.patron_id = w.patron_id)
                AND (w.responsible_customer_id = ''
                    OR NOT EXISTS (SELECT 1 FROM patrons a WHERE a.consortium = w.consortium AND a.customer_id = w.responsible_customer_id)))
        """;

    /// <summary>The condition as of today.</summary>
    public static Filter Of(RegisterCore core)
    {
        var child = OpeningCalendar.DateAt(core.Now()).PlusYears(-PatronRules.ResponsibleUntil);
        var groups = core.Profile.Groups.Where(group => group.ResponsiblePerson).Select((group, at) => ($"$group{at}", (object)group.Code)).ToList();
        return new Filter(
            Lacking.Replace("$groups", string.Join(", ", groups.Select(group => group.Item1)), StringComparison.Ordinal),
            [("$child", ((LocalDate?)child).ToIso()), .. groups]);
    }
}
