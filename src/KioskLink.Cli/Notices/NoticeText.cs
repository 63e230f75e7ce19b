using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;
using Spectre.Console.Rendering;

namespace KioskLink.Cli.Notices;

/// <summary>A privacy notice as people read it: headings and lines in the notice's own language.</summary>
internal static class NoticeText
{
    /// <summary>The notice.</summary>
    public static IRenderable Of(PrivacyNotice notice)
    {
        var headings = notice.Headings.ToDictionary(heading => heading.Part, heading => heading.Text);
        (string Part, IEnumerable<string> Lines)[] parts =
        [
            ("controllers", notice.Controllers), ("contacts", notice.Contacts.Select(Contact)), ("officers", notice.Officers.Select(Contact)),
            ("purposes", notice.Purposes.Select(purpose => purpose.Text)), ("legal_bases", notice.LegalBases.Select(basis => $"{basis.Text} {basis.Article}".TrimEnd())),
            ("data", notice.Data), ("sources", notice.Sources), ("recipients", notice.Recipients), ("transfers", [notice.Transfers]),
            ("retention", notice.Retention.Select(row => $"{row.What}: {row.Period}")), ("rights", notice.Rights),
            ("supervisory_authority", [notice.SupervisoryAuthority]), ("remarks", notice.Remarks),
        ];
        return Layout.Stack(
        [
            Layout.Sentence($"{notice.Consortium}: {notice.Title}, {notice.Version.VersionDate}"),
            .. parts.Where(part => part.Lines.Any()).Select(part =>
                Layout.Sentence($"\n{headings.GetValueOrDefault(part.Part, part.Part)}\n{string.Join('\n', part.Lines.Select(line => $"  {line}"))}")),
        ]);
    }

    private static string Contact(NoticeContact contact) =>
        string.Join(", ", new[] { contact.Person, contact.Office, contact.Address, contact.Phone, contact.Email }.Where(part => part.Length > 0));
}
