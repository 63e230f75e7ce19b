using NodaTime.Text;

namespace KioskLink.Register.Profiles;

/// <summary>What notices, contacts and legal bases must say before a register starts (R2, R3, R4, R7).</summary>
internal static class NoticeCheck
{
    // Later than any date that somebody ends on.
    private const string Someday = "9999-12-31";

    /// <summary>The first thing that is wrong, naming the key and the mend; null when all is well.</summary>
    public static string? Problem(ConsortiumProfile profile) =>
        Bases(profile)
        ?? People("contacts", profile.Contacts)
        ?? People("dpos", profile.Dpos)
        ?? Dates(profile)
        ?? profile.Notices.Select(notice => Notice(profile, notice)).FirstOrDefault(problem => problem is not null)
        ?? Registers(profile).Select(register => Shelf(profile, register)).FirstOrDefault(problem => problem is not null);

    /// <summary>The registers that the consortium keeps.</summary>
    public static IReadOnlyList<RegisterKind> Registers(ConsortiumProfile profile) =>
        profile.Camera is null ? [RegisterKind.Customer] : [RegisterKind.Customer, RegisterKind.Camera];

    /// <summary>Whether a text is a date as ISO 8601.</summary>
    public static bool IsDate(string text) => LocalDatePattern.Iso.Parse(text).Success;

    private static string? Bases(ConsortiumProfile profile)
    {
        var codes = profile.LegalBases.Select(basis => basis.Code).ToList();
        if (codes.Count == 0 || codes.Distinct().Count() != codes.Count || codes.Any(string.IsNullOrWhiteSpace))
        {
            return "`legalBases` must name each legal basis once: correct the list.";
        }

        foreach (var basis in profile.LegalBases)
        {
            var purposes = Codes(profile, basis.Register);
            if (basis.Purposes.Except(purposes).FirstOrDefault() is { } unknown)
            {
                return $"`legalBases` \"{basis.Code}\" names the purpose \"{unknown}\", which its register does not have: use one of {string.Join(", ", purposes)}.";
            }

            if (!basis.IsInForce() && (!codes.Contains(basis.ReplacedBy) || basis.Purposes.Count > 0))
            {
                return $"`legalBases` \"{basis.Code}\" is not in force: `replacedBy` must name one that is, and `purposes` must be empty.";
            }
        }

        return Registers(profile).Select(register => Uncovered(profile, register)).FirstOrDefault(problem => problem is not null);
    }

    private static string? Uncovered(ConsortiumProfile profile, RegisterKind register)
    {
        var covered = profile.LegalBases.Where(basis => basis.Register == register && basis.IsInForce()).SelectMany(basis => basis.Purposes);
        return Codes(profile, register).Except(covered).FirstOrDefault() is { } open
            ? $"`legalBases` gives no basis in force for the purpose \"{open}\": name it under one."
            : null;
    }

    private static IReadOnlyList<string> Codes(ConsortiumProfile profile, RegisterKind register) =>
        register == RegisterKind.Camera ? profile.Camera?.Reasons ?? [] : profile.Purposes;

    private static string? People(string key, IReadOnlyList<ContactProfile> people)
    {
        foreach (var person in people)
        {
            if (!person.Office.IsWhole())
            {
                return $"`{key}.office` is empty in one language: write it in fi, sv and en.";
            }

            if (new[] { person.From, person.Until }.Any(date => date.Length > 0 && !IsDate(date)))
            {
                return $"`{key}.from` and `{key}.until` must be dates such as 2023-10-05: correct them.";
            }
        }

        return null;
    }

    private static string? Dates(ConsortiumProfile profile)
    {
        if (profile.Notices.FirstOrDefault(notice => !IsDate(notice.Date)) is { } undated)
        {
            return $"`notices.date` \"{undated.Date}\" is no date: write it as 2023-10-05.";
        }

        return profile.Notices.GroupBy(notice => (notice.Register, notice.Date)).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? $"`notices` holds two of {twice.Key.Date} for one register: a version has a date of its own."
            : null;
    }

    private static string? Notice(ConsortiumProfile profile, NoticeProfile notice)
    {
        var name = $"`notices` of {notice.Date}";
        if (Missing(notice) is { } part)
        {
            return $"{name}: `{part}` is empty or lacks a language: every notice must say it in fi, sv and en.";
        }

        if (notice.Purposes.FirstOrDefault(purpose => purpose.LegalBases.Count == 0) is { } baseless)
        {
            return $"{name}: the purpose \"{baseless.Code}\" has no `legalBases`: name at least one.";
        }

        var known = profile.LegalBases.Where(basis => basis.Register == notice.Register).Select(basis => basis.Code);
        if (notice.Purposes.SelectMany(purpose => purpose.LegalBases).Except(known).FirstOrDefault() is { } unknown)
        {
            return $"{name}: the legal basis \"{unknown}\" is none of its register's `legalBases`: add it there or correct it.";
        }

        return profile.Contacts.Any(contact => contact.Answers(notice.Register, notice.Date))
            ? null
            : $"{name}: `contacts` names nobody who answers for its register on that day: add a contact.";
    }

    private static string? Missing(NoticeProfile notice)
    {
        (string Part, IEnumerable<LocalText> Texts)[] parts =
        [
            ("title", [notice.Title]), ("controllers", notice.Controllers), ("purposes", notice.Purposes.Select(purpose => purpose.Text)),
            ("data", notice.Data), ("sources", notice.Sources), ("recipients", notice.Recipients), ("transfers", [notice.Transfers]),
            ("retention", notice.Retention.SelectMany(row => new[] { row.What, row.Period })), ("rights", notice.Rights),
            ("supervisoryAuthority", [notice.SupervisoryAuthority]),
        ];
        return parts.FirstOrDefault(part => !part.Texts.Any() || part.Texts.Any(text => !text.IsWhole())).Part;
    }

    private static string? Shelf(ConsortiumProfile profile, RegisterKind register)
    {
        var name = register == RegisterKind.Camera ? "camera" : "customer";
        if (profile.Notices.Where(notice => notice.Register == register).MaxBy(notice => notice.Date, StringComparer.Ordinal) is not { } newest)
        {
            return $"`notices` holds none of the {name} register: add one.";
        }

        if (register == RegisterKind.Camera && profile.Camera!.Reasons.Except(newest.Purposes.Select(purpose => purpose.Code)).FirstOrDefault() is { } untold)
        {
            return $"`camera.reasons` has \"{untold}\", which the newest notice of the camera register does not name as a purpose: tell it there.";
        }

        if (register == RegisterKind.Customer && newest.Purposes.Select(purpose => purpose.Code).Except(profile.Purposes).FirstOrDefault() is { } unlisted)
        {
            return $"`purposes` lacks \"{unlisted}\", which the newest notice of the customer register names: add it, and give it a basis under `legalBases`.";
        }

        return profile.Live && !profile.Dpos.Any(officer => officer.Answers(register, Someday))
            ? $"`dpos` names no data-protection officer for the {name} register: name one before the register goes live."
            : null;
    }
}
