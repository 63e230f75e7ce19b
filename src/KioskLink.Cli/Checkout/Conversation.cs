using System.Text.Json.Nodes;
using KioskLink.Cli.Output;
using KioskLink.Sip2;

namespace KioskLink.Cli.Checkout;

/// <summary>Does what somebody types, a step a line, until `quit` or the end of input. At a keyboard there is a prompt, and a failure ends nothing; lines from a pipe are a script.</summary>
internal sealed class Conversation(Machine machine, Terminal terminal)
{
    private readonly ScriptRun _run = new(machine, terminal, terminal.IsTyped ? card => AskForPin(machine, terminal, card) : null);

    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        if (terminal.IsTyped)
            terminal.ShowNext(new JsonObject { ["address"] = machine.Address }, Layout.Sentence($"A checkout machine at {machine.Address}. `help` lists what it can do, `quit` ends it."));
        for (var line = 1; !stop.IsCancellationRequested; line++)
        {
            terminal.Prompt("sip2> ");
            if (await terminal.ReadLineAsync(stop) is not { } text || text.Trim() is "quit" or "exit")
                break;
            if (await DoAsync(text, line, stop) is not { } problem)
                continue;
            if (!terminal.IsTyped)
                throw new CommandProblem(problem.Code, problem.Reason, $"line {line}: {problem.Message}");
            terminal.Show(problem);
        }
        return (int)ExitCode.Done;
    }

    private async Task<CommandProblem?> DoAsync(string text, int line, CancellationToken stop)
    {
        if (text.Trim() == "help")
            return Help();
        var (step, wrong) = Steps.Parse(text, line);
        if (wrong is not null)
            return CommandProblem.Usage(wrong);
        if (step is null)
            return null;
        if (terminal.IsTyped && step is { Word: Steps.Pin, Words.Count: > 0 })
            return CommandProblem.Usage("A PIN is not typed where others see it: write `pin` alone and give it when asked.");
        return await _run.DoAsync(step, stop);
    }

    // Somebody at a keyboard is asked once for each card; who gives none is asked again.
    private static void AskForPin(Machine machine, Terminal terminal, string card)
    {
        if (machine.HasPinFor(card))
            return;
        var pin = Secret.From(terminal.ReadSecret("PIN, or Enter for none", mayBeEmpty: true));
        machine.Begin(card, pin.IsEmpty ? null : pin);
    }

    private CommandProblem? Help()
    {
        var rows = Verb.All.Select(verb => (string.Join(' ', verb.Arguments.Prepend(verb.Name)), verb.Help))
            .Append(("pin", "Take the PIN of the card that is named next, unseen."))
            .Append(("expect yes", "Judge the last answer: yes, no, or a field and its value, in which * stands for anything (expect AH 2026*)."))
            .Append(("quit", "End it.")).ToList();
        terminal.ShowNext(new JsonObject { ["verbs"] = new JsonArray([.. rows.Select(row => JsonValue.Create(row.Item1))]) }, Layout.Fields([.. rows]));
        return null;
    }
}
