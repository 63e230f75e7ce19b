using System.IO.Enumeration;

namespace KioskLink.Cli.Checkout;

/// <summary>Judges an answer: yes, no, or the value of a field, in which `*` stands for anything.</summary>
internal static class Expectation
{
    private const string Masked = "***";

    /// <summary>What was expected and did not come; null where it did.</summary>
    /// <param name="words">`yes`, `no`, or a field and its value: `AH`, `AH 2026*`, `renewed Y`.</param>
    /// <param name="heard">The last answer.</param>
    public static string? Failing(IReadOnlyList<string> words, Heard? heard)
    {
        if (heard is null)
            return "nothing was asked before this line.";
        if (heard.Answer is null)
            return heard.Problem?.Message ?? "nothing was answered.";
        return words switch
        {
            ["yes"] => heard.Yes ? null : $"expected yes, and heard: {heard.Sentence}",
            ["no"] => heard.Yes ? $"expected no, and heard: {heard.Sentence}" : null,
            _ => Field(words, heard),
        };
    }

    private static string? Field(IReadOnlyList<string> words, Heard heard)
    {
        var found = heard.Answer!.Fields.Where(field => heard.Answer.Find(words[0])?.Name == field.Name).ToList();
        if (found.Count == 0)
            return $"expected {words[0]}, and the answer has none.";
        if (words.Count == 1 || found.Any(field => FileSystemName.MatchesSimpleExpression(words[1], field.Value, ignoreCase: false)))
            return null;
        return found.All(field => field.Value is Masked or ['#', ..])
            ? $"{words[0]} is masked, so no value of it can be expected: write `expect {words[0]}` for one that is there."
            : $"expected {words[0]} {words[1]}, and heard {string.Join(", ", found.Select(field => field.Value))}.";
    }
}
