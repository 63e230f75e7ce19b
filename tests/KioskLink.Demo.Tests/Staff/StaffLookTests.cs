using System.Net;
using KioskLink.Demo.Tests.Console;
using Microsoft.Playwright;

namespace KioskLink.Demo.Tests.Staff;

/// <summary>How the node's pages for staff look, and what strangers cannot do there.</summary>
[Collection(nameof(RunningStaffPages))]
public sealed class StaffLookTests(RunningStaffPages staff)
{
    [Fact]
    public async Task No_page_has_an_accessibility_violation_in_light_or_dark()
    {
        await foreach (var (page, name) in VisitAsync("fi", 1366, 768))
        {
            await page.ScreenshotAsync(new() { Path = PageLook.PictureOf($"node-{name}", "light"), FullPage = true });
            Assert.Empty(await PageLook.ViolationsAsync(page, $"node-{name}"));
        }
    }

    [Theory]
    [InlineData("en", 1366, 768)]
    [InlineData("sv", 390, 844)]
    public async Task No_page_scrolls_sideways(string language, int width, int height)
    {
        await foreach (var (page, name) in VisitAsync(language, width, height))
        {
            await page.ScreenshotAsync(new() { Path = PageLook.PictureOf($"node-{name}", $"{language}-{width}"), FullPage = true });
            Assert.Equal((name, ""), (name, await PageLook.TooWideAsync(page)));
        }
    }

    [Fact]
    public async Task Nobody_sees_a_page_without_signing_in()
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(staff.Address) };
        foreach (var path in StaffPageList.All.Select(page => page.Path).Concat(StaffPageList.Behind))
        {
            var answer = await http.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.Redirect), (path, answer.StatusCode));
            Assert.StartsWith("/sign-in?back=", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused_and_nothing_is_tested()
    {
        var page = await staff.PageAsync();
        foreach (var path in new[] { "/technician/doctor", "/technician/doors/front/relay", "/technician/lines/bus0/start", "/desk/loan/check", "/desk/return/note", "/sign-out", "/language" })
        {
            var answer = await page.APIRequest.PostAsync(path, new() { Form = page.APIRequest.CreateFormData().Set("may_open", "yes").Set("reason", "none"), MaxRedirects = 0 });
            Assert.Equal((path, 400), (path, answer.Status));
        }
    }

    [Fact]
    public async Task A_page_takes_nothing_from_elsewhere_and_the_sessions_cookie_is_out_of_reach()
    {
        var page = await staff.PageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) => { if (message.Type == "error") complaints.Add(message.Text); };
        foreach (var (_, path) in StaffPageList.All)
        {
            var headers = await (await page.GotoAsync(path))!.AllHeadersAsync();
            Assert.StartsWith("default-src 'none'; style-src 'self'; script-src 'self';", headers["content-security-policy"], StringComparison.Ordinal);
            Assert.Contains("no-store", headers["cache-control"], StringComparison.Ordinal);
        }
        Assert.Empty(complaints);
        var cookie = Assert.Single(await page.Context.CookiesAsync(), one => one.Name == "kiosklink-node");
        Assert.True(cookie is { HttpOnly: true, SameSite: SameSiteAttribute.Strict });
    }

    private async IAsyncEnumerable<(IPage Page, string Name)> VisitAsync(string language, int width, int height)
    {
        var stranger = await staff.StrangersPageAsync(language, width, height);
        await stranger.GotoAsync("/sign-in");
        yield return (stranger, "SignInPage");
        var page = await staff.PageAsync(language, width, height);
        await page.GotoAsync("/technician/doctor");
        await page.Locator("button.primary").ClickAsync();
        await page.Locator(".checks").WaitForAsync(new() { Timeout = RunningStaffPages.DoctorMs });
        foreach (var (name, path) in StaffPageList.All)
        {
            await page.GotoAsync(path);
            yield return (page, name + path.Replace('/', '-'));
        }
        foreach (var (card, name) in new[] { ("1234", "wrong"), ("29909090000075", "noted") })
        {
            await page.GotoAsync("/desk/loan");
            await page.Locator("#note-card").FillAsync(card);
            await page.Locator("#note-item").FillAsync("KL9999");
            await page.Locator("form[action='/desk/loan/note'] button").ClickAsync();
            await page.Locator("#note-answer").WaitForAsync();
            await page.Locator(".noted, .empty").First.WaitForAsync();
            yield return (page, $"DeskPage-{name}");
        }
    }
}
