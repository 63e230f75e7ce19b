using KioskLink.Testing;

namespace KioskLink.Demo.Tests;

/// <summary>The demo as a user starts it, with its page on a free port; stopped with the tests that share it.</summary>
public sealed class RunningDemo : IAsyncLifetime
{
    private readonly RunningProgram _program = RunningProgram.Start(
        SolutionRoot.Program("KioskLink.Demo"), ["--port", $"{FreePort.Next()}"]);

    /// <summary>Where the page is.</summary>
    public string Page { get; private set; } = "";

    /// <summary>Where the entrance's on-screen keypad is.</summary>
    public string Panel { get; private set; } = "";

    public async Task InitializeAsync()
    {
        Panel = (await _program.Line("panel"))["panel".Length..].Trim();
        Page = (await _program.Line("page"))["page".Length..].Trim();
        await _program.Line("KioskLink demo is ready");
    }

    public async Task DisposeAsync()
    {
        await _program.Stop();
        await _program.DisposeAsync();
    }
}
