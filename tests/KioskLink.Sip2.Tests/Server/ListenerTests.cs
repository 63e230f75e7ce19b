using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KioskLink.Sip2.Server;
using KioskLink.Sip2.Wire;
using KioskLink.Testing;

namespace KioskLink.Sip2.Tests.Server;

public sealed class ListenerTests
{
    [Fact]
    public async Task A_machine_logs_in_asks_and_is_answered()
    {
        await using var hall = new Hall();
        await using var device = await hall.LogInAsync();
        Assert.StartsWith("98YYYYNY", await device.SayAsync("9900802.00"), StringComparison.Ordinal);
        Assert.Contains("CQY|", await device.SayAsync(Hall.Ask63), StringComparison.Ordinal);
        Assert.Equal("kiosk1", (await hall.Reported(SessionEvent.LoggedIn)).Login);
        Assert.Equal(3, hall.Listener.Counts.Messages);
        await device.DisposeAsync();
        await hall.Reported(SessionEvent.Disconnected);
        Assert.Equal(0, hall.Listener.Counts.Open);
    }

    [Theory]
    [InlineData("127.0.0.0/8", "941")]
    [InlineData("10.20.0.0/24", "")]
    public async Task Only_machines_of_the_named_network_are_taken(string network, string answer)
    {
        await using var hall = new Hall(options => options with { Sources = IPNetwork.Parse(network) });
        await using var device = await hall.ConnectAsync();

        Assert.Equal(answer, await device.TrySayAsync(Hall.Login));
        Assert.Equal(answer.Length == 0 ? 1 : 0, hall.Listener.Counts.Refused);
    }

    [Fact]
    public async Task Messages_may_come_in_any_lumps_and_several_at_once()
    {
        await using var hall = new Hall();
        await using var device = await hall.LogInAsync();
        foreach (var one in Hall.Ask63 + "\r\n")
            await device.SendAsync(one.ToString());
        Assert.StartsWith("64", await device.HearAsync(), StringComparison.Ordinal);
        await device.SendAsync($"\r\n\n{Hall.Ask63}\r9900802.00\n{Hall.Ask63}\r\n35{Hall.Time}AO|AA1|\r");
        var answers = new[] { await device.HearAsync(), await device.HearAsync(), await device.HearAsync(), await device.HearAsync() };
        Assert.Equal(["64", "98", "64", "36"], answers.Select(answer => answer[..2]));
    }

    [Fact]
    public async Task A_message_over_many_buffers_is_whole()
    {
        await using var hall = new Hall();
        await using var device = await hall.LogInAsync();
        var filler = string.Concat(Enumerable.Range(0, 40).Select(_ => "ZZ" + new string('x', 1000) + "|"));
        Assert.Contains("CQY|", await device.SayAsync(Hall.Ask63.Replace("AOKIRJ|", filler + "AOKIRJ|", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_speaks_under_TLS()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        using var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        await using var hall = new Hall(options => options with { Tls = new SslServerAuthenticationOptions { ServerCertificate = certificate } });
        await using var device = await hall.ConnectAsync(tls: true);
        Assert.Equal("941", await device.SayAsync(Hall.Login));
        Assert.Contains("CQY|", await device.SayAsync(Hall.Ask63), StringComparison.Ordinal);
        await using var clear = await hall.ConnectAsync();
        await clear.SendAsync(Hall.Login + "\r");
        await hall.Reported(SessionEvent.NotEncrypted);
        await clear.ClosedAsync();
    }

    [Fact]
    public async Task An_idle_machine_is_closed_after_the_time_of_its_profile_and_not_before()
    {
        var time = new VirtualTime();
        await using var hall = new Hall(time: time);
        await using var device = await hall.LogInAsync();
        time.Advance(TimeSpan.FromMinutes(14));
        Assert.StartsWith("98", await device.SayAsync("9900802.00"), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromMinutes(14));
        Assert.StartsWith("98", await device.SayAsync("9900802.00"), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromMinutes(16));
        await device.ClosedAsync();
        await hall.Reported(SessionEvent.Idle);
    }

    [Fact]
    public async Task A_machine_that_ends_its_messages_with_CR_LF_is_not_taken_for_a_slow_one()
    {
        var time = new VirtualTime();
        await using var hall = new Hall(time: time);
        await using var device = await hall.LogInAsync();
        await device.SendAsync("9900802.00\r\n");
        Assert.StartsWith("98", await device.HearAsync(), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.StartsWith("98", await device.SayAsync("9900802.00"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_that_does_not_log_in_is_closed_whatever_it_says()
    {
        var time = new VirtualTime();
        await using var hall = new Hall(time: time);
        await using var device = await hall.ConnectAsync();
        Assert.StartsWith("98", await device.SayAsync("9900802.00"), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("940", await device.SayAsync("9300CNkiosk1|COwrong|"));
        time.Advance(TimeSpan.FromSeconds(11));
        await device.ClosedAsync();
        await hall.Reported(SessionEvent.NoLoginInTime);
    }

    [Fact]
    public async Task A_request_before_the_login_closes_the_connection()
    {
        await using var hall = new Hall();
        await using var device = await hall.ConnectAsync();
        Assert.Equal("", await device.SayAsync(Hall.Ask63));
        await hall.Reported(SessionEvent.NotLoggedIn);
    }

    [Fact]
    public async Task Five_refused_logins_close_the_connection()
    {
        await using var hall = new Hall();
        await using var device = await hall.ConnectAsync();
        for (var guess = 0; guess < 5; guess++)
            Assert.Equal("940", await device.SayAsync($"9300CNkiosk1|COguess{guess}|"));
        await device.ClosedAsync();
        await hall.Reported(SessionEvent.TooManyLogins);
    }

    [Fact]
    public async Task A_profile_that_cannot_be_used_lets_nobody_in()
    {
        await using var hall = new Hall();
        hall.Circulation.Profiles["kiosk1"] = ("s3cret", new DeviceProfile { InstitutionRule = InstitutionRule.Own });
        await using var device = await hall.ConnectAsync();
        Assert.Equal("940", await device.SayAsync(Hall.Login));
        Assert.Contains("names none", (await hall.Reported(SessionEvent.AnswerFailed)).Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_answers_is_hurried_and_then_the_machine_is_told_that_it_is_not_possible()
    {
        var time = new VirtualTime();
        await using var hall = new Hall(time: time);
        await using var device = await hall.LogInAsync();
        var asked = new TaskCompletionSource();
        hall.Circulation.Before = async cancel =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancel);
        };
        await device.SendAsync(Hall.Ask63 + "\r");
        await Patience.For(asked.Task, "the question");
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.Contains("BLN|CQN|", await device.HearAsync(), StringComparison.Ordinal);
        hall.Circulation.Before = null;
        Assert.Contains("CQY|", await device.SayAsync(Hall.Ask63), StringComparison.Ordinal);
        Assert.Equal(1, hall.Listener.Counts.Failed);
    }

    [Fact]
    public async Task A_connection_whose_answer_never_comes_is_closed_since_nobody_knows_what_was_done()
    {
        var time = new VirtualTime();
        await using var hall = new Hall(time: time);
        await using var device = await hall.LogInAsync();
        var asked = new TaskCompletionSource();
        var never = new TaskCompletionSource();
        hall.Circulation.Before = async _ =>
        {
            asked.TrySetResult();
            await never.Task;
        };
        await device.SendAsync(Hall.Ask63 + "\r");
        await Patience.For(asked.Task, "the question");
        time.Advance(TimeSpan.FromSeconds(9));
        time.Advance(TimeSpan.FromSeconds(31));
        await device.ClosedAsync();
        never.SetResult();
    }

    [Fact]
    public async Task Connections_are_limited_in_all_by_address_and_by_login()
    {
        await using var hall = new Hall(options => options with { Limits = new ListenerLimits { ConnectionsPerSource = 3, ConnectionsPerLogin = 2 } });
        await using var first = await hall.LogInAsync();
        await using var second = await hall.LogInAsync();
        await using var third = await hall.ConnectAsync();
        Assert.Equal("940", await third.SayAsync(Hall.Login));
        await hall.Reported(SessionEvent.TooManyOfLogin);
        await using var fourth = await hall.ConnectAsync();
        await fourth.ClosedAsync();
        await hall.Reported(SessionEvent.TooManyFromSource);
        await first.DisposeAsync();
        await hall.Reported(SessionEvent.Disconnected);
        await Patience.Until(() => hall.Listener.Counts.Open == 2, "the first is gone");
        Assert.Equal("941", await third.SayAsync(Hall.Login));
        await using var small = new Hall(options => options with { Limits = new ListenerLimits { Connections = 1 } });
        await using var only = await small.LogInAsync();
        await using var more = await small.ConnectAsync();
        await more.ClosedAsync();
        Assert.Equal(1, small.Listener.Counts.Refused);
    }

    [Fact]
    public async Task A_transcript_shows_both_sides_without_secrets()
    {
        var lines = new ConcurrentQueue<TranscriptLine>();
        await using var hall = new Hall(options => options with { Transcript = lines.Enqueue });
        await using var device = await hall.LogInAsync();
        await device.SayAsync(Hall.Ask63);
        var all = string.Join('\n', lines.Select(line => (line.FromDevice ? "> " : "< ") + line.Text));
        Assert.Contains("> 9300CNkiosk1|CO***|", all, StringComparison.Ordinal);
        Assert.Contains("BLY|CQY|", all, StringComparison.Ordinal);
        Assert.DoesNotContain(MemoryCirculation.Pin, all, StringComparison.Ordinal);
        Assert.DoesNotContain(MemoryCirculation.Card, all, StringComparison.Ordinal);
        Assert.DoesNotContain("Virtanen", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_that_stops_closes_every_connection()
    {
        var time = new VirtualTime();
        var hall = new Hall(time: time);
        await using var device = await hall.LogInAsync();
        await hall.DisposeAsync();
        await device.ClosedAsync();
        Assert.Equal(0, time.TimersSet);
        await hall.DisposeAsync();
    }

    [Fact]
    public void Options_that_cannot_be_kept_start_nothing()
    {
        var options = new Sip2ListenerOptions { EndPoint = new(IPAddress.Loopback, 0), Rules = new SessionRules { Wire = new WireLimits { Fields = 1 } } };
        Assert.Throws<ArgumentException>(() => Sip2Listener.Start(options, new MemoryCirculation(), TimeProvider.System));
    }
}
