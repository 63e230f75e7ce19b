using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KioskLink.Demo.Tests.Console;

/// <summary>What librarians do about patrons, done as they do it.</summary>
[Collection(nameof(RunningConsole))]
public sealed class PatronTaskTests(RunningConsole console)
{
    private const string AinosCard = "29909090000018";
    private const string Aino = "demo-aino";

    [Fact]
    public async Task From_a_card_number_to_a_ban_are_three_actions_and_no_mouse()
    {
        var page = await console.PageAsync();
        await page.GotoAsync("/doors");

        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync(AinosCard + "\n");
        await page.WaitForURLAsync("**/patrons/*", new() { WaitUntil = WaitUntilState.Load });
        await Expect(page.GetByText(Aino).First).ToBeVisibleAsync();
        await PressAccessKeyAsync(page, 'b');
        await Expect(page.Locator("[accesskey=b]")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Omatoimikielto on voimassa");
        await Expect(page.GetByRole(AriaRole.Cell, new() { Name = "Häiriökäytös" })).ToBeVisibleAsync();
        var ban = Assert.Single(await BansAsync(Aino));
        Assert.Equal((BanKind.SelfService, "disturbance"), (ban.Kind, ban.ReasonCode));

        await page.GetByText("Pura …").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Pura kielto" }).ClickAsync();
        await Expect(page.GetByText("Kirjoita, miksi näin tehdään.")).ToBeVisibleAsync();
        Assert.Single(await BansAsync(Aino));
        await page.Locator("form[id^=lift] input[name=reason]").FillAsync("Sovittu asiakkaan kanssa");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pura kielto" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("on purettu");
        Assert.Empty(await BansAsync(Aino));
    }

    [Fact]
    public async Task A_ban_that_the_law_does_not_allow_is_told_at_its_field_and_what_was_typed_stays()
    {
        var page = await console.PageAsync("sv");
        await page.GoToPatronAsync("demo-jane");
        await page.GetByLabel("Användningsförbud").CheckAsync();
        await Expect(page.Locator("#ban-reason_code option[value=terms]")).ToHaveTextAsync("Brott mot villkoren för meröppet (meröppetförbud)");
        await page.Locator("#ban-reason_code").SelectOptionAsync("damage");
        await page.Locator("#ban-branch_ids").SelectOptionAsync(Pages.Branch);
        await page.GetByLabel("Sista dagen").FillAsync("2027-12-31");
        await page.GetByText("Början och beslut").ClickAsync();
        await page.Locator("#ban-decision_ref").FillAsync("LH 12/2026");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ge förbud" }).ClickAsync();

        await Expect(page.Locator("#ban-end_time-problem")).ToHaveTextAsync("Slutet får vara högst 30 dagar efter början.");
        await Expect(page.GetByLabel("Sista dagen")).ToHaveValueAsync("2027-12-31");
        await Expect(page.GetByLabel("Användningsförbud")).ToBeCheckedAsync();
        await Expect(page.Locator("#ban-reason_code")).ToHaveValueAsync("damage");
        Assert.Empty(await BansAsync("demo-jane"));
    }

    [Fact]
    public async Task Everything_works_without_script()
    {
        var page = await console.PageAsync("en", script: false);
        await page.GotoAsync("/doors");
        await page.GetByLabel("Find a patron by card number").FillAsync("demo-bjorn");
        await page.GetByRole(AriaRole.Button, new() { Name = "Find", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Björn Exempel");
        await page.GetByLabel("Registered").FillAsync("2026-11-02");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The permissions are stored.");
        await Expect(page.GetByLabel("Registered")).ToHaveValueAsync("2026-11-02");
    }

    [Fact]
    public async Task A_card_is_reported_lost_and_found_again()
    {
        var page = await console.PageAsync();
        await page.GoToPatronAsync("demo-jane");
        await page.GetByRole(AriaRole.Button, new() { Name = "Merkitse kadonneeksi" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("se avaa ovia");
        await page.GetByRole(AriaRole.Button, new() { Name = "Löytyi" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Kortti on taas käytössä.");
    }

    [Fact]
    public async Task A_page_says_why_a_door_stays_shut_for_somebody()
    {
        var page = await console.PageAsync();
        await page.GoToPatronAsync("demo-ehto");
        await page.GetByRole(AriaRole.Button, new() { Name = "Selvitä" }).ClickAsync();
        await Expect(page.Locator(".verdict")).ToHaveTextAsync("Ehdot hyväksymättä");
    }

    [Fact]
    public async Task R81_A_page_says_what_the_rules_said_of_somebody_at_a_time_that_is_past_or_that_the_log_no_longer_tells()
    {
        var page = await console.PageAsync("en");
        await page.GoToPatronAsync("demo-ehto");
        await page.Locator("#access-at").FillAsync("1960-05-01T12:00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Find out" }).ClickAsync();
        await Expect(page.GetByText("change log no longer reaches so far back")).ToBeVisibleAsync();
        await Expect(page.Locator("#access-at")).ToHaveValueAsync("1960-05-01T12:00");

        await page.Locator("#access-at").FillAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "Find out" }).ClickAsync();
        await page.GetByText("All rules").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Terms not accepted" })).ToContainTextAsync("refuses decides");
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Use ban" })).ToContainTextAsync("allows");
    }

    [Fact]
    public async Task R81_One_attempt_of_the_doors_log_is_explained_with_its_rules_and_its_decision()
    {
        var page = await console.PageAsync();
        await page.GotoAsync($"/doors/{Pages.Branch}/front");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sisään" }).Last.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Tapahtuma ovella");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Säännöt tekivät tämän päätöksen" })).ToBeVisibleAsync();
        await Expect(page.Locator(".verdict")).ToHaveTextAsync("Sisään");
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Käyttökielto" })).ToContainTextAsync("sallii");
        Assert.Equal("", await PageLook.TooWideAsync(page));
    }

    [Fact]
    public async Task R75_R78_An_error_that_staff_found_is_corrected_with_a_reason_and_the_export_tells_why()
    {
        var page = await console.PageAsync("en");
        await page.GoToPatronAsync("demo-vesa");
        await page.GetByRole(AriaRole.Link, new() { Name = "Correct data" }).ClickAsync();
        await page.Locator("#correction-city").FillAsync("Hollola");
        await page.Locator("#correction-language").SelectOptionAsync("En");
        await page.Locator("#correction-email").FillAsync("not an address");
        await page.GetByRole(AriaRole.Button, new() { Name = "Correct it" }).ClickAsync();
        await Expect(page.Locator("#correction-reason-problem")).ToHaveTextAsync("Write why this is done.");
        await page.Locator("#correction-reason").FillAsync("The patron showed a letter at the desk");
        await page.GetByRole(AriaRole.Button, new() { Name = "Correct it" }).ClickAsync();
        await Expect(page.Locator("#correction-email-problem")).ToBeVisibleAsync();
        await Expect(page.Locator("#correction-city")).ToHaveValueAsync("Hollola");

        await page.Locator("#correction-email").FillAsync("vesa@example.org");
        await page.GetByRole(AriaRole.Button, new() { Name = "Correct it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Corrected: Service language");
        var patron = (await new PatronService.PatronServiceClient(console.Register).GetPatronAsync(new GetPatronRequest { CustomerId = "demo-vesa" })).Patron;
        Assert.Equal((Language.En, "Hollola", "vesa@example.org"), (patron.Language, patron.Contact.Address.City, patron.Contact.Email));
    }

    // Playwright's own keyboard leaves out the letter that a browser looks for.
    private static async Task PressAccessKeyAsync(IPage page, char key)
    {
        var keys = await page.Context.NewCDPSessionAsync(page);
        await keys.SendAsync("Input.dispatchKeyEvent", new Dictionary<string, object>
        {
            ["type"] = "keyDown",
            ["modifiers"] = 1,
            ["key"] = $"{key}",
            ["code"] = $"Key{char.ToUpperInvariant(key)}",
            ["text"] = $"{key}",
            ["windowsVirtualKeyCode"] = (int)char.ToUpperInvariant(key),
            ["unmodifiedText"] = $"{key}",
        });
    }

    private async Task<IReadOnlyList<Ban>> BansAsync(string customer) =>
        (await new BanService.BanServiceClient(console.Register).ListBansAsync(new ListBansRequest { CustomerId = customer })).Bans;
}
