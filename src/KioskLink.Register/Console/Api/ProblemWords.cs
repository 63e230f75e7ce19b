using System.Text.RegularExpressions;
using Grpc.Core;
using KioskLink.Register.Console.Texts;

namespace KioskLink.Register.Console.Api;

/// <summary>
/// Says a problem in the user's language: by its reason word, by the form of its sentence, or by its code. A sentence that the
/// console has no words for is shown as the register wrote it, in English.
/// </summary>
internal static partial class ProblemWords
{
    // The key of a text, and the form of the register's sentence for which it stands; groups fill the text's places.
    private static readonly (string Key, Regex Form)[] Forms =
    [
        ("problem.missing", Missing()),
        ("problem.long", TooLong()),
        ("problem.date", NoDate()),
        ("problem.end", EndBeforeStart()),
        ("problem.endMax", EndTooLate()),
        ("problem.oneLibrary", OneLibrary()),
        ("problem.nobody", Nobody()),
        ("problem.choice", OneOf()),
        ("problem.control", Control()),
    ];

    /// <summary>The problem in words, and the language that they are in.</summary>
    public static (string Text, string Language) In(Words words, ApiProblem problem)
    {
        if (problem.Reason.Length > 0 && words.Known($"reason.{problem.Reason}") is { } known) return (known, words.Language);
        foreach (var (key, form) in Forms)
        {
            if (form.Match(problem.Sentence) is { Success: true } match)
                return (words.Fill(key, [.. match.Groups.Values.Skip(1).Select(group => (object)group.Value)]), words.Language);
        }

        return problem.Code switch
        {
            StatusCode.Unavailable or StatusCode.DeadlineExceeded => (words["problem.unavailable"], words.Language),
            StatusCode.PermissionDenied => (words["problem.denied"], words.Language),
            StatusCode.NotFound => (words["problem.notFound"], words.Language),
            _ when problem.Sentence.Length > 0 => (Capital(problem.Sentence), "en"),
            _ => (words["problem.unknown"], words.Language),
        };
    }

    private static string Capital(string sentence) => char.ToUpperInvariant(sentence[0]) + sentence[1..];

    [GeneratedRegex("^is missing")]
    private static partial Regex Missing();

    [GeneratedRegex(@"^is longer than (\d+) characters")]
    private static partial Regex TooLong();

    [GeneratedRegex("^is no date")]
    private static partial Regex NoDate();

    [GeneratedRegex("^must lie after the start")]
    private static partial Regex EndBeforeStart();

    [GeneratedRegex(@"^must lie at most (\d+) days after the start")]
    private static partial Regex EndTooLate();

    [GeneratedRegex("^is empty: a use ban is for a library")]
    private static partial Regex OneLibrary();

    [GeneratedRegex("^is nobody's number")]
    private static partial Regex Nobody();

    [GeneratedRegex("^must be one of")]
    private static partial Regex OneOf();

    [GeneratedRegex("^holds control characters")]
    private static partial Regex Control();
}
