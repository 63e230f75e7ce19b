using Grpc.Net.Client;
using KioskLink.Demo.World;
using KioskLink.Testing;

namespace KioskLink.Demo.Tests;

/// <summary>The demo with its data in a folder of the test's own, the register at hand as the operator who set it up has it.</summary>
internal sealed class DemoAtWork : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly RunningProgram _program;
    private string _page = "";

    private DemoAtWork() =>
        _program = RunningProgram.Start(SolutionRoot.Program("KioskLink.Demo"), ["--port", $"{FreePort.Next()}", "--data", _folder["demo"]]);

    /// <summary>Where the register's console is, without a slash at the end.</summary>
    public string Console { get; private set; } = "";

    /// <summary>Where the node's pages are, without a slash at the end.</summary>
    public string NodePages { get; private set; } = "";

    /// <summary>The register.</summary>
    public GrpcChannel Register { get; private set; } = null!;

    /// <summary>Starts it; returns when it is ready.</summary>
    public static async Task<DemoAtWork> StartAsync()
    {
        var demo = new DemoAtWork();
        var register = new Uri(await demo.ToldAsync("register"));
        demo.Console = (await demo.ToldAsync("console")).TrimEnd('/');
        demo.NodePages = new Uri(new Uri(await demo.ToldAsync("panel")), "/").ToString().TrimEnd('/');
        demo._page = await demo.ToldAsync("page");
        await demo._program.Line("KioskLink demo is ready");
        demo.Register = Channels.ToRegister(register, Path.Combine(demo._folder["demo"], "register"));
        return demo;
    }

    /// <summary>Lets it do a step, such as <c>reader unplug</c>.</summary>
    public Task StepAsync(string step) => DemoSteps.DoAsync(_page, step);

    /// <summary>Somebody comes in by card and PIN.</summary>
    public Task ComeInAsync(string card, string pin) => DemoSteps.ComeInAsync(_page, card, pin);

    public async ValueTask DisposeAsync()
    {
        Register.Dispose();
        await _program.Stop();
        await _program.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<string> ToldAsync(string word) => (await _program.Line(word))[word.Length..].Trim();
}
