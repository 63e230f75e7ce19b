using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KioskLink.Demo.Tests;

/// <summary>The checkout machine of the page in Debian's Chromium, against the real node over a socket.</summary>
public sealed class MachinePageTests(RunningDemo demo) : DemoPageTest(1280, 900), IClassFixture<RunningDemo>
{
    [Fact]
    public async Task A_patron_borrows_renews_and_returns_and_takes_a_receipt()
    {
        await PutInAsync("Aino", "2601");
        await LayAsync("KL0001");
        await DoAsync("Borrow", "Lent, due");
        await DoAsync("Renew", "Renewed, due");
        await DoAsync("Return", "Returned");
        await Expect(Page.Locator("#receipt-lines li").First).ToContainTextAsync("Seitsemän veljestä: Lent, due");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Finish" }).ClickAsync();
        await Expect(Page.Locator("#machine-headline")).ToHaveTextAsync("Thank you for your visit", new() { Timeout = PatienceMs });
    }

    [Fact]
    public async Task The_wire_is_shown_in_words_and_hides_card_pin_and_name_and_no_digit_stays_on_thePage()
    {
        var addresses = new List<string>();
        Page.Request += (_, request) => addresses.Add(request.Url);
        await PutInAsync("Jane", "48260");
        var talk = await Page.Locator("#talk").InnerTextAsync();

        Assert.Contains("answer about the patron", talk, StringComparison.Ordinal);
        Assert.All(["48260", "29909090000034", "Sample", "selfcheck-demo"], secret => Assert.DoesNotContain(secret, talk, StringComparison.Ordinal));
        Assert.DoesNotContain("48260", await Page.Locator("#automat").InnerHTMLAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(addresses, address => address.Contains("48260", StringComparison.Ordinal) || address.Contains("29909090000034", StringComparison.Ordinal));
        await Page.GetByRole(AriaRole.Button, new() { Name = "Finish" }).ClickAsync();
    }

    [Fact]
    public async Task A_wrong_pin_gives_the_card_back()
    {
        await SpeakAsync("English");
        await CardAsync("Aino");
        await TypeAsync("9999");
        await Expect(Page.Locator("#machine-screen")).ToHaveClassAsync("screen bad", new() { Timeout = PatienceMs });
        await Expect(Page.Locator("#machine-pin")).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData("Suomi", "Syötä kirjastokortti", "Palauta")]
    [InlineData("Svenska", "Sätt in bibliotekskortet", "Återlämna")]
    [InlineData("English", "Put your library card in", "Return")]
    public async Task The_machine_speaks_three_languages(string language, string headline, string button)
    {
        await SpeakAsync(language);
        await Expect(Page.Locator("#machine-headline")).ToHaveTextAsync(headline, new() { Timeout = PatienceMs });
        await Expect(Page.Locator("[data-act=return]")).ToHaveTextAsync(button);
    }

    [Fact]
    public async Task A_cut_network_is_said_on_the_machine_and_mended_it_goes_on()
    {
        await SpeakAsync("English");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Cut" }).ClickAsync();
        await Expect(Page.Locator("#link")).ToContainTextAsync("offline", new() { Timeout = PatienceMs });
        await CardAsync("Aino");
        await TypeAsync("2601");
        await Expect(Page.Locator("#machine-headline")).ToContainTextAsync("not known here now because the connection is down", new() { Timeout = PatienceMs });
        Assert.DoesNotContain("Esimerkki", await Page.Locator(".machine").InnerTextAsync(), StringComparison.Ordinal);
        await Expect(Page.Locator("#machine-lines")).Not.ToContainTextAsync("On loan");
        await Page.ScreenshotAsync(new() { Path = PictureOf("machine-cut"), FullPage = true });
        await Page.GetByRole(AriaRole.Button, new() { Name = "Restore" }).ClickAsync();
        await Expect(Page.Locator("#link")).ToContainTextAsync("online", new() { Timeout = PatienceMs });
        await PutInAsync("Aino", "2601");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Finish" }).ClickAsync();
    }

    [Fact]
    public async Task Who_has_come_in_by_the_door_is_served_from_the_copy_while_the_network_is_cut_and_told_so()
    {
        await DemoSteps.ComeInAsync(demo.Page, "29909090000026", "3712");
        await DemoSteps.DoAsync(demo.Page, "settled");
        await DemoSteps.DoAsync(demo.Page, "network cut");
        await Expect(Page.Locator("#link")).ToContainTextAsync("offline", new() { Timeout = PatienceMs });
        await SpeakAsync("English");
        await CardAsync("Björn");
        await TypeAsync("3712");
        await Expect(Page.Locator("#machine-headline")).ToHaveTextAsync("Welcome", new() { Timeout = PatienceMs });
        await Expect(Page.Locator("#machine-lines")).ToContainTextAsync("The connection is down: this is from the copy");
        await Expect(Page.Locator("#machine-lines")).Not.ToContainTextAsync("On loan");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Finish" }).ClickAsync();
        await DemoSteps.DoAsync(demo.Page, "network restore");
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task The_machine_in_use_has_no_accessibility_violation_and_fits(int width, ColorScheme scheme)
    {
        await Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await Page.SetViewportSizeAsync(width, 900);
        await PutInAsync("Björn", "3712");
        await LayAsync("KL0014");
        await DoAsync("Borrow", "Lent, due");
        await Page.Locator("#talk summary").First.ClickAsync();

        var found = await Page.RunAxe();
        await Page.Locator(".machine").ScreenshotAsync(new() { Path = PictureOf($"machine-{width}") });

        Assert.Empty(found.Violations.Select(violation => $"{violation.Id}: {violation.Help}"));
        Assert.Equal(width, await Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await DoAsync("Return", "Returned");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Finish" }).ClickAsync();
    }

    protected override Task OpenAsync() => Page.GotoAsync(demo.Page);

    private async Task PutInAsync(string patron, string pin)
    {
        await SpeakAsync("English");
        await CardAsync(patron);
        await TypeAsync(pin);
        await Expect(Page.Locator("#machine-headline")).ToContainTextAsync("Hello", new() { Timeout = PatienceMs });
    }

    private Task SpeakAsync(string language) => Page.Locator(".tongues button", new() { HasText = language }).ClickAsync();

    private Task CardAsync(string patron) => Page.Locator("#machine-cards button", new() { HasText = patron }).ClickAsync();

    private async Task TypeAsync(string pin)
    {
        await Expect(Page.Locator("#machine-pin")).ToBeVisibleAsync(new() { Timeout = PatienceMs });
        foreach (var digit in pin)
            await Page.Locator("#machine-keys button", new() { HasText = $"{digit}" }).ClickAsync();
        await Page.Locator("#machine-keys [data-word=enter]").ClickAsync();
    }

    private async Task LayAsync(string barcode)
    {
        await Page.Locator($"#stacks button[data-barcode={barcode}]").ClickAsync();
        await Expect(Page.Locator("#plate li:not(.empty)")).ToHaveCountAsync(1, new() { Timeout = PatienceMs });
    }

    private async Task DoAsync(string button, string word)
    {
        await Page.Locator("#machine-acts button", new() { HasText = button }).ClickAsync();
        await Expect(Page.Locator("#plate .word").First).ToContainTextAsync(word, new() { Timeout = PatienceMs });
    }
}
