using System.CommandLine;
using KioskLink.Cli.Output;

namespace KioskLink.Cli.Checkout;

/// <summary><c>sip2 client [VERB]</c>: plays a checkout machine, one verb, a script, or whatever is typed.</summary>
internal static class ClientCommand
{
    public static Command Create(Session session)
    {
        var wires = new WireOptions();
        var (transcript, script) = (new Option<bool>("--transcript") { Description = "Show each message as it is spoken, in words and without secrets.", Recursive = true }, Script());
        var command = new Command(
            "client", "Play a checkout machine. Without a verb it runs --script FILE, or the steps that are typed; `help` lists them. Cards, PINs and names are never shown.") { script };
        foreach (var option in wires.All.Append(transcript))
            command.Options.Add(option);
        foreach (var verb in Verb.All)
            command.Subcommands.Add(OneVerb(session, verb, (parsed, terminal) => Open(session, wires, parsed, terminal, parsed.GetValue(transcript))));
        command.SetAction(async (parsed, stop) =>
        {
            var steps = parsed.GetValue(script) is { } file ? Steps.Read(file.Name, File.ReadLines(file.FullName)) : null;
            await using var machine = Open(session, wires, parsed, session.Terminal, parsed.GetValue(transcript));
            return steps is not null ? await new ScriptRun(machine, session.Terminal).RunAsync(steps, stop) : await new Conversation(machine, session.Terminal).RunAsync(stop);
        });
        return command;
    }

    private static Command OneVerb(Session session, Verb verb, Func<ParseResult, Terminal, Machine> open)
    {
        var words = verb.Arguments.Select(name => new Argument<string>(name) { Description = name == Verb.Card ? "The card's number, or `-` to be asked." : "The item's barcode." }).ToList();
        var pin = new Option<string?>("--pin") { Description = "A file with the PIN, or `-` to be asked; without it none is sent.", HelpName = "FILE" };
        var command = new Command(verb.Name, verb.Help);
        words.ForEach(command.Arguments.Add);
        if (verb.TakesPin)
            command.Options.Add(pin);
        command.SetAction(async (parsed, stop) =>
        {
            await using var machine = open(parsed, session.Terminal);
            var given = verb.Given([.. words.Select(word => parsed.GetRequiredValue(word))], session.Terminal);
            if (verb.TakesPin && parsed.GetValue(pin) is { } file)
                machine.Take(SecretFile.Read(session.Terminal, file, "PIN"));
            var heard = await machine.DoAsync(verb, given, stop);
            if (heard.Problem is { } problem)
                throw problem;
            session.Terminal.ShowNext(heard.Json(verb.Name), Layout.Sentence(heard.Sentence));
            return (int)(heard.Yes ? ExitCode.Done : ExitCode.Refused);
        });
        return command;
    }

    private static Option<FileInfo?> Script()
    {
        var script = new Option<FileInfo?>("--script") { Description = "Run the steps of a file, one a line, and stop at the first that fails, naming its line.", HelpName = "FILE" };
        script.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<FileInfo>() is { Exists: false } file)
                given.AddError($"--script: there is no file {file.Name}");
        });
        return script;
    }

    private static Machine Open(Session session, WireOptions wires, ParseResult parsed, Terminal terminal, bool transcript)
    {
        var tape = new Tape(session.Clock, transcript ? spoken => terminal.ShowNext(MessageView.Json(spoken), MessageView.Text(spoken)) : null);
        return new Machine(wires.Of(parsed, terminal) with { Transcript = tape.Hear }, tape, wires.Language(parsed), session.Clock);
    }
}
