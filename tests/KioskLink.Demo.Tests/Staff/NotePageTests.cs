using Deque.AxeCore.Playwright;
using KioskLink.Demo.Tests.Console;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KioskLink.Demo.Tests.Staff;

/// <summary>A librarian notes by hand what happens at the desk, in Debian's Chromium, with the real node and register.</summary>
[Collection(nameof(RunningStaffPages))]
public sealed class NotePageTests(RunningStaffPages staff)
{
    private const string Aino = "29909090000018", Bjorn = "29909090000026", Jane = "29909090000034";
    private readonly DeskWork _desk = new(staff);

    [Fact]
    public async Task What_is_noted_online_is_taken_by_the_register_before_the_librarians_eyes()
    {
        var page = await _desk.HireAsync("oona");

        await DeskWork.NoteAsync(page, "Loan", Aino, "KL0001");

        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Noted: KL0001 is lent until" })).ToBeVisibleAsync();
        await Expect(DeskWork.Row(page, "KL0001")).ToContainTextAsync("Taken");
        await Expect(DeskWork.Row(page, "KL0001")).ToContainTextAsync("oona");
        await DeskWork.NoteAsync(page, "Renewal", Aino, "KL0001");
        await DeskWork.NoteAsync(page, "Return", null, "KL0001");
        await Expect(DeskWork.Row(page, "KL0001").Filter(new() { HasText = "Renewal" })).ToContainTextAsync("Taken");
        await Expect(DeskWork.Row(page, "KL0001").Filter(new() { HasText = "Return" })).ToContainTextAsync("Taken");
        Assert.Empty(await _desk.LoansAsync("demo-aino", "KL0001"));
    }

    [Fact]
    public async Task What_happened_earlier_is_noted_with_its_time_and_a_time_to_come_is_refused()
    {
        var page = await _desk.HireAsync("outi");
        var today = TimeProvider.System.GetUtcNow().Date;
        var yesterday = today.AddDays(-1);
        await page.GetByRole(AriaRole.Link, new() { Name = "Return", Exact = true }).ClickAsync();
        await page.Locator("#note-item").FillAsync("KL0029");
        await page.GetByLabel("When").FillAsync($"{today.AddYears(1):yyyy-MM-dd}T09:00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Note the return" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("give a time of the last 31 days");

        await page.Locator("#note-item").FillAsync("KL0029");
        await page.GetByLabel("When").FillAsync($"{yesterday:yyyy-MM-dd}T09:05");
        await page.GetByRole(AriaRole.Button, new() { Name = "Note the return" }).ClickAsync();

        await Expect(page.GetByText("Noted: ")).ToBeVisibleAsync();
        await Expect(DeskWork.Row(page, "KL0029")).ToContainTextAsync($"{yesterday.Day} {yesterday.ToString("MMM", System.Globalization.CultureInfo.InvariantCulture)} 9:05");
    }

    [Fact]
    public async Task What_is_noted_during_an_outage_waits_and_is_replayed_once_when_the_register_is_back()
    {
        var page = await _desk.HireAsync("olga");
        var addresses = new List<string>();
        page.Request += (_, request) => addresses.Add(request.Url);
        await staff.StepAsync("network cut");
        try
        {
            await page.GotoAsync("/desk");
            await DeskWork.NoteAsync(page, "Loan", Aino, "KL0002");
            await DeskWork.NoteAsync(page, "Hold", Jane, "KL0014", branch: "FI-Lh-Renkomaki");
            foreach (var item in new[] { "KL0002", "KL0014" })
                await Expect(DeskWork.Row(page, item)).ToContainTextAsync("Waiting");
            await Expect(DeskWork.Row(page, "KL0002")).ToContainTextAsync("…0018");
            await page.ScreenshotAsync(new() { Path = PageLook.PictureOf("node-desk", "outage"), FullPage = true });
        }
        finally
        {
            await staff.StepAsync("network restore");
        }

        foreach (var item in new[] { "KL0002", "KL0014" })
            await Expect(DeskWork.Row(page, item)).ToContainTextAsync("Taken");
        Assert.Single(await _desk.LoansAsync("demo-aino", "KL0002"));
        await Expect(DeskWork.Row(page, "KL0002")).Not.ToContainTextAsync("0018");
        Assert.DoesNotContain(addresses, address => address.Contains("0018", StringComparison.Ordinal) || address.Contains("KL00", StringComparison.Ordinal));
        Assert.DoesNotContain(Aino, await page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conflict_is_shown_with_its_reason_and_where_it_is_settled()
    {
        var page = await _desk.HireAsync("kirsi");
        await DeskWork.NoteAsync(page, "Loan", Aino, "KL0015");
        await Expect(DeskWork.Row(page, "KL0015")).ToContainTextAsync("Taken");

        await DeskWork.NoteAsync(page, "Loan", Bjorn, "KL0015");

        var conflict = DeskWork.Row(page, "KL0015").Filter(new() { HasText = "Conflict" });
        await Expect(conflict).ToContainTextAsync("The item is on loan to somebody else");
        await Expect(conflict).ToContainTextAsync("Settle it in the console");
        await page.ScreenshotAsync(new() { Path = PageLook.PictureOf("node-desk", "conflict"), FullPage = true });
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_notes_once()
    {
        var page = await _desk.HireAsync("tuula");
        await page.GotoAsync("/desk/return");
        var form = page.APIRequest.CreateFormData();
        foreach (var field in await page.Locator("form[action='/desk/return/note'] input").AllAsync())
            form.Set((await field.GetAttributeAsync("name"))!, await field.GetAttributeAsync("id") == "note-item" ? "KL0016" : await field.InputValueAsync());

        foreach (var _ in Enumerable.Range(0, 2))
            Assert.Equal(302, (await page.APIRequest.PostAsync("/desk/return/note", new() { Form = form, MaxRedirects = 0 })).Status);
        await page.Locator("#note-item").FillAsync("KL0020");
        await page.GetByRole(AriaRole.Button, new() { Name = "Note the return" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This form was used for something else already");
        await Expect(DeskWork.Row(page, "KL0016")).ToHaveCountAsync(1);
        await Expect(DeskWork.Row(page, "KL0020")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_scanner_alone_notes_a_loan_and_what_is_wrong_is_said_by_the_name_of_its_field()
    {
        var page = await _desk.HireAsync("salla");
        await page.GotoAsync("/desk/loan");
        await page.Keyboard.TypeAsync("KL0018\r");
        await Expect(page.Locator("#note-item")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("KL0018\r");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Card number: this is no library card's number. Read the card again");
        await Expect(page.Locator("#note-card")).ToBeFocusedAsync();
        await Expect(page.Locator("#note-item")).ToHaveValueAsync("KL0018");
        Assert.Empty((await page.RunAxe(PageLook.Wcag)).Violations);

        await page.Keyboard.TypeAsync($"{Jane}\r");
        await page.Keyboard.TypeAsync("\r");

        await Expect(DeskWork.Row(page, "KL0018")).ToContainTextAsync("Taken");
        await Expect(page.Locator("#note-card")).ToBeFocusedAsync();
    }
}
