using System.Text.RegularExpressions;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Profiles;
using KioskLink.Rules.Access;
using NodaTime;

namespace KioskLink.Register.PatronNotices;

/// <summary>An item of a notice.</summary>
/// <param name="Title">The title.</param>
/// <param name="Due">Last day of the loan; null for a hold.</param>
/// <param name="PriceCents">Its price on an invoice.</param>
internal sealed record NoticeItem(string Title, LocalDate? Due, long PriceCents);

/// <summary>A notice, read and checked; whom it is for stands elsewhere.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Items">The items; none only on an invoice of which no item is known.</param>
/// <param name="Branch">Name of the branch where holds wait.</param>
/// <param name="Date">Last day of picking up, or the invoice's due date; null where the items have dates of their own.</param>
/// <param name="Invoice">The invoice's number.</param>
/// <param name="FeeCents">Fees beside the prices.</param>
/// <param name="TotalCents">The sum to be paid; null where it is that of prices and fees.</param>
internal sealed record NoticeContent(
    NoticeKind Kind, IReadOnlyList<NoticeItem> Items, string Branch, LocalDate? Date, string Invoice, long FeeCents, long? TotalCents = null);

/// <summary>The words of a notice.</summary>
/// <param name="Language">Their language.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Body">The body of a letter or e-mail, lines ended by a line feed.</param>
/// <param name="Short">The text message.</param>
internal sealed record NoticeWords(Language Language, string Subject, string Body, string Short);

/// <summary>Puts a notice into words (R20): templates, plural forms, dates and sums of the language. No name, number or address of the patron is in them. Pure.</summary>
internal static partial class NoticeWriter
{
    /// <summary>The words.</summary>
    public static NoticeWords Write(NoticeContent notice, NoticeSenderProfile sender, Language language)
    {
        language = language == Language.Unknown ? Language.Fi : language;
        var (texts, template, count) = (NoticeTemplates.Shipped, NoticeTemplates.Shipped.Of(notice.Kind), notice.Items.Count);
        var values = Values(notice, sender, language);
        List<string> body = [texts.Greeting.In(language), "", Fill(template.Intro.For(count).In(language), values)];
        body.AddRange(notice.Items.Select(item => Fill(template.Item.In(language), Of(item, values, language))));
        body.Add("");
        body.AddRange(template.Closing.Select(line => line.In(language)).Where(line => !NamesNothing(line, values)).Select(line => Fill(line, values)));
        body.Add("");
        body.Add(Fill(texts.Signature.In(language), values));
        if (sender.Phone.Length > 0)
        {
            body.Add(Fill(texts.Help.In(language), values));
        }

        return new NoticeWords(
            language, Fill(template.Subject.For(count).In(language), values), string.Join('\n', body) + "\n", Fill(template.Short.For(count).In(language), values));
    }

    private static Dictionary<string, string> Values(NoticeContent notice, NoticeSenderProfile sender, Language language)
    {
        var date = notice.Date ?? notice.Items.Min(item => item.Due);
        var total = notice.TotalCents ?? (notice.FeeCents + notice.Items.Sum(item => item.PriceCents));
        return new Dictionary<string, string>
        {
            ["count"] = NoticeForms.Count(notice.Items.Count),
            ["branch"] = notice.Branch,
            ["date"] = date is { } day ? NoticeForms.Date(day, language) : "",
            ["invoice"] = notice.Invoice,
            ["fee"] = notice.FeeCents > 0 ? NoticeForms.Money(notice.FeeCents, language) : "",
            ["total"] = NoticeForms.Money(total, language),
            ["sender"] = sender.Name.In(language),
            ["phone"] = sender.Phone,
        };
    }

    private static Dictionary<string, string> Of(NoticeItem item, Dictionary<string, string> values, Language language) => new(values)
    {
        ["title"] = item.Title,
        ["due"] = item.Due is { } due ? NoticeForms.Date(due, language) : "",
        ["price"] = NoticeForms.Money(item.PriceCents, language),
    };

    private static bool NamesNothing(string line, Dictionary<string, string> values) => Named().Matches(line).Any(name => values[name.Groups[1].Value].Length == 0);

    // One pass: braces in a title are no names.
    private static string Fill(string text, Dictionary<string, string> values) => Named().Replace(text, name => values[name.Groups[1].Value]);

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Named();
}
