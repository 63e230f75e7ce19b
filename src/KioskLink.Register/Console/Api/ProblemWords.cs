using Grpc.Core;
using KioskLink.Register.Console.Texts;

namespace KioskLink.Register.Console.Api;

/// <summary>
/// Says a problem in the user's language: by its reason word, by the form of its sentence, or by its code. A sentence that the
/// console has no words for is shown as the register wrote it, in English.
/// </summary>
internal static class ProblemWords
{
    private const string Generic = "FIELD_INVALID";

    /// <summary>The problem in words, and the language that they are in.</summary>
    public static (string Text, string Language) In(Words words, ApiProblem problem)
    {
        if (problem.Reason.Length > 0 && problem.Reason != Generic && words.Known($"reason.{problem.Reason}") is { } known) return (known, words.Language);
        if (ProblemForms.Find(problem.Sentence) is { } form) return (words.Fill($"problem.{form.Key}", form.Values), words.Language);
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
}
