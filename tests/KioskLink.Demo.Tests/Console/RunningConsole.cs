using Grpc.Net.Client;
using KioskLink.Protos.Register.V1;
using Microsoft.Playwright;

namespace KioskLink.Demo.Tests.Console;

/// <summary>
/// The staff's console against the real programs: the demo's register with its node and virtual door, and a browser that an
/// administrator has signed in with, as a person does it: one-time secret, password, authenticator app.
/// </summary>
public sealed class RunningConsole : IAsyncLifetime
{
    private const string Viewer = "katri";

    // A test looks at three pages at once at most; a page that nobody looks at any more would go on being drawn anew.
    private const int PagesMax = 8;
    private readonly Queue<IBrowserContext> _open = [];
    private readonly Dictionary<string, PageTour> _tours = [];
    private DemoAtWork _demo = null!;
    private IPlaywright _playwright = null!;
    private string _signedIn = "";

    /// <summary>Where the console is.</summary>
    public string Address => _demo.Console;

    /// <summary>The browser.</summary>
    public IBrowser Browser { get; private set; } = null!;

    /// <summary>The register, as the operator who set it up.</summary>
    public GrpcChannel Register => _demo.Register;

    /// <summary>What pages are about, beside the demo's own.</summary>
    public Examples Examples { get; private set; } = null!;

    /// <summary>Every page that staff sees.</summary>
    public IReadOnlyList<SeenPage> StaffPages => Pages.OfStaff(Examples);

    public async Task InitializeAsync()
    {
        _demo = await DemoAtWork.StartAsync();
        _playwright = await Playwright.CreateAsync();
        Browser = await Chromium.LaunchAsync(_playwright);
        // So that doors have a history and statistics a visit.
        await _demo.ComeInAsync("29909090000026", "3712");
        _signedIn = await SignedInAsync(page => new FirstSignIn(page, Register).DoAsync());
        await SignedInAsync(async page =>
        {
            await new FirstSignIn(page, Register).DoAsync(Viewer, "Katri Katselija", StaffRole.CameraViewer);
            Examples = await Examples.MakeAsync(Register, page, Viewer, await PageAsync());
        });
    }

    /// <summary>Lets the demo do a step, such as <c>reader unplug</c>.</summary>
    public Task StepAsync(string step) => _demo.StepAsync(step);

    /// <summary>What there is to see of every page in a language; gone to once for all tests.</summary>
    internal async Task<PageTour> TourAsync(string language) =>
        _tours.TryGetValue(language, out var tour) ? tour : _tours[language] = await PageTour.GoAsync(this, language);

    /// <summary>What a browser keeps after somebody has signed in with it.</summary>
    public async Task<string> SignedInAsync(Func<IPage, Task> signIn)
    {
        await using var context = await Browser.NewContextAsync(new() { BaseURL = Address });
        await signIn(await context.NewPageAsync());
        return await context.StorageStateAsync();
    }

    /// <summary>A page of a browser in which the administrator is signed in.</summary>
    /// <param name="language">fi, sv or en.</param>
    /// <param name="width">Width of the window.</param>
    /// <param name="height">Height of the window.</param>
    /// <param name="dark">Whether the user likes it dark.</param>
    /// <param name="script">Whether script runs.</param>
    /// <param name="signedIn">Whether anybody is signed in.</param>
    /// <param name="kept">What the browser kept of another person; null for the administrator's.</param>
    public async Task<IPage> PageAsync(
        string language = "fi", int width = 1366, int height = 768, bool dark = false, bool script = true, bool signedIn = true, string? kept = null)
    {
        var context = await Browser.NewContextAsync(new()
        {
            BaseURL = Address,
            StorageState = signedIn ? kept ?? _signedIn : null,
            ViewportSize = new() { Width = width, Height = height },
            Locale = "fi-FI",
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = script,
            ReducedMotion = ReducedMotion.Reduce,
        });
        _open.Enqueue(context);
        if (_open.Count > PagesMax)
            await _open.Dequeue().CloseAsync();
        await context.AddCookiesAsync([new() { Name = "kiosklink-language", Value = language, Url = Address }]);
        return await context.NewPageAsync();
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
        await _demo.DisposeAsync();
    }
}
