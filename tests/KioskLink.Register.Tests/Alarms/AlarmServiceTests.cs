using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Alarms;
using KioskLink.Register.Tests.Running;
using KioskLink.Rules.Alarms;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Alarms;

/// <summary>What people see of alarms, and how they take one.</summary>
public sealed class AlarmServiceTests
{
    [Fact]
    public async Task An_alarm_is_listed_with_its_place_its_severity_and_what_to_do_in_the_reader_s_language()
    {
        await using var room = await AlarmRoom.StartAsync();
        await room.RaiseAsync(AlarmKind.DeviceSilent, "device reader");

        var alarm = Assert.Single(await room.ListAsync());
        Assert.Equal((TestRegister.Main, "main-front", "Device reader does not answer", AlarmState.Raised), (alarm.BranchId, alarm.NodeId, alarm.Title, alarm.State));
        Assert.Equal(("Check its supply, its cable and its address.", false), (alarm.Mend, alarm.Told));
        var finnish = await room.Service.ListAlarms(new ListAlarmsRequest { Language = Protos.Types.V1.Language.Fi }, AlarmRoom.Technician);
        Assert.Equal("Laite reader ei vastaa", finnish.Alarms.Single().Title);
    }

    [Fact]
    public async Task Lists_are_filtered_and_come_page_by_page_newest_first()
    {
        await using var room = await AlarmRoom.StartAsync();
        for (var device = 1; device <= 5; device++)
        {
            await room.RaiseAsync(AlarmKind.Tamper, $"tamper {device}");
            room.Register.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await room.RaiseAsync(AlarmKind.InstallKey, "install reader", new AlarmPlace(TestRegister.Other, "other"));
        await room.ClearAsync("tamper 5");

        var first = await room.Service.ListAlarms(new ListAlarmsRequest { PageSize = 3, BranchId = TestRegister.Main }, AlarmRoom.Technician);
        var second = await room.Service.ListAlarms(new ListAlarmsRequest { PageSize = 3, BranchId = TestRegister.Main, PageToken = first.NextPageToken }, AlarmRoom.Technician);
        Assert.Equal(["tamper 4", "tamper 3", "tamper 2", "tamper 1"], first.Alarms.Concat(second.Alarms).Select(alarm => alarm.Subject));
        Assert.Equal("", second.NextPageToken);
        Assert.Equal(["tamper 5"], (await room.ListAsync(AlarmState.Cleared)).Select(alarm => alarm.Subject));
        var severe = await room.Service.ListAlarms(new ListAlarmsRequest { MinSeverity = Protos.Types.V1.AlarmSeverity.Critical }, AlarmRoom.Technician);
        Assert.DoesNotContain(severe.Alarms, alarm => alarm.Subject == "install reader");
    }

    [Fact]
    public async Task The_first_who_acknowledges_stays_and_what_is_over_cannot_be_taken()
    {
        await using var room = await AlarmRoom.StartAsync();
        await room.RaiseAsync(AlarmKind.DeviceSilent, "device reader");
        await room.RaiseAsync(AlarmKind.Tamper, "tamper reader");
        await room.ClearAsync("tamper reader");
        var id = (await room.ListAsync()).Single().Id;

        var first = await room.Service.AcknowledgeAlarm(new AcknowledgeAlarmRequest { AlarmId = id, Note = "on my way" }, AlarmRoom.Technician);
        var second = await room.Service.AcknowledgeAlarm(new AcknowledgeAlarmRequest { AlarmId = id, Note = "me too" }, TestCall.Admin());
        var over = (await room.ListAsync(AlarmState.Cleared)).Single().Id;

        Assert.Equal((AlarmState.Acknowledged, "tekla", "on my way"), (first.Alarm.State, first.Alarm.AcknowledgedBy, first.Alarm.Note));
        Assert.Equal(("tekla", "on my way"), (second.Alarm.AcknowledgedBy, second.Alarm.Note));
        var refused = await Assert.ThrowsAsync<RpcException>(() => room.Service.AcknowledgeAlarm(new AcknowledgeAlarmRequest { AlarmId = over }, AlarmRoom.Technician));
        Assert.Equal(StatusCode.FailedPrecondition, refused.StatusCode);
    }

    [Fact]
    public async Task A_watcher_gets_what_stands_and_then_each_change()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var desk = register.Part<AlarmDesk>();
        desk.Raise(new AlarmPlace(Library.Branch, "front"), AlarmKind.Tamper, "tamper reader", "torn off");
        await Patience.Until(() => register.Part<AlarmPages>().Head() > 0, "the alarm is written");

        using var watch = new Protos.Register.V1.AlarmService.AlarmServiceClient(register.Admin).WatchAlarms(new WatchAlarmsRequest { Language = Protos.Types.V1.Language.En });
        Assert.Equal(("tamper reader", AlarmState.Raised), Seen(await NextAsync(watch)));
        desk.Clear(new AlarmPlace(Library.Branch, "front"), "tamper reader");
        Alarm changed;
        do changed = await NextAsync(watch);
        while (changed.State != AlarmState.Cleared);
        Assert.Equal("tamper reader", changed.Subject);
    }

    [Fact]
    public async Task Librarians_read_technicians_take_and_nodes_and_camera_viewers_see_nothing()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var node = new Protos.Register.V1.AlarmService.AlarmServiceClient(register.ChannelOf((await register.EnrolAsync(Library.Branch)).Certificate));

        Assert.Equal(StatusCode.PermissionDenied, (await Assert.ThrowsAsync<RpcException>(async () => await node.ListAlarmsAsync(new ListAlarmsRequest()))).StatusCode);
        foreach (var (role, list, take) in new[]
        {
            (Register.Identity.CallerRole.Librarian, true, false), (Register.Identity.CallerRole.Technician, true, true), (Register.Identity.CallerRole.Administrator, true, true),
            (Register.Identity.CallerRole.CameraViewer, false, false), (Register.Identity.CallerRole.Robot, false, false), (Register.Identity.CallerRole.Patron, false, false),
        })
        {
            Assert.Equal((role, list), (role, MayCall(role, "ListAlarms")));
            Assert.Equal((role, list), (role, MayCall(role, "WatchAlarms")));
            Assert.Equal((role, take), (role, MayCall(role, "AcknowledgeAlarm")));
            Assert.Equal((role, take), (role, MayCall(role, "ListAlarmRoutes")));
            Assert.Equal((role, take), (role, MayCall(role, "SendTestAlarm")));
        }
    }

    private static bool MayCall(Register.Identity.CallerRole role, string call) =>
        Register.Identity.CallRights.MayCall(role, Register.Identity.CallRights.Of($"/kiosklink.register.v1.AlarmService/{call}"));

    private static (string, AlarmState) Seen(Alarm alarm) => (alarm.Subject, alarm.State);

    private static async Task<Alarm> NextAsync(AsyncServerStreamingCall<WatchAlarmsResponse> watch) =>
        await Patience.For(watch.ResponseStream.MoveNext(CancellationToken.None), "the next alarm") ? watch.ResponseStream.Current.Alarm : throw new InvalidOperationException("The stream ended.");
}
