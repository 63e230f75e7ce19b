using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using KioskLink.Rules.Access;

namespace KioskLink.Register.Rights;

/// <summary>Writes a document for a person as one HTML page that needs nothing else: to read, to print, to send. Not thread-safe.</summary>
internal sealed class HtmlPage
{
    private const string Style = """
        body{font:16px/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff;max-width:52rem;margin:2rem auto;padding:0 1rem}
        h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.2rem;margin-top:2rem;border-bottom:2px solid #0b5c8c}
        .secret{font-weight:700;color:#8c0b0b;border:2px solid;padding:.25rem .5rem;display:inline-block}
        table{border-collapse:collapse;width:100%;margin:.75rem 0}th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;border-bottom:1px solid #767676;overflow-wrap:anywhere}
        th{width:14rem;font-weight:600}caption{text-align:left;font-weight:700;padding:.25rem 0}@media print{body{margin:0;max-width:none}}
        """;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _text = new();

    /// <summary>Begins a page.</summary>
    public HtmlPage(string title, Language language)
    {
        _text.Append("<!doctype html>\n<html lang=\"").Append(Code(language)).Append("\">\n<head><meta charset=\"utf-8\">")
            .Append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>").Append(Encoded(title))
            .Append("</title><style>").Append(Style).Append("</style></head>\n<body><main>\n");
        _text.Append("<p class=\"secret\">").Append(Encoded(RightsTexts.Of("secret", language))).Append("</p>\n<h1>").Append(Encoded(title)).Append("</h1>\n");
    }

    /// <summary>A heading.</summary>
    public HtmlPage Heading(string text) => Add("h2", text);

    /// <summary>A paragraph.</summary>
    public HtmlPage Paragraph(string text) => Add("p", text);

    /// <summary>Names and values; empty values are left out.</summary>
    public HtmlPage Table(string caption, IEnumerable<(string Name, string Value)> rows)
    {
        _text.Append("<table>");
        if (caption.Length > 0)
        {
            _text.Append("<caption>").Append(Encoded(caption)).Append("</caption>");
        }

        foreach (var (name, value) in rows.Where(row => row.Value.Length > 0))
        {
            _text.Append("<tr><th scope=\"row\">").Append(Encoded(name)).Append("</th><td>").Append(Encoded(value)).Append("</td></tr>");
        }

        _text.Append("</table>\n");
        return this;
    }

    /// <summary>The page, UTF-8.</summary>
    public byte[] End() => Encoding.UTF8.GetBytes(_text.Append("</main></body></html>\n").ToString());

    private HtmlPage Add(string element, string text)
    {
        _text.Append('<').Append(element).Append('>').Append(Encoded(text)).Append("</").Append(element).Append(">\n");
        return this;
    }

    private static string Encoded(string text) => Encoder.Encode(text);

    private static string Code(Language language) => language switch
    {
        Language.Sv => "sv",
        Language.En => "en",
        _ => "fi",
    };
}
