using Grpc.Net.Client;
using KioskLink.Demo.World;
using KioskLink.Testing;
using Microsoft.Playwright;

namespace KioskLink.Demo.Tests.Console;

/// <summary>
/// The staff's console against the real programs: the demo's register with its node and virtual door, and a browser that an
/// administrator has signed in with, as a person does it: one-time secret, password, authenticator app.
/// </summary>
public sealed class RunningConsole : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private RunningProgram _program = null!;
    private IPlaywright _playwright = null!;
    private string _signedIn = "";

    /// <summary>Where the console is.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The browser.</summary>
    public IBrowser Browser { get; private set; } = null!;

    /// <summary>The register, as the operator who set it up.</summary>
    public GrpcChannel Register { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _program = RunningProgram.Start(SolutionRoot.Program("KioskLink.Demo"), ["--headless", "--data", _folder["demo"]]);
        var register = new Uri((await _program.Line("register"))["register".Length..].Trim());
        Address = (await _program.Line("console"))["console".Length..].Trim().TrimEnd('/');
        await _program.Line("KioskLink demo is ready");
        Register = Channels.ToRegister(register, Path.Combine(_folder["demo"], "register"));
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"],
        });
        await using var context = await Browser.NewContextAsync(new() { BaseURL = Address });
        await new FirstSignIn(await context.NewPageAsync(), Register).DoAsync();
        _signedIn = await context.StorageStateAsync();
    }

    /// <summary>A page of a browser in which the administrator is signed in.</summary>
    /// <param name="language">fi, sv or en.</param>
    /// <param name="width">Width of the window.</param>
    /// <param name="height">Height of the window.</param>
    /// <param name="dark">Whether the user likes it dark.</param>
    /// <param name="script">Whether script runs.</param>
    /// <param name="signedIn">Whether anybody is signed in.</param>
    public async Task<IPage> PageAsync(string language = "fi", int width = 1366, int height = 768, bool dark = false, bool script = true, bool signedIn = true)
    {
        var context = await Browser.NewContextAsync(new()
        {
            BaseURL = Address,
            StorageState = signedIn ? _signedIn : null,
            ViewportSize = new() { Width = width, Height = height },
            Locale = "fi-FI",
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = script,
            ReducedMotion = ReducedMotion.Reduce,
        });
        await context.AddCookiesAsync([new() { Name = "kiosklink-language", Value = language, Url = Address }]);
        return await context.NewPageAsync();
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
        Register.Dispose();
        await _program.Stop();
        await _program.DisposeAsync();
        _folder.Dispose();
    }
}
