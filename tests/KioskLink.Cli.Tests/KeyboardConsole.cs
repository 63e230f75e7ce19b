using Spectre.Console;
using Spectre.Console.Rendering;

namespace KioskLink.Cli;

/// <summary>A console with a person before it, who types secrets where they are asked for, each ended with Enter.</summary>
internal sealed class KeyboardConsole : IAnsiConsole, IAnsiConsoleInput
{
    private const int Width = 200;
    private readonly IAnsiConsole _console;
    private readonly Queue<ConsoleKeyInfo> _keys;

    public KeyboardConsole(TextWriter output, IEnumerable<string> secrets)
    {
        _console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(output) });
        _console.Profile.Width = Width;
        _keys = new(secrets.SelectMany(secret => secret.Select(Key).Append(new('\r', ConsoleKey.Enter, shift: false, alt: false, control: false))));
    }

    public Profile Profile => _console.Profile;

    public IAnsiConsoleCursor Cursor => _console.Cursor;

    public IAnsiConsoleInput Input => this;

    public IExclusivityMode ExclusivityMode => _console.ExclusivityMode;

    public RenderPipeline Pipeline => _console.Pipeline;

    public void Clear(bool home) => _console.Clear(home);

    public void Write(IRenderable renderable) => _console.Write(renderable);

    public bool IsKeyAvailable() => _keys.Count > 0;

    public ConsoleKeyInfo? ReadKey(bool intercept) => _keys.TryDequeue(out var key) ? key : throw new InvalidOperationException("A secret is asked for that nobody types.");

    public Task<ConsoleKeyInfo?> ReadKeyAsync(bool intercept, CancellationToken cancellationToken) => Task.FromResult(ReadKey(intercept));

    private static ConsoleKeyInfo Key(char letter) => new(letter, ConsoleKey.None, shift: false, alt: false, control: false);
}
