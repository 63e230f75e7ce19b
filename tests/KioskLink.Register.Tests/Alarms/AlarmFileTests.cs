using KioskLink.Register.Alarms;
using KioskLink.Rules.Access;
using KioskLink.Rules.Alarms;
using KioskLink.Testing;
using NodaTime;

namespace KioskLink.Register.Tests.Alarms;

/// <summary>The file that says to whom alarms are sent is read strictly, and hours are Helsinki's.</summary>
public sealed class AlarmFileTests
{
    private const string Mail = """ "mail": { "kind": "mail", "from": "alarms@test.example" } """;
    private const string Sms = """ "sms": { "kind": "gateway", "url": "https://sms.test.example/send", "body": "{\"to\":\"{to}\",\"text\":\"{text}\"}" } """;

    [Fact]
    public void A_file_with_comments_is_read_whole()
    {
        var setup = Read($$"""
            { // who is woken
              "$schema": "alarms.schema.json",
              "channels": { {{Mail}}, {{Sms}} },
              "routes": [
                { "id": "day", "branches": ["FI-Main"], "severity": "warning", "hours": "07:00-22:00", "days": ["monday", "Friday"], "channel": "mail", "to": ["a@test.example"], "language": "sv" },
                { "id": "on-call", "severity": "critical", "hours": "22:00-07:00", "channel": "sms", "to": ["+358401234567"], "after": 15 },
              ] }
            """);

        Assert.Equal(("day", AlarmSeverity.Warning, Language.Sv, 0), (setup.Routes[0].Id, setup.Routes[0].MinSeverity, setup.Routes[0].Language, setup.Routes[0].AfterMinutes));
        Assert.Equal([IsoDayOfWeek.Monday, IsoDayOfWeek.Friday], setup.Routes[0].Days);
        Assert.Equal([15], setup.Escalations);
        Assert.Equal(AlarmSetup.None, AlarmFile.Load(null));
    }

    [Theory]
    [InlineData("""{ "id": "a", "channel": "mail", "to": ["a@test.example"], "hour": "07:00-22:00" }""", "\"hour\" is unknown")]
    [InlineData("""{ "channel": "mail", "to": ["a@test.example"] }""", "\"id\" is missing")]
    [InlineData("""{ "id": "a b", "channel": "mail", "to": ["a@test.example"] }""", "`routes[0].id`")]
    [InlineData("""{ "id": "a", "channel": "pigeon", "to": ["a@test.example"] }""", "`routes[0].channel`")]
    [InlineData("""{ "id": "a", "channel": "mail", "to": [] }""", "`routes[0].to`")]
    [InlineData("""{ "id": "a", "channel": "mail", "to": ["a@test.example", "+358401234567"] }""", "`routes[0].to[1]`")]
    [InlineData("""{ "id": "a", "channel": "sms", "to": ["a@test.example"] }""", "`routes[0].to[0]`")]
    [InlineData("""{ "id": "a", "channel": "mail", "to": ["a@test.example"], "hours": "7-22" }""", "`routes[0].hours`")]
    [InlineData("""{ "id": "a", "channel": "mail", "to": ["a@test.example"], "hours": "07:00-07:00" }""", "`routes[0].hours`")]
    [InlineData("""{ "id": "a", "channel": "mail", "to": ["a@test.example"], "days": ["someday"] }""", "`routes[0].days`")]
    [InlineData("""{ "id": "a", "channel": "mail", "to": ["a@test.example"], "language": "se" }""", "`routes[0].language`")]
    [InlineData("""{ "id": "a", "channel": "mail", "to": ["a@test.example"], "severity": "loud" }""", "routes[0].severity")]
    [InlineData("""{ "id": "a", "channel": "mail", "to": ["a@test.example"], "after": 2000 }""", "`routes[0].after`")]
    [InlineData("""{ "id": "a", "channel": "mail", "to": ["a@test.example"] }, { "id": "a", "channel": "mail", "to": ["a@test.example"] }""", "\"a\" twice")]
    public void A_route_that_cannot_be_used_is_refused_by_its_key(string route, string word)
    {
        var problem = Assert.Throws<AlarmFileProblem>(() => Read($$"""{ "channels": { {{Mail}}, {{Sms}} }, "routes": [ {{route}} ] }"""));

        Assert.Contains(word, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "kind": "mail", "from": "nobody" }""", "`channels.x.from`")]
    [InlineData("""{ "kind": "smtp", "host": "mail.test.example", "from": "nobody" }""", "`channels.x.from`")]
    [InlineData("""{ "kind": "smtp", "host": "not a name", "from": "a@test.example" }""", "`channels.x.host`")]
    [InlineData("""{ "kind": "smtp", "host": "mail.test.example", "port": 0, "from": "a@test.example" }""", "`channels.x.port`")]
    [InlineData("""{ "kind": "smtp", "host": "mail.test.example", "tls": false, "from": "a@test.example" }""", "`channels.x.tls`")]
    [InlineData("""{ "kind": "smtp", "host": "127.0.0.1", "tls": false, "user": "me", "from": "a@test.example" }""", "`channels.x.tls`")]
    [InlineData("""{ "kind": "smtp", "host": "mail.test.example", "user": "me", "from": "a@test.example" }""", "`channels.x.secretFile` is missing")]
    [InlineData("""{ "kind": "smtp", "host": "mail.test.example", "user": "me", "secretFile": "./none.key", "from": "a@test.example" }""", "`channels.x.secretFile` names a file")]
    [InlineData("""{ "kind": "gateway", "url": "http://sms.test.example/", "body": "{to}{text}" }""", "plain text")]
    [InlineData("""{ "kind": "gateway", "url": "https://sms.test.example/?key={secret}", "body": "{to}{text}" }""", "body and headers only")]
    [InlineData("""{ "kind": "gateway", "url": "https://me:word@sms.test.example/", "body": "{to}{text}" }""", "`channels.x.url`")]
    [InlineData("""{ "kind": "gateway", "url": "https://sms.test.example/", "body": "{to}" }""", "`channels.x.body`")]
    [InlineData("""{ "kind": "gateway", "url": "https://sms.test.example/", "body": "{to}{text}", "headers": { "X-Key": "{secret}" } }""", "`channels.x.secretFile` is missing")]
    [InlineData("""{ "kind": "gateway", "url": "https://sms.test.example/", "body": "{to}{text}", "secretFile": "./none.key" }""", "`channels.x.secretFile` names a file")]
    [InlineData("""{ "kind": "gateway", "url": "https://sms.test.example/", "body": "{to}{text}", "headers": { "X Key": "1" } }""", "`channels.x.headers.X Key`")]
    public void A_channel_that_cannot_be_used_is_refused_by_its_key(string channel, string word)
    {
        var problem = Assert.Throws<AlarmFileProblem>(() => Read($$"""{ "channels": { "x": {{channel}} }, "routes": [] }"""));

        Assert.Contains(word, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-12-01T10:00:00Z", "2026-12-01T10:00:00Z")] // noon: within
    [InlineData("2026-12-01T20:30:00Z", "2026-12-02T05:00:00Z")] // half past ten in the evening: from seven in the morning
    [InlineData("2026-12-01T04:59:59Z", "2026-12-01T05:00:00Z")]
    [InlineData("2026-12-04T20:00:00Z", "2026-12-07T05:00:00Z")] // Friday at ten in the evening: on Monday
    [InlineData("2027-03-26T20:00:00Z", "2027-03-29T04:00:00Z")] // the clock goes forward in between
    public void Outside_a_route_s_hours_a_message_waits_until_they_begin(string now, string opens)
    {
        var route = Read($$"""
            { "channels": { {{Mail}} }, "routes": [ { "id": "a", "channel": "mail", "to": ["a@test.example"], "hours": "07:00-22:00", "days": ["monday", "tuesday", "wednesday", "thursday", "friday"] } ] }
            """).Routes[0];

        Assert.Equal(Time(opens), route.Opens(Time(now)));
    }

    [Theory]
    [InlineData("2026-12-01T20:00:00Z", "2026-12-01T20:00:00Z")]
    [InlineData("2026-12-02T04:59:00Z", "2026-12-02T04:59:00Z")]
    [InlineData("2026-12-02T05:00:00Z", "2026-12-02T20:00:00Z")]
    public void Hours_past_midnight_end_in_the_morning(string now, string opens)
    {
        var route = Read($$"""{ "channels": { {{Mail}} }, "routes": [ { "id": "a", "channel": "mail", "to": ["a@test.example"], "hours": "22:00-07:00" } ] }""").Routes[0];

        Assert.Equal(Time(opens), route.Opens(Time(now)));
    }

    private static Instant Time(string text) => NodaTime.Text.InstantPattern.General.Parse(text).Value;

    private static AlarmSetup Read(string json)
    {
        using var folder = new TempFolder();
        return AlarmFile.Read(json, folder["alarms.json"]);
    }
}
