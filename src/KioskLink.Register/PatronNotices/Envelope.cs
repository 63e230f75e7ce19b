using System.Globalization;
using System.Text;
using KioskLink.Register.Profiles;
using KioskLink.Rules.Access;
using NodaTime;

namespace KioskLink.Register.PatronNotices;

/// <summary>Whom a notice goes to.</summary>
/// <param name="Name">The name, for a letter.</param>
/// <param name="Address">Lines of the postal address.</param>
/// <param name="Email">The e-mail address.</param>
/// <param name="Phone">The phone number.</param>
internal sealed record NoticeRecipient(string Name, IReadOnlyList<string> Address, string Email, string Phone);

/// <summary>
/// The files in which notices leave: a letter as text with an address window, an e-mail as RFC 5322 with MIME, a text message as
/// SMS gateways read it (headers, an empty line, the text). Pure.
/// </summary>
internal static class Envelope
{
    private const int Base64Line = 76;
    private const int HeaderBytesMax = 45;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>A letter.</summary>
    public static string Letter(NoticeWords words, NoticeRecipient to, NoticeSenderProfile from, Instant now)
    {
        List<string> lines =
        [
            from.Name.In(words.Language), .. from.Address, "", to.Name, .. to.Address, "",
            NoticeForms.Date(Rules.Branches.OpeningCalendar.DateAt(now), words.Language), "", words.Subject, "", words.Body.TrimEnd('\n'),
        ];
        return string.Join('\n', lines) + "\n";
    }

    /// <summary>An e-mail.</summary>
    /// <param name="words">Its words.</param>
    /// <param name="to">The recipient.</param>
    /// <param name="from">The sender.</param>
    /// <param name="id">Its id, letters, digits and hyphens.</param>
    /// <param name="now">Its time.</param>
    public static string Mail(NoticeWords words, NoticeRecipient to, NoticeSenderProfile from, string id, Instant now)
    {
        var text = Convert.ToBase64String(Utf8.GetBytes(words.Body.Replace("\n", "\r\n", StringComparison.Ordinal)));
        List<string> lines =
        [
            $"From: {Encoded(from.Name.In(words.Language))} <{from.Email}>",
            $"To: <{to.Email}>",
            $"Subject: {Encoded(words.Subject)}",
            $"Date: {now.ToDateTimeUtc().ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture)} +0000",
            $"Message-ID: <{id}@{from.Email[(from.Email.IndexOf('@') + 1)..]}>",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64",
            $"Content-Language: {Tag(words.Language)}",
            "Auto-Submitted: auto-generated",
            "",
            .. text.Chunk(Base64Line).Select(chunk => new string(chunk)),
        ];
        return string.Join("\r\n", lines) + "\r\n";
    }

    /// <summary>A text message.</summary>
    public static string TextMessage(NoticeWords words, NoticeRecipient to) => $"To: {International(to.Phone)}\nAlphabet: UTF-8\n\n{words.Short}\n";

    private static string Tag(Language language) => language switch
    {
        Language.Sv => "sv",
        Language.En => "en",
        _ => "fi",
    };

    // RFC 2047: encoded words of whole characters, each short enough for a line.
    private static string Encoded(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Utf8.GetByteCount(word.ToString()) + rune.Utf8SequenceLength > HeaderBytesMax)
            {
                words.Add(word.ToString());
                word.Clear();
            }

            word.Append(rune);
        }

        words.Add(word.ToString());
        return string.Join("\r\n ", words.Select(part => $"=?utf-8?B?{Convert.ToBase64String(Utf8.GetBytes(part))}?="));
    }

    // Gateways want the country's code without a plus; a number without one is Finnish.
    private static string International(string phone) => phone switch
    {
        ['+', .. var rest] => rest,
        ['0', '0', .. var rest] => rest,
        ['0', .. var rest] => $"358{rest}",
        _ => phone,
    };
}
