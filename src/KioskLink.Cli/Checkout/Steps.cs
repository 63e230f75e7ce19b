using KioskLink.Cli.Output;

namespace KioskLink.Cli.Checkout;

/// <summary>One line of a script, or of what somebody types.</summary>
/// <param name="Line">Its number.</param>
/// <param name="Word">A verb's name, `pin` or `expect`.</param>
/// <param name="Words">The words behind it.</param>
internal sealed record Step(int Line, string Word, IReadOnlyList<string> Words)
{
    /// <summary>The verb; null for `pin` and `expect`.</summary>
    public Verb? Verb => Verb.All.FirstOrDefault(verb => verb.Name == Word);
}

/// <summary>Reads steps: a verb with its words, `pin DIGITS`, `expect yes`, `expect no`, `expect FIELD [VALUE]`; `#` begins a comment.</summary>
internal static class Steps
{
    /// <summary>The step that takes a PIN.</summary>
    public const string Pin = "pin";

    /// <summary>The step that judges the last answer.</summary>
    public const string Expect = "expect";

    // A script is read whole before anything is sent.
    private const int LinesMax = 10_000;

    /// <summary>Reads a script.</summary>
    /// <exception cref="CommandProblem">A line is no step.</exception>
    public static IReadOnlyList<Step> Read(string file, IEnumerable<string> lines)
    {
        var steps = new List<Step>();
        foreach (var (index, line) in lines.Index())
        {
            if (index >= LinesMax)
                throw CommandProblem.Usage($"{file}: more than {LinesMax} lines; split it.");
            var (step, problem) = Parse(line, index + 1);
            if (problem is not null)
                throw CommandProblem.Usage($"{file}:{index + 1}: {problem}");
            if (step is not null)
                steps.Add(step);
        }
        return steps;
    }

    /// <summary>Reads one line: a step, or nothing for a blank line or a comment, or what is wrong with it.</summary>
    public static (Step? Step, string? Problem) Parse(string text, int line)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words is [] or [['#', ..], ..])
            return (null, null);
        var step = new Step(line, words[0], words[0] == Expect ? Judged(text) : words[1..]);
        return Problem(step) is { } problem ? (null, problem) : (step, null);
    }

    private static string? Problem(Step step) => step switch
    {
        { Word: Pin } => step.Words.Count <= 1 ? null : "`pin` takes one word, or none to be asked.",
        { Word: Expect } => step.Words.Count > 0 ? null : "`expect` takes yes, no, or a field such as AH and its value.",
        { Verb: null } => $"`{Typed.Shown(step.Word)}` is no step; there are {string.Join(", ", Verb.All.Select(verb => verb.Name))}, {Pin} and {Expect}.",
        { Verb: { } verb } when verb.Name == "end" && step.Words.Count == 0 => null,
        { Verb: { } verb } => step.Words.Count == verb.Arguments.Count ? null : $"write `{string.Join(' ', verb.Arguments.Prepend(verb.Name))}`.",
    };

    // The value goes to the end of the line, blanks included.
    private static string[] Judged(string text) => text.Trim().Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[1..];
}
