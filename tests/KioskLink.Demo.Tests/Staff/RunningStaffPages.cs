using Grpc.Net.Client;
using KioskLink.Demo.Tests.Console;
using KioskLink.Protos.Register.V1;
using Microsoft.Playwright;

namespace KioskLink.Demo.Tests.Staff;

/// <summary>
/// The node's pages for staff against the real programs: the demo's register, node and virtual door, a network to cut, and a browser.
/// Whoever works here has set an account up in the register's console, as a person does.
/// </summary>
public sealed class RunningStaffPages : IAsyncLifetime
{
    public const string Password = "kolme sinistä kirjaa";

    /// <summary>How long the doctor may take on a busy machine, milliseconds.</summary>
    public const float DoctorMs = 120_000;

    private DemoAtWork _demo = null!;
    private IPlaywright _playwright = null!;
    private string? _kept;
    private IPage? _last;

    /// <summary>Where the node's pages are.</summary>
    public string Address => _demo.NodePages;

    /// <summary>The browser.</summary>
    public IBrowser Browser { get; private set; } = null!;

    /// <summary>The register, as the operator who set it up.</summary>
    public GrpcChannel Register => _demo.Register;

    public async Task InitializeAsync()
    {
        _demo = await DemoAtWork.StartAsync();
        _playwright = await Playwright.CreateAsync();
        Browser = await Chromium.LaunchAsync(_playwright);
    }

    /// <summary>Lets the demo do a step, such as <c>network cut</c>.</summary>
    public Task StepAsync(string step) => _demo.StepAsync(step);

    /// <summary>Gives somebody an account, who sets it up and gives the undertaking; the authenticator app's secret.</summary>
    public async Task<string> HireAsync(string user, params StaffRole[] roles)
    {
        await using var context = await Browser.NewContextAsync(new() { BaseURL = _demo.Console });
        var page = await context.NewPageAsync();
        var first = new FirstSignIn(page, Register);
        var factor = await first.SetUpAsync(user, await first.SecretAsync(user, "Testi Henkilö", roles));
        await first.SignInAsync(user, factor);
        await page.GetByRole(AriaRole.Button, new() { Name = "Annan sitoumuksen" }).ClickAsync();
        await page.GetByRole(AriaRole.Status).WaitForAsync();
        return factor;
    }

    /// <summary>Signs in on the page, in English; the code is the next one, since the console has taken this one.</summary>
    public async Task SignInAsync(IPage page, string user, string? factor, string password = Password)
    {
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("User name").FillAsync(user);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByLabel("One-time code").FillAsync(factor is null ? "" : OneTimeCode.At(factor, TimeProvider.System.GetUtcNow().AddSeconds(30)));
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    /// <summary>A page of a browser in which nobody is signed in.</summary>
    public async Task<IPage> StrangersPageAsync(string language = "en", int width = 1366, int height = 768) => await OpenAsync(language, width, height, null);

    /// <summary>A page of a browser in which an administrator is signed in, who may see every page.</summary>
    public async Task<IPage> PageAsync(string language = "en", int width = 1366, int height = 768)
    {
        if (_kept is null)
        {
            var factor = await HireAsync("maija", StaffRole.Administrator);
            var page = await StrangersPageAsync();
            await SignInAsync(page, "maija", factor);
            await page.WaitForURLAsync("**/technician");
            _kept = await page.Context.StorageStateAsync();
            _last = page;
        }
        // A session has room for some open pages only, and one test looks at one.
        await _last!.Context.CloseAsync();
        return _last = await OpenAsync(language, width, height, _kept);
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
        await _demo.DisposeAsync();
    }

    private async Task<IPage> OpenAsync(string language, int width, int height, string? kept)
    {
        var context = await Browser.NewContextAsync(new()
        {
            BaseURL = Address,
            StorageState = kept,
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
        });
        await context.AddCookiesAsync([new() { Name = "kiosklink-language", Value = language, Url = Address }]);
        return await context.NewPageAsync();
    }
}

/// <summary>One demo and one browser for every test of the staff's pages.</summary>
[CollectionDefinition(nameof(RunningStaffPages))]
public sealed class StaffPagesCollection : ICollectionFixture<RunningStaffPages>;
