using KioskLink.Protos.Register.V1;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KioskLink.Demo.Tests.Console;

/// <summary>Applications, requests, retention, cameras, audit and accounts: the main task of each page.</summary>
[Collection(nameof(RunningConsole))]
public sealed class OfficeTaskTests(RunningConsole console)
{
    [Fact]
    public async Task An_application_that_the_robot_is_not_sure_of_is_decided_by_staff_with_a_reason()
    {
        var applications = new ApplicationService.ApplicationServiceClient(console.Register);
        await applications.SubmitApplicationAsync(new SubmitApplicationRequest
        {
            Applicant = new Applicant { Surname = "Hakija", FirstNames = "Helmi", DateOfBirth = "1990-02-03", Municipality = "Lahti", Channel = "web", Reference = "hakemus-1" },
        });
        var page = await console.PageAsync();
        await page.GotoAsync("/applications");
        await page.GetByRole(AriaRole.Button, new() { Name = "Aja robotti nyt" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("jäi ratkaistavaksi");
        await page.GetByRole(AriaRole.Link, new() { Name = "Helmi Hakija" }).ClickAsync();
        await page.GetByLabel("Uusi asiakas").CheckAsync();
        await page.Locator("#decide-reason").FillAsync("Henkilöllisyys todettu palvelupisteessä");
        await page.GetByRole(AriaRole.Button, new() { Name = "Vie rekisteriin" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Hakemus on viety rekisteriin.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Avaa asiakkaan sivu" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Helmi Hakija");
    }

    [Fact]
    public async Task A_request_of_a_data_subject_is_opened_proven_and_handed_out_as_a_file()
    {
        var page = await console.PageAsync("en");
        await page.GotoAsync("/requests");
        await page.Locator("#request-customer_id").FillAsync("demo-kerttu");
        await page.Locator("#request-kind").SelectOptionAsync("Inspect");
        await page.Locator("#request-channel").SelectOptionAsync("desk");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open the request" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Answer by");
        await page.GetByRole(AriaRole.Link, new() { Name = "Inspect" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The identity is proven.");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "For reading" }).ClickAsync());
        Assert.Contains("Kotipalvelu", await File.ReadAllTextAsync((await download.PathAsync())!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_retention_rule_is_previewed_and_nothing_is_removed()
    {
        var page = await console.PageAsync("en");
        await page.GotoAsync("/retention");
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview Applications" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Applications: 0 would be removed.");
        await Expect(page.GetByText("Counted").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_viewing_right_is_given_and_ended_with_a_reason()
    {
        await new StaffService.StaffServiceClient(console.Register).CreateAccountAsync(
            new CreateAccountRequest { UserName = "liisa", PersonName = "Liisa Lasi", Roles = { StaffRole.CameraViewer } });
        var page = await console.PageAsync("en");
        await page.GotoAsync("/cameras/rights");
        await page.GetByLabel("User name").FillAsync("liisa");
        await page.GetByLabel("Reference of the undertaking").FillAsync("D/1/2026");
        await page.GetByLabel("Undertaking signed on").FillAsync("2026-11-01");
        await page.GetByLabel("Last day").FillAsync($"{TimeProvider.System.GetUtcNow().AddDays(30):yyyy-MM-dd}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Give the right" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The viewing right is given.");
        await page.GetByText("End …").First.ClickAsync();
        await page.Locator("form[id^=revoke] input[name=reason]").First.FillAsync("Tried out");
        await page.GetByRole(AriaRole.Button, new() { Name = "End the right" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The viewing right has ended.");
    }

    [Fact]
    public async Task The_audit_log_shows_who_looked_at_whom_and_proves_itself_whole()
    {
        var page = await console.PageAsync("en");
        await page.GotoAsync("/patrons/demo-rauha");
        await page.GotoAsync("/audit");
        await Expect(page.GetByText("PatronService/GetPatron").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Verify the chain" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The chain is whole");
    }

    [Fact]
    public async Task An_account_is_made_with_a_secret_that_is_shown_once()
    {
        var page = await console.PageAsync("en");
        await page.GotoAsync("/staff");
        await page.Locator("#account-user_name").FillAsync("ville");
        await page.Locator("#account-person_name").FillAsync("Ville Virkailija");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();
        await Expect(page.Locator(".secret")).Not.ToBeEmptyAsync();
        await page.GotoAsync("/staff");
        await Expect(page.Locator(".secret")).ToHaveCountAsync(0);
        await Expect(page.GetByText("Ville Virkailija").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Self_service_is_suspended_with_a_reason_and_goes_on()
    {
        var page = await console.PageAsync("en");
        await page.GotoAsync("/outages");
        await page.GetByRole(AriaRole.Button, new() { Name = "Suspend", Exact = true }).ClickAsync();
        await Expect(page.Locator("#suspend-reason-problem")).ToHaveTextAsync("Write why this is done.");
        await page.Locator("#suspend-reason").FillAsync("Water damage");
        await page.GetByRole(AriaRole.Button, new() { Name = "Suspend", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Self-service is suspended.");
        await page.GetByText("Resume …").ClickAsync();
        await page.Locator("form[id^=resume] input[name=reason]").FillAsync("Dry again");
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume self-service" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Self-service goes on.");
    }

    [Fact]
    public async Task A_patron_is_found_by_name_and_by_birthday()
    {
        var page = await console.PageAsync();
        foreach (var text in new[] { "esim ai", "17.3.1977" })
        {
            await page.GotoAsync("/doors");
            await page.Locator("#search").FillAsync(text);
            await page.Locator("#search").PressAsync("Enter");
            await page.GetByRole(AriaRole.Link, new() { Name = "Esimerkki, Aino" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Aino Esimerkki");
        }
    }
}
