using Google.Protobuf.WellKnownTypes;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Cli;

public sealed class AlarmCommandsTests : FakeServerTest
{
    private static readonly Alarm Reader = new()
    {
        Id = "a1",
        BranchId = "FI-Main",
        NodeId = "front",
        Title = "Device reader does not answer",
        Mend = "Check its cable.",
        Severity = AlarmSeverity.Critical,
        State = AlarmState.Raised,
        Raises = 3,
        RaiseTime = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 12, 1, 19, 55, 0, TimeSpan.Zero)),
    };

    [Fact]
    public async Task Alarms_that_stand_are_listed_with_what_to_do()
    {
        Script.On<ListAlarmsRequest>(_ => new ListAlarmsResponse { Alarms = { Reader } });

        var printed = await Server.Run("alarm", "list", "--branch", "FI-Main", "--severity", "warning", "--language", "sv");
        var all = await Server.Run("alarm", "list", "--all", "--json");

        Assert.Equal("", printed.Errors + all.Errors);
        Assert.Contains("Check its cable.", printed.Output, StringComparison.Ordinal);
        Assert.Contains("2026-12-01 21:55", printed.Output, StringComparison.Ordinal);
        var (first, second) = (Script.Requests<ListAlarmsRequest>()[0], Script.Requests<ListAlarmsRequest>()[1]);
        Assert.Equal(("FI-Main", AlarmSeverity.Warning, Language.Sv, 0), (first.BranchId, first.MinSeverity, first.Language, first.States.Count));
        Assert.Equal(3, second.States.Count);
        Assert.Equal("RAISED", (string?)all.Json["alarms"]![0]!["state"]);
    }

    [Fact]
    public async Task An_alarm_is_acknowledged_with_a_note()
    {
        Script.On<AcknowledgeAlarmRequest>(request => new AcknowledgeAlarmResponse { Alarm = new Alarm { Id = request.AlarmId, Title = "Device reader does not answer", AcknowledgedBy = "tekla", Note = request.Note } });

        var printed = await Server.Run("alarm", "acknowledge", "a1", "--note", "on my way");

        Assert.Contains("tekla looks after it", printed.Output, StringComparison.Ordinal);
        Assert.Equal(("a1", "on my way"), (Script.Requests<AcknowledgeAlarmRequest>().Single().AlarmId, Script.Requests<AcknowledgeAlarmRequest>().Single().Note));
    }

    [Fact]
    public async Task Routes_are_listed_and_a_test_that_waits_fails()
    {
        Script.On<ListAlarmRoutesRequest>(_ => new ListAlarmRoutesResponse { Routes = { new AlarmRoute { Id = "on-call", Channel = "sms", From = "00:00", To = "24:00", Recipients = { "+3…67" } } } });
        Script.On<SendTestAlarmRequest>(_ => new SendTestAlarmResponse { Waiting = 1, Problem = "the gateway cannot be reached" });

        var routes = await Server.Run("alarm", "routes");
        var test = await Server.Run("alarm", "test", "on-call");

        Assert.Contains("on-call", routes.Output, StringComparison.Ordinal);
        Assert.Equal(1, test.Code);
        Assert.Contains("the gateway cannot be reached", test.Output, StringComparison.Ordinal);
    }
}
