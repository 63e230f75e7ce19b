using KioskLink.Register.Console.Texts;
using KioskLink.Register.Facts;
using NodaTime.Text;

namespace KioskLink.Register.Rights;

/// <summary>How a stored value reads in a document for a person: the codes of an export become words, times local ones. Pure.</summary>
/// <param name="Of">The value in words; a code without words stays as it is.</param>
/// <param name="Family">Under which name the words of its codes stand; empty where it has none.</param>
internal sealed record Reading(Func<Words, string, string> Of, string Family = "")
{
    private static readonly char[] Digits = [.. "0123456789"];

    private static readonly string[] ReadingVerbs = ["Get", "List", "Search", "Find", "Check", "Explain", "Render", "Verify"];

    /// <summary>As it was written.</summary>
    public static readonly Reading Text = new((_, value) => value);

    /// <summary>A point in time, ISO 8601.</summary>
    public static readonly Reading Moment = new((words, value) =>
        InstantPattern.General.Parse(value) is { Success: true } time ? words.Moment(time.Value.ToProto()) : value);

    /// <summary>A day, ISO 8601, or the day of a point in time.</summary>
    public static readonly Reading Day = new((words, value) =>
        InstantPattern.General.Parse(value) is { Success: true } time ? words.Date(time.Value.ToProto()) : words.Date(value));

    /// <summary>A sum in cents.</summary>
    public static readonly Reading Cents = new((words, value) =>
        long.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var cents) ? words.Euros(cents) : value);

    /// <summary>Yes or no.</summary>
    public static readonly Reading Flag = Code("flag");

    /// <summary>Who did it: the role (<see cref="Subjects.ActorRole"/>).</summary>
    public static readonly Reading Role = Code("role");

    /// <summary>One of the sentences in which the register itself speaks; a number at its end stays.</summary>
    public static readonly Reading Said = new(
        (words, value) =>
        {
            var sentence = value.TrimEnd(Digits);
            return ExportCodes.Of(words, "said", sentence.Trim()) is { } known ? $"{known}{value[sentence.TrimEnd().Length..]}" : value;
        },
        "said");

    /// <summary>A class of data in the audit log; what follows it after a space stays.</summary>
    public static readonly Reading Class = new(
        (words, value) => value.Split(' ', 2) is [var first, .. var rest] && ExportCodes.Of(words, "class", first) is { } known ? string.Join(' ', [known, .. rest]) : value,
        "class");

    /// <summary>A code of the wire, <c>ITEM_ON_LOAN</c>, whose words stand under the name that it has in the program.</summary>
    public static readonly Reading LoanReason = new(
        (words, value) => ExportCodes.Of(words, "loanReason", string.Concat(value.Split('_').Select(part => $"{part[..Math.Min(1, part.Length)]}{part[Math.Min(1, part.Length)..].ToLowerInvariant()}"))) ?? value,
        "loanReason");

    /// <summary>What was called, <c>PatronService/GetPatron</c>: what it is about, and whether that was read or handled.</summary>
    public static readonly Reading Action = new(
        (words, value) => ExportCodes.Of(words, "call", value) ?? (value.Split('/') is [var service, var call, ..] && ExportCodes.Of(words, "call", service) is { } about
            ? $"{about}: {ExportCodes.Of(words, "call", IsReading(call) ? "read" : "done")}"
            : value),
        "call");

    /// <summary>How a call ended; of what did not go well a person is told that, and the code stays in the file for programs.</summary>
    public static readonly Reading Result = new((words, value) => ExportCodes.Of(words, "result", value) ?? ExportCodes.Of(words, "result", "failed")!, "result");

    /// <summary>One code, or several with spaces or commas between.</summary>
    /// <param name="family">Under which name their words stand.</param>
    public static Reading Code(string family) => new(
        (words, value) => ExportCodes.Of(words, family, value)
            ?? string.Join(", ", value.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(code => ExportCodes.Of(words, family, code) ?? code)),
        family);

    private static bool IsReading(string call) => ReadingVerbs.Any(verb => call.StartsWith(verb, StringComparison.Ordinal));
}
