using System.Net;
using System.Text;
using KioskLink.Node.Entrances;
using KioskLink.Rules.Access;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Panel;

public sealed class PanelTests : IAsyncLifetime
{
    private PanelRig _rig = null!;

    public async Task InitializeAsync() => _rig = await PanelRig.StartAsync();

    public Task DisposeAsync() => _rig.DisposeAsync().AsTask();

    [Theory]
    [InlineData("", "fi", "Näytä kirjastokortti")]
    [InlineData("?lang=sv", "sv", "Visa bibliotekskortet")]
    [InlineData("?lang=en", "en", "Present your card")]
    [InlineData("?lang=xx", "fi", "Näytä kirjastokortti")]
    public async Task What_the_door_says_before_a_decision_is_in_the_language_that_was_chosen(string query, string language, string text)
    {
        _rig.Show(Sign.Ready, Prompts.In(Language.Fi).PresentCard);

        var page = WebUtility.HtmlDecode(await _rig.Browser.GetStringAsync($"/panel/front-in{query}"));

        Assert.Contains($"<html lang=\"{language}\">", page, StringComparison.Ordinal);
        Assert.Contains($">{text}</p>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_stays_in_its_patrons_own_language()
    {
        _rig.Show(Sign.Refused, "Biblioteket öppnar kl. 7.");

        Assert.Contains("Biblioteket öppnar kl. 7.", WebUtility.HtmlDecode(await _rig.Browser.GetStringAsync("/panel/front-in?lang=en")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_pressed_on_the_screen_reach_the_entrance_and_leave_nothing_behind()
    {
        foreach (var key in "26*01#")
        {
            Assert.Equal(HttpStatusCode.NoContent, (await PostAsync("/panel/front-in/keys", $"{key}")).StatusCode);
            Assert.Equal($"{key}", await _rig.Pressed.Next("a key"));
        }
    }

    [Fact]
    public async Task Without_script_a_form_sends_the_whole_pin_and_comes_back_to_a_page_without_it()
    {
        var answer = await PostAsync("/panel/front-in/pin?lang=sv", "pin=2601", "application/x-www-form-urlencoded");

        Assert.Equal("2601#", await _rig.Pressed.Next("keys"));
        Assert.Equal((HttpStatusCode.Redirect, "/panel/front-in?lang=sv"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        Assert.DoesNotContain("2601", await _rig.Browser.GetStringAsync("/panel/front-in?lang=sv"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("keys", "")]
    [InlineData("keys", "12a4")]
    [InlineData("keys", "pin=1234")]
    [InlineData("keys", "123456789012345678901234567890123")]
    [InlineData("pin", "1234")]
    [InlineData("pin", "pin=12%334")]
    [InlineData("pin", "pin=1234&pin=5678")]
    public async Task Anything_but_a_few_keys_is_refused_and_presses_none(string kind, string body)
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync($"/panel/front-in/{kind}", body)).StatusCode);

        await PostAsync("/panel/front-in/keys", "7");
        Assert.Equal("7", await _rig.Pressed.Next("keys"));
    }

    [Fact]
    public async Task A_body_without_end_is_refused_at_its_limit()
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("/panel/front-in/keys", new string('1', 100_000))).StatusCode);
    }

    [Fact]
    public async Task A_foreign_page_presses_no_keys_and_a_foreign_name_shows_no_page()
    {
        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/panel/front-in/keys") { Content = new StringContent("1"), Headers = { { "Origin", "https://example.org" } } };
        using var renamed = new HttpRequestMessage(HttpMethod.Get, "/panel/front-in") { Headers = { Host = "example.org" } };

        Assert.Equal(HttpStatusCode.Forbidden, (await _rig.Browser.SendAsync(foreign)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await _rig.Browser.SendAsync(renamed)).StatusCode);
    }

    [Fact]
    public async Task The_page_hears_at_once_what_the_door_says_next()
    {
        _rig.Show(Sign.Ready, "Näytä kirjastokortti");
        using var live = new StreamReader(await _rig.Browser.GetStreamAsync("/panel/front-in/live?lang=en"));
        Assert.Contains("Present your card", await TellAsync(live), StringComparison.Ordinal);

        _rig.View.Show(new Sound(Tones.Granted));
        Assert.Contains("\"tones\":\"granted\",\"sounded\":1", await TellAsync(live), StringComparison.Ordinal);
        _rig.View.Show(new ShowSign(Sign.Granted, TimeSpan.FromSeconds(3)));
        Assert.Contains("\"sign\":\"granted\"", await TellAsync(live), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/panel/back-in")]
    [InlineData("/panel/back-in/live")]
    [InlineData("/panel")]
    [InlineData("/kiosklink.node.v1.DiagnosticsService/GetStatus")]
    public async Task What_is_not_there_is_not_found(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await _rig.Browser.GetAsync(path)).StatusCode);

    [Theory]
    [InlineData(Language.Sv)]
    [InlineData(Language.En)]
    public void Every_line_of_a_door_has_its_line_in_the_other_language(Language language)
    {
        var (finnish, other) = (Prompts.In(Language.Fi), Prompts.In(language));

        Assert.All(typeof(Prompts).GetProperties().Where(property => property.PropertyType == typeof(string)), property =>
            Assert.Equal((string?)property.GetValue(other), finnish.Translate((string)property.GetValue(finnish)!, other)));
    }

    private Task<HttpResponseMessage> PostAsync(string path, string body, string type = "text/plain") =>
        _rig.Browser.PostAsync(path, new StringContent(body, Encoding.ASCII, type));

    private static async Task<string> TellAsync(StreamReader live)
    {
        while (true)
            if (await Patience.For(live.ReadLineAsync(), "an event of the page") is { } line && line.StartsWith("data:", StringComparison.Ordinal))
                return WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Unescape(line));
    }
}
