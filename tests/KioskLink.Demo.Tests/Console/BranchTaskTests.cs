using System.Globalization;
using System.Text.RegularExpressions;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KioskLink.Demo.Tests.Console;

/// <summary>What is done about doors, hours and nodes.</summary>
[Collection(nameof(RunningConsole))]
public sealed class BranchTaskTests(RunningConsole console)
{
    private const float PatienceMs = 20_000;

    [Fact]
    public async Task A_door_opens_with_a_reason_and_not_without_one_and_the_page_of_doors_follows_by_itself()
    {
        var (watching, page) = (await console.PageAsync(), await console.PageAsync());
        await watching.GotoAsync("/doors");
        await Expect(watching.Locator("[data-cell$='/state']")).ToHaveTextAsync("Lukossa", new() { Timeout = PatienceMs });
        await page.GotoAsync($"/doors/{Pages.Branch}/front");
        await page.GetByRole(AriaRole.Button, new() { Name = "Avaa nyt" }).ClickAsync();
        await Expect(page.Locator("#open-door-reason-problem")).ToHaveTextAsync("Kirjoita, miksi näin tehdään.");

        await page.Locator("#open-door-reason").FillAsync("Tavaratoimitus");
        await page.GetByRole(AriaRole.Button, new() { Name = "Avaa nyt" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Ovi avattiin.");
        await Expect(watching.Locator("[data-cell$='/state']")).ToHaveTextAsync("Avattu", new() { Timeout = PatienceMs });
    }

    [Fact]
    public async Task A_week_of_hours_is_typed_as_people_write_it_and_a_slip_is_told_at_its_field()
    {
        var page = await console.PageAsync();
        await page.GotoAsync($"/hours/{Pages.Branch}");
        await page.GetByLabel("Maanantai, Palveluaika").FillAsync("10-18");
        await page.GetByLabel("Maanantai, Omatoimiaika").FillAsync("6–10, 18–25");
        await page.GetByRole(AriaRole.Button, new() { Name = "Tallenna" }).ClickAsync();
        await Expect(page.Locator("#week-Monday-self-problem")).ToHaveTextAsync("Kirjoita aika muodossa 6–10, 18–22.");
        await Expect(page.GetByLabel("Maanantai, Palveluaika")).ToHaveValueAsync("10-18");

        await page.GetByLabel("Maanantai, Omatoimiaika").FillAsync("6.30–10, 18–22");
        await page.GetByRole(AriaRole.Button, new() { Name = "Tallenna" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Aukioloajat on tallennettu");
        var monday = Assert.Single((await HoursAsync()).Week, day => day.Weekday == Weekday.Monday);
        Assert.Equal(["Staffed 10:00-18:00", "SelfService 06:30-10:00", "SelfService 18:00-22:00"], monday.Periods.Select(one => $"{one.Kind} {one.From}-{one.To}"));

        await page.GetByLabel("Maanantai, Palveluaika").FillAsync("");
        await page.GetByLabel("Maanantai, Omatoimiaika").FillAsync("0–24");
        await page.GetByRole(AriaRole.Button, new() { Name = "Tallenna" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Aukioloajat on tallennettu");
    }

    [Fact]
    public async Task An_exceptional_day_is_added_and_taken_away_again()
    {
        var page = await console.PageAsync("en");
        await page.GotoAsync($"/hours/{Pages.Branch}");
        await page.Locator("#exception-date").FillAsync("2029-12-06");
        await page.Locator("#exception-note").FillAsync("Independence Day");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();
        await Expect(page.Locator(".rows li")).ToContainTextAsync("6 Dec 2029");
        Assert.Empty(Assert.Single((await HoursAsync()).Exceptions).Periods);
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove 6 Dec 2029" }).ClickAsync();
        await Expect(page.GetByText("No exceptions to come.")).ToBeVisibleAsync();
        Assert.Empty((await HoursAsync()).Exceptions);
    }

    [Fact]
    public async Task A_new_node_gets_its_token_once_and_a_bad_name_is_told_at_its_field()
    {
        var page = await console.PageAsync("en");
        await page.GotoAsync("/nodes");
        await page.GetByLabel("Name of the node").FillAsync("Not A Name");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a token" }).ClickAsync();
        await Expect(page.Locator("#enrol-node_id-problem")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Name of the node")).ToHaveValueAsync("Not A Name");
        await page.GetByLabel("Name of the node").FillAsync("renkomaki-back");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a token" }).ClickAsync();
        await Expect(page.Locator(".secret")).Not.ToBeEmptyAsync();
        await page.GotoAsync("/nodes");
        await Expect(page.Locator(".secret")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_node_is_examined_and_its_line_shown_from_headquarters_with_a_reason_and_not_without_one()
    {
        var page = await console.PageAsync("en");
        await page.GotoAsync("/nodes");
        await page.GetByRole(AriaRole.Link, new() { Name = Pages.Node, Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Examine", Exact = true }).ClickAsync();
        await Expect(page.Locator("#examine-reason-problem")).ToBeVisibleAsync();
        await page.Locator("#examine-reason").FillAsync("a slow reader");
        await page.GetByRole(AriaRole.Button, new() { Name = "Examine", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sheet" })).ToBeVisibleAsync(new() { Timeout = PatienceMs });
        var line = await page.Locator("td[data-name='Line']").First.InnerTextAsync();

        await page.Locator("#trace-subject").FillAsync("attic");
        await page.Locator("#trace-reason").FillAsync("a slow reader");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the trace" }).ClickAsync();
        await Expect(page.Locator("#trace-subject-problem")).ToHaveTextAsync("This node has no line attic.", new() { Timeout = PatienceMs });
        await page.Locator("#trace-subject").FillAsync(line);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the trace" }).ClickAsync();
        await Expect(page.Locator("ol.mono li").First).ToContainTextAsync("53", new() { Timeout = PatienceMs });
    }

    [Fact]
    public async Task The_page_of_doors_tells_link_age_of_the_facts_and_the_last_entry()
    {
        var page = await console.PageAsync("en");
        await page.GotoAsync("/doors");
        await Expect(page.Locator("[data-cell$='/link']")).ToHaveTextAsync("online", new() { Timeout = PatienceMs });
        await Expect(page.Locator("[data-cell$='/last']")).ToHaveTextAsync(new Regex(@"\d{1,2}:\d{2} Let in$"), new() { Timeout = PatienceMs });
        var node = await NodeAsync(Pages.Node);
        Assert.True(node.Connected);
        // The page may have been drawn up to a minute ago.
        var age = TimeProvider.System.GetUtcNow() - node.ConfirmTime.ToDateTimeOffset();
        Assert.Contains(await page.Locator("[data-cell$='/age']").InnerTextAsync(), new[] { age, age - TimeSpan.FromSeconds(30), age - TimeSpan.FromMinutes(1) }.Select(Told));
        var attempts = await new AccessService.AccessServiceClient(console.Register).ListAttemptsAsync(new ListAttemptsRequest { BranchId = Pages.Branch, PageSize = 1 });
        Assert.Equal(DecisionCode.Granted, Assert.Single(attempts.Attempts).Code);

        static string Told(TimeSpan age) => age < TimeSpan.FromMinutes(2) ? "up to date" : string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalMinutes} min ago");
    }

    [Fact]
    public async Task A_door_is_locked_down_with_a_reason_and_released_again()
    {
        var page = await console.PageAsync("en");
        await page.GotoAsync($"/doors/{Pages.Branch}/front");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lock down" }).ClickAsync();
        await Expect(page.Locator("#lockdown-reason-problem")).ToHaveTextAsync("Write why this is done.");
        await page.Locator("#lockdown-reason").FillAsync("Gas leak");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lock down" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The door is in lockdown.");
        await DoorIsAsync(state => state == "Lockdown");

        await page.GetByText("End the lockdown …").ClickAsync();
        await page.Locator("#release-reason").FillAsync("The fire brigade says it is over");
        await page.GetByRole(AriaRole.Button, new() { Name = "End it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The lockdown is over.");
        await DoorIsAsync(state => state != "Lockdown");
    }

    [Fact]
    public async Task A_stolen_node_is_revoked_with_a_reason_and_not_without_one()
    {
        const string Stolen = "renkomaki-stolen";
        await EnrolledNode.EnrolAsync(console.Register, Stolen);
        var page = await console.PageAsync("en");
        await page.GotoAsync("/nodes");
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = Stolen });
        await row.GetByText("Revoke …").ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Revoke the node" }).ClickAsync();
        await Expect(page.Locator($"#revoke-{Stolen}-reason-problem")).ToHaveTextAsync("Write why this is done.");
        Assert.False((await NodeAsync(Stolen)).Revoked);
        await page.Locator($"#revoke-{Stolen}-reason").FillAsync("Taken from the wall");
        await row.GetByRole(AriaRole.Button, new() { Name = "Revoke the node" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync($"{Stolen} is revoked.");
        await Expect(row).ToContainTextAsync("Revoked");
        Assert.True((await NodeAsync(Stolen)).Revoked);
    }

    private Task DoorIsAsync(Func<string, bool> right) =>
        Patience.Until(async () => right((await NodeAsync(Pages.Node)).Doors.Single().State), "the register knows the door's state");

    private async Task<NodeStatus> NodeAsync(string node) =>
        (await new NodeService.NodeServiceClient(console.Register).ListNodesAsync(new ListNodesRequest())).Nodes.Single(one => one.NodeId == node);

    private async Task<OpeningHours> HoursAsync() =>
        (await new OpeningHoursService.OpeningHoursServiceClient(console.Register).GetOpeningHoursAsync(new GetOpeningHoursRequest { BranchId = Pages.Branch })).Hours;
}
