using KioskLink.Devices.Osdp;
using KioskLink.Protos.Register.V1;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KioskLink.Demo.Tests.Staff;

/// <summary>A technician at the node's page, in Debian's Chromium, with the real node and its virtual door.</summary>
[Collection(nameof(RunningStaffPages))]
public sealed class TechnicianPageTests(RunningStaffPages staff)
{
    private const string Wrong = "something else, quite long";

    [Fact]
    public async Task A_technician_signs_in_sees_the_devices_and_what_happens_at_the_door_while_it_happens()
    {
        var factor = await staff.HireAsync("tekla", StaffRole.Technician);
        var page = await staff.StrangersPageAsync();
        var addresses = new List<string>();
        page.Request += (_, request) => addresses.Add(request.Url);

        await staff.SignInAsync(page, "tekla", factor);

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Technician" })).ToBeVisibleAsync();
        await Expect(Row(page, "front-reader").First).ToContainTextAsync("online");
        await Expect(Row(page, "front-reader").First).ToContainTextAsync("own key");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Desk" })).ToHaveCountAsync(0);
        await staff.StepAsync("card 29909090000026");
        await staff.StepAsync("pin 3712");
        await Expect(Row(page, "Granted by").First).ToBeVisibleAsync();
        Assert.DoesNotContain(addresses, address => address.Contains("sininen", StringComparison.Ordinal) || address.Contains("kolme", StringComparison.Ordinal));
        Assert.DoesNotContain("29909090000026", await page.ContentAsync(), StringComparison.Ordinal);
        await page.ArriveByAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync());
        await page.GotoAsync("/technician");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sign-in"));
    }

    [Fact]
    public async Task With_the_register_unreachable_a_known_technician_comes_in_by_password_and_a_guesser_is_locked_out()
    {
        var (known, guessed) = (await staff.HireAsync("kaapo", StaffRole.Technician), await staff.HireAsync("arvo", StaffRole.Technician));
        var page = await staff.StrangersPageAsync();
        foreach (var (user, factor) in new[] { ("kaapo", known), ("arvo", guessed) })
        {
            await staff.SignInAsync(page, user, factor);
            await page.ArriveByAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync());
        }
        await staff.StepAsync("network cut");
        try
        {
            for (var attempt = 0; attempt < 5; attempt++)
            {
                await staff.SignInAsync(page, "arvo", null, Wrong);
                await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("User name, password or code is wrong");
            }
            await staff.SignInAsync(page, "arvo", null);
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("User name, password or code is wrong");
            await page.GotoAsync("/sign-in");
            await page.ScreenshotAsync(new() { Path = Console.PageLook.PictureOf("node-sign-in", "offline"), FullPage = true });

            await staff.SignInAsync(page, "kaapo", null);

            await Expect(page.GetByText("You are signed in without the register.")).ToBeVisibleAsync();
            await Expect(page.Locator("[data-cell=link]")).ToContainTextAsync("Offline");
            await Expect(Row(page, "signs in at the node's pages without the register").First).ToBeVisibleAsync();
            await page.ScreenshotAsync(new() { Path = Console.PageLook.PictureOf("node-technician", "offline"), FullPage = true });
        }
        finally
        {
            await staff.StepAsync("network restore");
        }
        await Expect(page.Locator("[data-cell=link]")).ToContainTextAsync("Online");
    }

    [Fact]
    public async Task With_the_register_unreachable_the_doctor_examines_and_a_line_is_watched_and_saved()
    {
        var page = await staff.PageAsync();
        await staff.StepAsync("network cut");
        try
        {
            await page.GotoAsync("/technician");
            await Expect(page.Locator("[data-cell=link]")).ToContainTextAsync("Offline");
            await page.GetByRole(AriaRole.Link, new() { Name = "Ask the doctor" }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Examine" }).ClickAsync();
            await Expect(Row(page, "front-reader").First).ToContainTextAsync("Pass", new() { Timeout = RunningStaffPages.DoctorMs });
            await Expect(page.Locator("caption")).ToContainTextAsync("pass");

            await page.GotoAsync("/technician/lines/bus0");
            await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
            await Expect(page.Locator(".trace tbody tr").First).ToContainTextAsync("out");
            await page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
            var saved = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Save as .osdpcap" }).ClickAsync());
            Assert.All(await File.ReadAllLinesAsync(await saved.PathAsync()), line => Assert.NotNull(CapturedFrame.Read(line)));
        }
        finally
        {
            await staff.StepAsync("network restore");
        }
    }

    [Fact]
    public async Task Whom_an_administrator_locks_at_the_register_is_out_of_the_nodes_page_within_seconds()
    {
        var factor = await staff.HireAsync("lauri", StaffRole.Technician);
        var page = await staff.StrangersPageAsync();
        await staff.SignInAsync(page, "lauri", factor);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Technician" })).ToBeVisibleAsync();

        await new StaffService.StaffServiceClient(staff.Register).LockAccountAsync(new LockAccountRequest { UserName = "lauri", Reason = "left" });

        await page.WaitForURLAsync("**/sign-in?back=*");
    }

    [Fact]
    public async Task The_door_is_unlocked_for_a_reason_that_stands_in_the_journal_before_it_moves()
    {
        var page = await staff.PageAsync();
        await page.GotoAsync("/technician");
        await page.GetByRole(AriaRole.Link, new() { Name = "Test front" }).ClickAsync();
        await page.GetByLabel("Reason").FillAsync("new strike plate");
        await page.GetByRole(AriaRole.Button, new() { Name = "Unlock the door for 3 s" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/technician/doors/front$"));
        await page.GetByLabel("it may open now").CheckAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Unlock the door for 3 s" }).ClickAsync();

        await Expect(page.GetByText("The lock was unlocked for 3 s and acknowledged it.")).ToBeVisibleAsync();
        await page.GotoAsync("/technician");
        await Expect(Row(page, "tests the lock, and says that the door may open: new strike plate").First).ToContainTextAsync("staff ");
        await staff.StepAsync("door locked");
    }

    [Fact]
    public async Task The_line_is_watched_live_and_saved_as_a_capture_with_nobodys_card_in_it()
    {
        var page = await staff.PageAsync(width: 390, height: 844);
        await page.GotoAsync("/technician/lines/bus0");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await Expect(page.Locator(".trace tbody tr").First).ToContainTextAsync("out");
        await staff.StepAsync("card 29909090000026");
        await Expect(Row(page, "RAW").First).ToContainTextAsync("in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await page.ScreenshotAsync(new() { Path = Console.PageLook.PictureOf("node-trace", "en-390"), FullPage = true });

        var saved = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Save as .osdpcap" }).ClickAsync());

        var lines = await File.ReadAllLinesAsync(await saved.PathAsync());
        Assert.Equal("bus0.osdpcap", saved.SuggestedFilename);
        Assert.All(lines, line => Assert.NotNull(CapturedFrame.Read(line)));
        Assert.NotEmpty(lines);
    }

    [Fact]
    public async Task The_doctor_shows_a_sheet_with_a_verdict_for_each_part()
    {
        var page = await staff.PageAsync();
        await page.GotoAsync("/technician");
        await page.GetByRole(AriaRole.Link, new() { Name = "Ask the doctor" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Examine" }).ClickAsync();

        await Expect(Row(page, "front-reader").First).ToContainTextAsync("Pass", new() { Timeout = RunningStaffPages.DoctorMs });
        await Expect(page.Locator("caption")).ToContainTextAsync("pass");
    }

    [Fact]
    public async Task A_reader_shows_its_lights_and_counts_keys_as_the_page_says_so()
    {
        var page = await staff.PageAsync();
        await page.GotoAsync("/technician/devices/front-reader");
        await page.GetByRole(AriaRole.Button, new() { Name = "Test lights, sound, text and keys" }).ClickAsync();

        foreach (var step in new[] { "red light", "green light", "amber light", "one tone", "text", "keys pressed: 0" })
            await Expect(page.Locator(".steps")).ToContainTextAsync(step);
        await staff.StepAsync("pin 12");
        await Expect(page.Locator(".steps")).ToContainTextAsync("keys pressed: 3");
    }

    [Fact]
    public async Task A_reader_that_is_pulled_and_plugged_in_is_followed_until_it_is_back()
    {
        var page = await staff.PageAsync();
        await page.GotoAsync("/technician/devices/front-reader");
        await page.GetByRole(AriaRole.Button, new() { Name = "Guide me through a replug" }).ClickAsync();
        await Expect(page.Locator(".steps")).ToContainTextAsync("pull it now");

        await staff.StepAsync("reader unplug");
        await Expect(page.Locator(".steps")).ToContainTextAsync("plug it in again now");
        await staff.StepAsync("reader replug");

        await Expect(page.Locator(".steps")).ToContainTextAsync("it is back");
        await Expect(page.GetByText("Done.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_librarian_does_not_reach_the_technicians_page()
    {
        var factor = await staff.HireAsync("liisa", StaffRole.Librarian);
        var page = await staff.StrangersPageAsync();
        await staff.SignInAsync(page, "liisa", factor);
        await page.WaitForURLAsync("**/desk");

        await page.GotoAsync("/technician");

        Assert.EndsWith("/desk", page.Url, StringComparison.Ordinal);
        Assert.Equal(0, await page.GetByRole(AriaRole.Link, new() { Name = "Technician" }).CountAsync());
    }

    private static ILocator Row(IPage page, string text) => page.GetByRole(AriaRole.Row).Filter(new() { HasText = text });
}
