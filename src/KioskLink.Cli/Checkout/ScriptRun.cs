using KioskLink.Cli.Output;
using KioskLink.Sip2;

namespace KioskLink.Cli.Checkout;

/// <summary>Runs the steps of a script. A step fails where no answer came, or where an `expect` does not hold; a "no" alone is an answer like another.</summary>
/// <param name="machine">The machine.</param>
/// <param name="terminal">Where it is shown, and asked.</param>
/// <param name="beforePatron">Called with the card before its patron is asked about; null where nobody can be asked for a PIN.</param>
internal sealed class ScriptRun(Machine machine, Terminal terminal, Action<string>? beforePatron = null)
{
    /// <summary>Runs steps until the first that fails.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="CommandProblem">A step failed; the problem names its line.</exception>
    public async Task<int> RunAsync(IReadOnlyList<Step> steps, CancellationToken stop)
    {
        foreach (var step in steps)
        {
            if (await DoAsync(step, stop) is { } failing)
                throw new CommandProblem(failing.Code, failing.Reason, $"line {step.Line}: {failing.Message}");
        }
        return (int)ExitCode.Done;
    }

    /// <summary>Does one step and shows what came of it.</summary>
    /// <returns>Why it failed; null where it did not.</returns>
    public async Task<CommandProblem?> DoAsync(Step step, CancellationToken stop)
    {
        if (step.Word == Steps.Expect)
            return Expectation.Failing(step.Words, machine.Last) is { } failing ? new(ExitCode.Refused, "NOT_AS_EXPECTED", failing) : null;
        if (step.Word == Steps.Pin)
            return Take(step.Words);
        if (step.Verb is not { } verb || Given(verb, step.Words) is not { } words)
            return CommandProblem.Usage("There is no session to end: name the card.");
        if (verb.Name == "patron")
            beforePatron?.Invoke(words[0]);
        var heard = await machine.DoAsync(verb, words, stop);
        if (heard.Problem is { } problem)
            return problem;
        var json = heard.Json(verb.Name);
        json["line"] = step.Line;
        terminal.ShowNext(json, Layout.Sentence(beforePatron is not null ? heard.Sentence : $"{step.Line,4}  {verb.Name}{Item(verb, words)}: {heard.Sentence}"));
        return null;
    }

    private CommandProblem? Take(IReadOnlyList<string> words)
    {
        var pin = Secret.From(words is [not "-"] ? words[0] : terminal.ReadSecret("PIN"));
        if (pin.IsEmpty)
            return CommandProblem.Usage("The PIN is empty: an empty one is never sent.");
        machine.Take(pin);
        return null;
    }

    private IReadOnlyList<string>? Given(Verb verb, IReadOnlyList<string> words) => words.Count switch
    {
        0 when verb.Name == "end" => machine.Card is { } card ? [card] : null,
        _ => verb.Given(words, terminal),
    };

    // The echo names no card.
    private static string Item(Verb verb, IReadOnlyList<string> words) => string.Concat(words.Where((_, at) => verb.Arguments[at] != Verb.Card).Select(word => $" {word}"));
}
