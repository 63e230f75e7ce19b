using System.Net;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Alarms;
using KioskLink.Rules.Access;
using KioskLink.Rules.Alarms;
using KioskLink.Testing;
using NodaTime;
using AlarmRoute = KioskLink.Register.Alarms.AlarmRoute;

namespace KioskLink.Register.Tests.Alarms;

/// <summary>Messages leave by their routes: once, in their language, in their hours, and as long as their channel needs.</summary>
public sealed class DeliveryTests
{
    [Fact]
    public async Task One_fault_is_one_e_mail_in_the_spool_folder_and_its_end_is_another()
    {
        await using var room = await AlarmRoom.StartAsync();
        await room.RaiseAsync(AlarmKind.DeviceSilent, "device reader");
        await room.AfterAsync(TimeSpan.FromSeconds(60), steps: 60);

        var mail = Assert.Single(room.Mails());
        Assert.Contains("To: <tekla@test.example>", mail, StringComparison.Ordinal);
        Assert.Contains("Critical: Device reader does not answer", mail, StringComparison.Ordinal);
        Assert.Contains("Where: FI-Main, main-front", mail, StringComparison.Ordinal);
        Assert.Contains("Since: 1.12.2026 12:00", mail, StringComparison.Ordinal);
        Assert.Contains("What to do: Check its supply", mail, StringComparison.Ordinal);

        await room.ClearAsync("device reader");
        await room.AfterAsync(TimeSpan.FromSeconds(60), steps: 60);
        Assert.Equal(2, room.Mails().Count);
        Assert.Contains(room.Mails(), one => one.Contains("Over: Device reader does not answer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_is_sent_once_though_the_register_is_killed_in_between()
    {
        await using var room = await AlarmRoom.StartAsync();
        await room.RaiseAsync(AlarmKind.Tamper, "tamper reader");
        await room.Register.CrashAsync();
        await room.AfterAsync(TimeSpan.FromSeconds(5));
        await room.Register.CrashAsync();
        await room.AfterAsync(TimeSpan.FromSeconds(5));

        Assert.Single(room.Mails());
        Assert.Equal(["tamper reader"], (await room.ListAsync()).Select(alarm => alarm.Subject));
    }

    [Fact]
    public async Task Routes_take_their_branches_and_severities_and_escalation_reaches_those_who_come_later()
    {
        await using var room = await AlarmRoom.StartAsync(
            AlarmRoom.Route("main", "mail", "main@test.example", route => route with { Branches = [TestRegister.Main], MinSeverity = AlarmSeverity.Critical }),
            AlarmRoom.Route("other", "mail", "other@test.example", route => route with { Branches = [TestRegister.Other] }),
            AlarmRoom.Route("chief", "mail", "chief@test.example", route => route with { AfterMinutes = 15, Language = Language.Sv }));
        await room.RaiseAsync(AlarmKind.DeviceSilent, "device reader");
        await room.RaiseAsync(AlarmKind.DoorHeld, "door front");
        await room.AfterAsync(TimeSpan.FromMinutes(14), steps: 14);
        Assert.Equal(["main"], room.Deliveries().Select(row => row.RouteId));

        await room.AfterAsync(TimeSpan.FromMinutes(3), steps: 3);
        var late = room.Deliveries().Where(row => row.RouteId == "chief" && row.ShortText.Contains("Enheten reader svarar inte", StringComparison.Ordinal));
        Assert.StartsWith("Brådskande, inte kvitterat på 15 min: ", Assert.Single(late).ShortText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_night_a_message_waits_for_the_route_s_hours_and_is_dropped_when_the_fault_ends_before()
    {
        await using var room = await AlarmRoom.StartAsync(AlarmRoom.Route("day", "mail", "tekla@test.example", route => route with { From = new LocalTime(13, 0), To = new LocalTime(14, 0) }));
        await room.RaiseAsync(AlarmKind.Tamper, "tamper reader");
        await room.RaiseAsync(AlarmKind.Tamper, "tamper io");
        await room.AfterAsync(TimeSpan.FromMinutes(30), steps: 3);
        Assert.Empty(room.Mails());

        await room.ClearAsync("tamper io");
        await room.AfterAsync(TimeSpan.FromMinutes(31), steps: 31);
        Assert.Contains("reader", Assert.Single(room.Mails()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_gets_one_POST_with_the_secret_in_its_header_and_never_in_the_address()
    {
        await using var gateway = await FakeGateway.StartAsync();
        using var folder = new TempFolder();
        await using var room = await RoomAsync(gateway, folder);
        await room.RaiseAsync(AlarmKind.Tamper, "tamper reader");
        await room.AfterAsync(TimeSpan.FromSeconds(10), steps: 10);

        var post = Assert.Single(gateway.Posts);
        Assert.Equal(("/send", "", "Bearer s3cret-key"), (post.Path, post.Query, post.Authorization));
        using var body = System.Text.Json.JsonDocument.Parse(post.Body);
        Assert.Equal("+358401234567", body.RootElement.GetProperty("to").GetString());
        Assert.Equal("Kiireellinen: Laitteen reader kotelo on auki tai laite on irti. FI-Main, main-front, 1.12.2026 12:00. Käy katsomassa paikan päällä.", body.RootElement.GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_gateway_that_is_down_gets_the_message_when_it_is_back_and_is_itself_one_alarm_to_others()
    {
        await using var gateway = await FakeGateway.StartAsync();
        using var folder = new TempFolder();
        await using var room = await RoomAsync(gateway, folder, AlarmRoom.Route("chief", "mail", "chief@test.example"));
        gateway.Answer = HttpStatusCode.ServiceUnavailable;
        for (var device = 0; device < 4; device++) await room.RaiseAsync(AlarmKind.Tamper, $"tamper {device}");
        await room.AfterAsync(TimeSpan.FromMinutes(30), steps: 360);

        var down = Assert.Single(await room.ListAsync(), alarm => alarm.Kind == Protos.Types.V1.AlarmKind.ChannelDown);
        Assert.DoesNotContain("s3cret", down.Sentence, StringComparison.Ordinal);
        Assert.Single(room.Mails(), mail => mail.Contains("sms", StringComparison.Ordinal));
        Assert.InRange(gateway.Posts.Count, 4, 40);

        gateway.Answer = HttpStatusCode.OK;
        await room.AfterAsync(TimeSpan.FromMinutes(20), steps: 240);
        Assert.Equal(4, room.Deliveries().Count(row => row is { Channel: "sms", State: DeliveryState.Sent }));
        Assert.DoesNotContain(await room.ListAsync(), alarm => alarm.Kind == Protos.Types.V1.AlarmKind.ChannelDown);
    }

    [Fact]
    public async Task A_message_that_no_gateway_takes_is_given_up_after_its_time()
    {
        await using var gateway = await FakeGateway.StartAsync();
        using var folder = new TempFolder();
        await using var room = await RoomAsync(gateway, folder);
        gateway.Answer = HttpStatusCode.BadGateway;
        await room.RaiseAsync(AlarmKind.Tamper, "tamper reader");
        await room.AfterAsync(TimeSpan.FromHours(8), steps: 480);

        Assert.Equal((DeliveryState.Failed, "the gateway answered 502"), (room.Deliveries()[0].State, room.Deliveries()[0].Problem));
        Assert.InRange(gateway.Posts.Count, 10, 40);
    }

    [Fact]
    public async Task A_test_goes_by_its_route_at_any_hour_and_only_so_often()
    {
        await using var room = await AlarmRoom.StartAsync(AlarmRoom.Route("day", "mail", "tekla@test.example", route => route with { From = new LocalTime(13, 0), To = new LocalTime(14, 0) }));
        var asked = room.Service.SendTestAlarm(new SendTestAlarmRequest { RouteId = "day" }, AlarmRoom.Technician);
        await Patience.Until(
            async () =>
            {
                await room.AfterAsync(TimeSpan.FromMilliseconds(250));
                return asked.IsCompleted;
            },
            "the test is sent");

        Assert.Equal((1, 0, ""), ((await asked).Sent, (await asked).Waiting, (await asked).Problem));
        Assert.Contains("koeviesti", Assert.Single(room.Mails()), StringComparison.Ordinal);
        for (var test = 1; test < AlarmDesk.TestsMax; test++) await room.Desk.TestAsync("day", CancellationToken.None);
        var refused = await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => room.Desk.TestAsync("day", CancellationToken.None));
        Assert.Equal(Grpc.Core.StatusCode.ResourceExhausted, refused.StatusCode);
    }

    [Fact]
    public async Task Routes_are_shown_without_whole_numbers_and_addresses()
    {
        await using var room = await AlarmRoom.StartAsync();

        var route = (await room.Service.ListAlarmRoutes(new ListAlarmRoutesRequest(), AlarmRoom.Technician)).Routes.Single();

        Assert.Equal(("technician", "te…le", "00:00", "24:00"), (route.Id, route.Recipients.Single(), route.From, route.To));
    }

    private static Task<AlarmRoom> RoomAsync(FakeGateway gateway, TempFolder folder, params IReadOnlyList<AlarmRoute> more)
    {
        File.WriteAllText(folder["sms.key"], "s3cret-key\n");
        var channels = new Dictionary<string, AlarmChannel>
        {
            ["mail"] = new MailChannel("alarms@test.example"),
            ["sms"] = new GatewayChannel(
                new Uri(gateway.Address, "/send"), "application/json", """{"to":"{to}","text":"{text}"}""",
                new Dictionary<string, string> { ["Authorization"] = "Bearer {secret}" }, folder["sms.key"]),
        };
        return AlarmRoom.StartAsync(channels, [AlarmRoom.Route("on-call", "sms", "+358401234567"), .. more]);
    }
}
