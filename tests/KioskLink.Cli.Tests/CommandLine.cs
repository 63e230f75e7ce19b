using System.Text.Json.Nodes;
using KioskLink.Cli.FakeRegister;
using KioskLink.Cli.Output;
using KioskLink.Testing;
using Spectre.Console;

namespace KioskLink.Cli;

/// <summary>What a command line printed and how it ended.</summary>
internal sealed record Printed(int Code, string Output, string Errors)
{
    public JsonNode Json => JsonNode.Parse(Output)!;

    public IReadOnlyList<JsonNode> JsonLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
}

/// <summary>Runs command lines in this process, against a fake register or a real one.</summary>
internal static class CommandLine
{
    private const int Width = 200;

    public static Task<Printed> Run(params IEnumerable<string> args) => RunTyping([], args);

    /// <summary>Runs a command line with lines of standard input.</summary>
    public static async Task<Printed> RunTyping(IEnumerable<string> lines, params IEnumerable<string> args)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = Width;
        var code = await Patience.For(
            Kiosklink.RunAsync(args.ToList(), new Terminal(console, output, errors, new StringReader(string.Join('\n', lines))), TimeProvider.System), $"the end of `kiosklink {string.Join(' ', args)}`", Patience.Program);
        return new Printed(code, output.ToString(), errors.ToString());
    }

    /// <summary>Runs a command line as somebody at a keyboard, who types lines, and secrets where they are asked for.</summary>
    public static async Task<Printed> RunAtKeyboard(IEnumerable<string> lines, IEnumerable<string> secrets, params IEnumerable<string> args)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var terminal = new Terminal(new KeyboardConsole(output, secrets), output, errors, new StringReader(string.Join('\n', lines))) { HasTypist = true };
        var code = await Patience.For(
            Kiosklink.RunAsync(args.ToList(), terminal, TimeProvider.System), $"the end of `kiosklink {string.Join(' ', args)}`", Patience.Program);
        return new Printed(code, output.ToString(), errors.ToString());
    }

    public static Task<Printed> Run(this FakeServer server, params IEnumerable<string> args) =>
        Run([.. args, "--register", server.Address, "--identity", server.Identity.Path]);

    /// <summary>Runs a command line with lines of standard input.</summary>
    public static Task<Printed> RunTyping(this FakeServer server, IEnumerable<string> lines, params IEnumerable<string> args) =>
        RunTyping(lines, [.. args, "--register", server.Address, "--identity", server.Identity.Path]);

    public static Task<Printed> RunAtNode(this FakeServer server, params IEnumerable<string> args) =>
        Run([.. args, "--node-socket", server.Socket]);
}
