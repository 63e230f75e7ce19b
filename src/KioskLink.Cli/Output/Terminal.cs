using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace KioskLink.Cli.Output;

/// <summary>Where a command writes: tables and progress for people, one JSON object a line for programs, problems to standard error.</summary>
internal sealed class Terminal(IAnsiConsole console, TextWriter output, TextWriter errors, TextReader? input = null)
{
    // Into a pipe or a file no line is wrapped.
    private const int WidthOfFiles = 4096;

    /// <summary>The value that stands for "ask me".</summary>
    private const string Asked = "-";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether answers are JSON.</summary>
    public bool IsJson { get; set; }

    /// <summary>Standard output.</summary>
    public TextWriter Output { get; } = output;

    /// <summary>Standard error.</summary>
    public TextWriter Errors { get; } = errors;

    /// <summary>Whether a person watches, so that progress is worth drawing.</summary>
    public bool IsWatched => !IsJson && console.Profile.Capabilities.Interactive;

    /// <summary>Whether a person sits at the keyboard, so that there is somebody to prompt.</summary>
    public bool IsTyped => (input is null || HasTypist) && console.Profile.Capabilities.Interactive;

    /// <summary>Whether what is read line by line comes from a person all the same, as in tests; their secrets are asked of the console.</summary>
    public bool HasTypist { get; init; }

    /// <summary>The terminal that the program was started from.</summary>
    public static Terminal OfProcess()
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Console.Profile.Width = WidthOfFiles;
            // Whoever reads a file or the end of a pipe wants no colours.
            AnsiConsole.Console.Profile.Capabilities.Ansi = false;
        }

        return new Terminal(AnsiConsole.Console, Console.Out, Console.Error, Console.IsInputRedirected ? Console.In : null);
    }

    /// <summary>Shows a command's answer and returns its exit code.</summary>
    public int Show(Answer answer)
    {
        if (IsJson)
            Output.WriteLine(answer.Json.ToJsonString(Indented));
        else
            Write(answer.Text);
        return (int)answer.Code;
    }

    /// <summary>Shows one of many, as it comes: in JSON an object a line.</summary>
    public void ShowNext(JsonNode json, IRenderable text)
    {
        if (IsJson)
            Output.WriteLine(json.ToJsonString(OneLine));
        else
            Write(text);
    }

    /// <summary>Shows why a command ended and returns its exit code.</summary>
    public int Show(CommandProblem problem)
    {
        if (IsJson)
            Errors.WriteLine(new JsonObject { ["error"] = problem.Message, ["reason"] = problem.Reason }.ToJsonString(OneLine));
        else
            Errors.WriteLine($"kiosklink: {problem.Message}");
        return (int)problem.Code;
    }

    /// <summary>Does some work behind a progress bar where a person watches.</summary>
    /// <param name="what">What is going on.</param>
    /// <param name="work">The work; it tells its part done, from 0 to 1.</param>
    public async Task WithProgress(string what, Func<Action<double>, Task> work)
    {
        if (!IsWatched)
        {
            await work(_ => { });
            return;
        }

        await console.Progress().AutoClear(true).StartAsync(async progress =>
        {
            var bar = progress.AddTask(what, maxValue: 1);
            await work(part => bar.Value = part);
        });
    }

    /// <summary>Says that a line is waited for, where a person sits at the keyboard.</summary>
    public void Prompt(string text)
    {
        if (IsTyped)
            console.Write(new Text(text, new Style(decoration: Decoration.Bold)));
    }

    /// <summary>The next line of standard input; null at its end. What stands in it is not shown again.</summary>
    public async Task<string?> ReadLineAsync(CancellationToken stop) => await (input ?? Console.In).ReadLineAsync(stop);

    /// <summary>Reads a secret: typed unseen where a person sits, or a line of standard input. It is never taken from the command line.</summary>
    /// <param name="what">What is asked for.</param>
    /// <param name="mayBeEmpty">Whether a person may give none.</param>
    public string ReadSecret(string what, bool mayBeEmpty = false)
    {
        if (input is not null && !IsTyped)
            return input.ReadLine() ?? throw CommandProblem.Usage($"The {what} is missing: give it as a line of standard input.");
        return console.Profile.Capabilities.Interactive
            ? console.Prompt(new TextPrompt<string>($"{what}:") { AllowEmpty = mayBeEmpty }.Secret())
            : throw CommandProblem.Usage($"The {what} cannot be asked for here: give it as a line of standard input.");
    }

    /// <summary>
    /// What tells of a person is asked for where <c>-</c> stands, and never taken from the command line, which stands in the list of
    /// processes and in the shell's history.
    /// </summary>
    /// <param name="value">What stands on the command line; null or empty where nothing does.</param>
    /// <param name="what">What is asked for.</param>
    /// <exception cref="CommandProblem">The value itself stands there.</exception>
    [return: NotNullIfNotNull(nameof(value))]
    public string? OfPerson(string? value, string what) => value switch
    {
        null or "" => value,
        Asked => ReadSecret(what),
        _ => throw CommandProblem.Usage($"The {what} does not belong on the command line, which others see in the list of processes: write {Asked} and give it when asked, or pipe it in from a file."),
    };

    private void Write(IRenderable text)
    {
        console.Write(text);
        // A table ends its last line itself.
        if (text is Text)
            console.WriteLine();
    }
}
