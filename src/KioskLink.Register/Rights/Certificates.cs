using KioskLink.Protos.Register.V1;
using KioskLink.Register.Patrons;
using KioskLink.Register.Responsibles;
using KioskLink.Register.Store;
using KioskLink.Rules.Access;
using NodaTime;
using NodaTime.Text;

namespace KioskLink.Register.Rights;

/// <summary>
/// Writes certificates of refusals with the reason and where to complain (R79). They are written when asked for and kept nowhere.
/// Thread-safe.
/// </summary>
internal sealed class Certificates(RegisterCore core)
{
    /// <summary>The certificate of a refused request.</summary>
    public byte[] Write(SubjectRequestRow refused, Language language)
    {
        var holds = refused.Holds.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var reason = holds.Length > 0 ? string.Join("; ", holds.Select(Text)) : refused.OutcomeReason;
        return new HtmlPage(Text("certificate"), language)
            .Table("", [
                (Text("controllers"), string.Join(", ", core.Profile.Controllers)),
                (Text("person"), NameOf(refused)),
                (Text("asked"), $"{refused.CaseId}: {Text($"{(RequestKind)refused.Kind}")}"),
                (Text("received"), refused.ReceivedOn),
                (Text("refused"), refused.ClosedAt is { } at ? InstantPattern.General.Format(Instant.FromUnixTimeMilliseconds(at)) : ""),
                (Text("reason"), reason),
            ])
            .Paragraph($"{Text("authority")}: {core.Profile.Requests.SupervisoryAuthority}")
            .End();

        string Text(string key) => RightsTexts.Of(key, language);
    }

    /// <summary>The language of whoever made a request; that of the doors where nobody has told it.</summary>
    public Language LanguageOf(SubjectRequestRow asked)
    {
        using var db = core.Store.Read();
        var own = asked.PersonId is { } person
            ? db.Set<ResponsiblePersonRow>().Where(row => row.PersonId == person).Select(row => row.Language).SingleOrDefault()
            : db.Set<PatronRow>().Where(row => row.PatronId == asked.PatronId).Select(row => row.Language).SingleOrDefault();
        return own == (int)Language.Unknown ? core.Profile.Languages[0] : (Language)own;
    }

    private string NameOf(SubjectRequestRow refused)
    {
        using var db = core.Store.Read();
        if (refused.PersonId is { } person)
        {
            return db.Set<ResponsiblePersonRow>().Where(row => row.PersonId == person).Select(row => $"{row.FirstNames} {row.Surname}").Single();
        }

        return db.Set<PatronRow>().Where(row => row.PatronId == refused.PatronId).Select(row => new { row.FirstNames, row.Surname, row.CustomerId }).SingleOrDefault() is { } patron
            ? $"{patron.FirstNames} {patron.Surname} ({patron.CustomerId})"
            : "";
    }
}
