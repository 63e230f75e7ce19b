using System.Net;
using KioskLink.Protos.Register.V1;
using Microsoft.Playwright;

namespace KioskLink.Demo.Tests.Console;

/// <summary>What strangers and foreign pages cannot do.</summary>
[Collection(nameof(RunningConsole))]
public sealed class SafetyTests(RunningConsole console)
{
    [Fact]
    public async Task Nobody_sees_a_page_without_signing_in()
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(console.Address) };
        foreach (var path in console.StaffPages.Select(page => page.Path).Append("/doors/live"))
        {
            var answer = await http.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.Redirect), (path, answer.StatusCode));
            Assert.StartsWith("/sign-in", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        var page = await console.PageAsync();
        await page.GotoAsync("/doors");
        foreach (var path in new[] { "/search", "/language", "/sign-out", console.Examples.Adult })
        {
            var answer = await page.APIRequest.PostAsync(path, new() { Form = page.APIRequest.CreateFormData().Set("q", "demo-aino").Set("_handler", "ban"), MaxRedirects = 0 });
            Assert.Equal((path, 400), (path, answer.Status));
        }

        await page.GotoAsync("/doors");
        Assert.EndsWith("/doors", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_takes_nothing_from_elsewhere_and_runs_no_script_of_its_own_text()
    {
        var tour = await console.TourAsync("fi");
        foreach (var (path, headers) in tour.Pages.Select(page => (page.Path, page.Headers)))
        {
            Assert.StartsWith("default-src 'none'; style-src 'self'; script-src 'self';", headers["content-security-policy"], StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", headers["content-security-policy"], StringComparison.Ordinal);
            Assert.Equal((path, "nosniff"), (path, headers["x-content-type-options"]));
            Assert.Contains("no-store", headers["cache-control"], StringComparison.Ordinal);
        }

        Assert.Empty(tour.Complaints);
    }

    [Fact]
    public async Task No_page_puts_anything_personal_into_an_address()
    {
        foreach (var page in (await console.TourAsync("fi")).Pages)
        {
            Assert.Equal((page.Path, "no-referrer"), (page.Path, page.Headers["referrer-policy"]));
            Assert.Equal((page.Path, ""), (page.Path, string.Join(' ', page.FieldsOfAddresses)));
            Assert.Equal((page.Path, ""), (page.Path, string.Join(' ', page.KeysOfLinks.Except(["page", "past", "closed", "show", "state", "register", "at", "back"]))));
        }
    }

    [Fact]
    public async Task No_customer_number_stands_in_any_address_of_any_page()
    {
        var numbers = await CustomersAsync();
        Assert.NotEmpty(numbers);
        var page = await console.PageAsync();
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(request.Url);
        await page.SearchAsync("Ka");
        await Assertions.Expect(page.Locator("a[href^='/patrons/']:not([href='/patrons/new'])").First).ToBeVisibleAsync();
        asked.AddRange(await PageLook.AddressesAsync(page));
        var tour = await console.TourAsync("fi");
        asked.AddRange([.. tour.Asked, .. tour.Pages.SelectMany(seen => seen.Addresses)]);

        Assert.DoesNotContain(asked, address => numbers.Any(number => Uri.UnescapeDataString(address).Contains(number, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task A_patron_has_one_address_in_a_session_another_in_the_next_and_the_sign_in_leads_back_to_it()
    {
        var page = await console.PageAsync();
        var first = await page.GoToPatronAsync("demo-kaisa");
        Assert.Equal(first, await page.GoToPatronAsync("demo-kaisa"));
        Assert.NotEqual(first, await page.GoToPatronAsync("demo-kerttu"));

        var other = await console.PageAsync(kept: await console.SignedInAsync(again => new FirstSignIn(again, console.Register).DoAsync("osoite", "Osoite Testi", StaffRole.Librarian)));
        Assert.NotEqual(first, await other.GoToPatronAsync("demo-kaisa"));
        await other.GotoAsync(first);
        await Assertions.Expect(other.GetByText("demo-kaisa").First).ToBeVisibleAsync();

        var stranger = await console.PageAsync(signedIn: false);
        await stranger.GotoAsync(first);
        Assert.EndsWith($"/sign-in?back={Uri.EscapeDataString(first)}", stranger.Url, StringComparison.Ordinal);
        Assert.DoesNotContain("kaisa", stranger.Url, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_key_of_a_known_browser_is_for_the_sign_in_alone_and_out_of_reach_of_scripts()
    {
        var page = await console.PageAsync();
        var cookie = Assert.Single(await page.Context.CookiesAsync([$"{console.Address}/sign-in"]), one => one.Name == "kiosklink-known");
        Assert.Equal((true, SameSiteAttribute.Strict, "/sign-in"), (cookie.HttpOnly, cookie.SameSite, cookie.Path));
    }

    private async Task<IReadOnlyList<string>> CustomersAsync()
    {
        var found = await new PatronService.PatronServiceClient(console.Register).SearchPatronsAsync(
            new SearchPatronsRequest { CustomerIdPrefix = "demo-", PageSize = 100 });
        return [.. found.Patrons.Select(patron => patron.CustomerId)];
    }

    [Fact]
    public async Task The_sessions_cookie_is_out_of_reach_of_scripts_and_of_other_sites()
    {
        var page = await console.PageAsync();
        var cookie = Assert.Single(await page.Context.CookiesAsync(), one => one.Name == "kiosklink-staff");
        Assert.True(cookie.HttpOnly);
        Assert.Equal(SameSiteAttribute.Strict, cookie.SameSite);
    }

    [Fact]
    public async Task The_sign_in_leads_back_within_the_console_and_nowhere_else()
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(console.Address) };
        var answer = await http.GetAsync("/bans?past=true");
        Assert.Equal("/sign-in?back=%2Fbans%3Fpast%3Dtrue", answer.Headers.Location!.OriginalString);
    }
}
