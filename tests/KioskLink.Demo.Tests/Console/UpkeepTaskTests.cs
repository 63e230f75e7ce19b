using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KioskLink.Demo.Tests.Console;

/// <summary>Badges, disclosures, statistics, privacy notices and jobs: the main task of each page.</summary>
[Collection(nameof(RunningConsole))]
public sealed class UpkeepTaskTests(RunningConsole console)
{
    [Fact]
    public async Task A_badge_is_made_revoked_and_restored()
    {
        var page = await console.PageAsync("en");
        await page.GotoAsync("/badges");
        await page.Locator("#badge-badge_ref").FillAsync("cleaning-2");
        await page.Locator("#badge-card_number").FillAsync("29909090000018");
        await page.Locator("#badge-role").SelectOptionAsync("Cleaner");
        await page.GetByRole(AriaRole.Button, new() { Name = "Store the badge" }).ClickAsync();
        await Expect(page.Locator("#badge-card_number-problem")).ToContainTextAsync("belongs to somebody else already");
        await page.Locator("#badge-card_number").FillAsync("29909090000935");
        await page.GetByRole(AriaRole.Button, new() { Name = "Store the badge" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("cleaning-2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke cleaning-2" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The badge cleaning-2 is revoked and opens no door.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Restore cleaning-2" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "cleaning-2" })).ToContainTextAsync("Valid");
    }

    [Fact]
    public async Task R51_R55_Data_go_to_others_only_with_the_patrons_permission_and_the_disclosure_stands_in_both_lists()
    {
        var page = await console.PageAsync("en");
        await page.GotoAsync("/disclosures");
        await DiscloseAsync(page);
        await Expect(page.Locator("#disclose")).ToContainTextAsync("Nothing was disclosed.");
        await page.Locator("#permission-customer_id").FillAsync("demo-jane");
        await page.Locator("#permission-recipient").FillAsync("Reading circle");
        await page.Locator("#permission button[type=submit]").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The patron's permission is recorded.");
        await DiscloseAsync(page);
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The file is ready");
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Reading circle" })).ToContainTextAsync("1 person");
        await page.GoToPatronAsync("demo-jane", "consents");
        await Expect(page.Locator("section", new() { HasText = "Disclosures" }).GetByText("Reading circle").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_disclosure_without_a_reason_is_refused_at_its_field()
    {
        var page = await console.PageAsync("en");
        await page.GotoAsync("/disclosures");
        await page.Locator("#disclose-customer_id").FillAsync("demo-jane");
        await page.Locator("#disclose button[type=submit]").ClickAsync();
        await Expect(page.Locator("#disclose-reason-problem")).ToHaveTextAsync("Write why this is done.");
    }

    [Fact]
    public async Task R53_Statistics_are_shown_for_days_and_an_impossible_span_is_told()
    {
        var page = await console.PageAsync("en");
        await page.GotoAsync("/statistics");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Renkomäki", Exact = true })).ToContainTextAsync(new Regex(@"\d+ visits?"));
        await Expect(page.GetByText("Only cells of at least 5 patrons are shown.").First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Visitors" }).First).ToBeVisibleAsync();
        await page.GetByLabel("From").FillAsync("2026-12-31");
        await page.GetByLabel("Until").FillAsync("2026-01-01");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(page.Locator(".problem-box")).ToHaveTextAsync("The end must lie after the start, by at most 366 days.");
        await Expect(page.GetByLabel("From")).ToHaveValueAsync("2026-12-31");
    }

    [Fact]
    public async Task R55_Statistics_are_handed_out_with_a_record_of_their_recipient()
    {
        var page = await console.PageAsync("en");
        await page.GotoAsync("/statistics");
        await page.Locator("#hand-out-recipient").FillAsync("City of Lahti");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the file" }).ClickAsync();
        await Expect(page.Locator("#hand-out-reason-problem")).ToHaveTextAsync("Write why this is done.");
        await page.Locator("#hand-out-reason").FillAsync("Review of the hours");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the file" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("its recipient is recorded");
        await page.GotoAsync("/disclosures");
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "City of Lahti" })).ToContainTextAsync("Review of the hours");
    }

    [Fact]
    public async Task A_job_runs_now_and_its_run_is_told()
    {
        var page = await console.PageAsync("en");
        await page.GotoAsync("/jobs");
        await page.GetByRole(AriaRole.Button, new() { Name = "Run now Watch over the camera register" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Watch over the camera register: done.");
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Watch over the camera register" })).ToContainTextAsync(FirstSignIn.User);
    }

    [Fact]
    public async Task The_versions_of_the_privacy_notices_lead_to_what_patrons_see()
    {
        var page = await console.PageAsync();
        await page.GotoAsync("/notices");
        await page.GetByRole(AriaRole.Link, new() { Name = "Versio 5.10.2023" }).ClickAsync();
        await Expect(page.GetByText("Lahden kaupunki", new() { Exact = true }).First).ToBeVisibleAsync();
        Assert.Contains("/my/privacy", page.Url, StringComparison.Ordinal);
    }

    private static async Task DiscloseAsync(IPage page)
    {
        await page.Locator("#disclose-customer_id").FillAsync("demo-jane");
        await page.Locator("#disclose-recipient").FillAsync("Reading circle");
        await page.Locator("#disclose input[value=name]").CheckAsync();
        await page.Locator("#disclose-reason").FillAsync("She asked for it");
        await page.Locator("#disclose button[type=submit]").ClickAsync();
    }
}
