using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using KioskLink.Protos.Register.V1;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KioskLink.Demo.Tests.Console;

/// <summary>What patrons see and do with their own card and PIN (R32), on a telephone.</summary>
[Collection(nameof(RunningConsole))]
public sealed class OwnViewTests(RunningConsole console)
{

    [Fact]
    public async Task R32_A_patron_signs_in_with_card_and_pin_and_changes_the_own_contact_data()
    {
        var page = await SignedInAsync("sv", "29909090000026", "3712");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Björn Exempel");
        await page.GetByRole(AriaRole.Link, new() { Name = "Ändra kontaktuppgifter" }).ClickAsync();
        await page.GetByLabel("Gatuadress").FillAsync("Provgatan 1 A 2");
        await page.GetByLabel("Postnummer").FillAsync("15100");
        await page.GetByLabel("Postanstalt").FillAsync("Lahti");
        await page.GetByLabel("E-post", new() { Exact = true }).FillAsync("bjorn@example.invalid");
        await page.GetByRole(AriaRole.Button, new() { Name = "Spara" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Kontaktuppgifterna är sparade.");
        await Expect(page.GetByText("Provgatan 1 A 2, 15100 Lahti")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task R32_A_wrong_pin_shows_nothing_of_the_card()
    {
        var page = await console.PageAsync("en", OwnView.Width, OwnView.Height, signedIn: false);
        await page.GotoAsync("/my");
        await page.GetByLabel("Library card number").FillAsync("29909090000034");
        await page.GetByLabel("PIN").FillAsync("1111");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.Locator("strong.problem")).ToHaveTextAsync("The card number or the PIN is wrong.");
        await page.GotoAsync("/my");
        Assert.Contains("/my/sign-in", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R32_A_patron_accepts_the_terms()
    {
        var page = await SignedInAsync("fi", "29909090000117", "3690");
        await page.GetByRole(AriaRole.Button, new() { Name = "Hyväksyn ehdot" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Ehdot on hyväksytty. Tervetuloa.");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Hyväksyn ehdot" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task R32_R39_A_patron_who_accepted_older_terms_sees_which_and_accepts_the_new_ones()
    {
        var consents = new ConsentService.ConsentServiceClient(console.Register);
        await consents.RecordConsentAsync(new RecordConsentRequest
        {
            Consent = new Consent { CustomerId = "demo-bjorn", Kind = ConsentKind.Terms, Act = ConsentAct.Given, Channel = ConsentChannel.Paper, TextVersion = "2019-01-01" },
        });
        var page = await SignedInAsync("fi", "29909090000026", "3712");
        await Expect(page.GetByText("Ehdot ovat muuttuneet: hyväksyit version 2019-01-01")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Hyväksyn ehdot" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Ehdot on hyväksytty. Tervetuloa.");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Hyväksyn ehdot" })).ToHaveCountAsync(0);
        var held = (await consents.ListConsentsAsync(new ListConsentsRequest { CustomerId = "demo-bjorn" })).Standings.Single(one => one.Kind == ConsentKind.Terms);
        Assert.NotEqual("2019-01-01", held.TextVersion);
        await Expect(page.GetByText($"(teksti {held.TextVersion})")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task R32_A_patron_reports_the_card_lost_and_is_signed_out()
    {
        var page = await SignedInAsync("en", "29909090000067", "7145");
        await page.GetByText("My card is lost …").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Report it lost" }).ClickAsync();
        await page.WaitForURLAsync("**/my/sign-in**");
        await page.GetByLabel("Library card number").FillAsync("29909090000067");
        await page.GetByLabel("PIN").FillAsync("7145");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.Locator("strong.problem")).ToContainTextAsync("reported lost");
    }

    [Fact]
    public async Task A_patron_is_nobody_in_the_console()
    {
        var page = await SignedInAsync("fi", "29909090000133", "5802");
        foreach (var (_, _, path) in console.StaffPages)
        {
            await page.GotoAsync(path);
            Assert.Contains("/sign-in", page.Url, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("fi", 390, false)]
    [InlineData("sv", 390, true)]
    [InlineData("sv", 1366, false)]
    public async Task The_own_view_is_readable_by_everybody_and_fits_the_screen(string language, int width, bool dark)
    {
        var page = await SignedInAsync(language, "29909090000018", "2601", dark, width);
        foreach (var (name, _, path) in Pages.OfPatrons.Concat(Pages.OfEverybody.Where(page => page.Path.StartsWith("/my/privacy", StringComparison.Ordinal))))
        {
            await page.GotoAsync(path);
            await page.ScreenshotAsync(new() { Path = PageLook.PictureOf(name, $"{language}-{width}"), FullPage = true });
            var found = await page.RunAxe(PageLook.Wcag);
            Assert.Empty(found.Violations.Select(one => $"{path}: {one.Id}: {one.Help}"));
            Assert.Equal((path, ""), (path, await PageLook.TooWideAsync(page)));
        }
    }

    [Fact]
    public async Task R32_A_patron_changes_the_pin_and_the_old_one_is_over()
    {
        const string Card = "29909090000034";
        var page = await SignedInAsync("en", Card, "48260");
        await page.GetByRole(AriaRole.Link, new() { Name = "Change the PIN" }).ClickAsync();
        await ChangePinAsync(page, "48260", "1234");
        await Expect(page.Locator("#my-pin-new_pin-problem")).ToHaveTextAsync(new Regex("choose another"));
        await ChangePinAsync(page, "48260", "27184", "27185");
        await Expect(page.Locator("#my-pin-again-problem")).ToHaveTextAsync("The PINs differ: type the same one twice.");
        await ChangePinAsync(page, "48260", "27184");
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The PIN is changed.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await OwnView.SignInAsync(page, Card, "48260");
        await Expect(page.Locator("strong.problem")).ToHaveTextAsync("The card number or the PIN is wrong.");
        await OwnView.SignInAsync(page, Card, "27184");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Jane Sample");
    }

    [Fact]
    public async Task R20_R32_A_patron_chooses_how_notices_come_and_a_way_without_an_address_is_refused()
    {
        var page = await SignedInAsync("en", "29909090000083", "9367");
        await page.GotoAsync("/my/contact");
        await page.GetByLabel("Due-date notices").SelectOptionAsync("None");
        await page.GetByLabel("Pick-up notices").SelectOptionAsync("Sms");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("#contact-phones-problem")).ToHaveTextAsync("There is no telephone number: give it or choose another way.");
        await page.GetByLabel("Telephone").FillAsync("040 000 0000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Your contact data are stored.");
        var stored = (await new PatronService.PatronServiceClient(console.Register).GetPatronAsync(new GetPatronRequest { CustomerId = "demo-vesa" })).Patron.Notices.Preferences;
        Assert.Equal(NoticeChannel.Sms, Assert.Single(stored, one => one.Kind == NoticeKind.PickUp).Channel);
        Assert.Equal(NoticeChannel.None, Assert.Single(stored, one => one.Kind == NoticeKind.DueDate).Channel);
    }

    [Fact]
    public async Task R23_R32_A_patron_has_the_loan_history_kept_and_deleted_again()
    {
        var page = await SignedInAsync("en", "29909090000133", "5802");
        await Expect(page.GetByText("Your loan history is not kept.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep my loan history" }).ClickAsync();
        await Expect(page.GetByText("Your loan history is kept, because you asked for it.")).ToBeVisibleAsync();
        Assert.Equal(ConsentState.Given, await HistoryAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop, and delete it" }).ClickAsync();
        await Expect(page.GetByText("Your loan history is not kept.")).ToBeVisibleAsync();
        Assert.Equal(ConsentState.Refused, await HistoryAsync());
    }

    [Fact]
    public async Task Everybody_reads_the_privacy_notice_in_the_own_language_and_its_older_versions()
    {
        var page = await console.PageAsync("sv", OwnView.Width, OwnView.Height, signedIn: false);
        await page.GotoAsync("/my/sign-in");
        await page.GetByRole(AriaRole.Link, new() { Name = "Dataskydd" }).ClickAsync();
        await Expect(page.GetByText("Lahtis stad", new() { Exact = true }).First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Version 30.3.2023" }).ClickAsync();
        await Expect(page.GetByText("i kraft till 5.10.2023").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Kameraregister" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 2 }).First).ToBeVisibleAsync();
    }

    private static async Task ChangePinAsync(IPage page, string pin, string next, string? again = null)
    {
        await page.Locator("#my-pin-pin").FillAsync(pin);
        await page.Locator("#my-pin-new_pin").FillAsync(next);
        await page.Locator("#my-pin-again").FillAsync(again ?? next);
        await page.GetByRole(AriaRole.Button, new() { Name = "Change the PIN" }).ClickAsync();
    }

    private async Task<ConsentState> HistoryAsync() =>
        (await new ConsentService.ConsentServiceClient(console.Register).ListConsentsAsync(new ListConsentsRequest { CustomerId = "demo-kerttu" }))
        .Standings.Single(one => one.Kind == ConsentKind.LoanHistory).State;

    private Task<IPage> SignedInAsync(string language, string card, string pin, bool dark = false, int width = OwnView.Width) =>
        OwnView.SignedInAsync(console, language, card, pin, dark, width);
}
