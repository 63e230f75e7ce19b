using KioskLink.Protos.Register.V1;
using KioskLink.Register.Jobs;
using KioskLink.Register.Tests.Alarms;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Rights;

/// <summary>A request that is not answered in time is an alarm, and not a line of a log that nobody reads (GDPR article 12).</summary>
public sealed class OverdueAlarmTests
{
    [Fact]
    public async Task R80_A_request_that_is_not_answered_in_time_is_an_alarm_until_it_is()
    {
        await using var room = await AlarmRoom.StartAsync();
        var register = room.Register;
        await register.PatronAsync("10001", 1);
        var rights = register.Service<Register.Rights.DataSubjectService>();
        var asked = new OpenRequestRequest { CustomerId = "10001", Kind = RequestKind.Inspect, Channel = "desk", IdentifiedBy = "in-person-id-document" };
        var (first, second) = ((await rights.OpenRequest(asked, TestCall.Admin())).Request.Id, (await rights.OpenRequest(asked, TestCall.Admin())).Request.Id);
        register.Time.SetWallClock(DateTimeOffset.Parse("2027-01-01T12:00:00Z", null));
        await RunAsync(register);
        Assert.Empty(await room.ListAsync());

        register.Time.SetWallClock(DateTimeOffset.Parse("2027-01-02T12:00:00Z", null));
        await RunAsync(register);
        await RunAsync(register);

        var alarm = Assert.Single(await room.ListAsync());
        Assert.Equal((Wire.AlarmKind.RequestOverdue, "A request of a data subject is overdue", AlarmState.Raised), (alarm.Kind, alarm.Title, alarm.State));
        await rights.RefuseRequest(new RefuseRequestRequest { RequestId = first, Reason = "no" }, TestCall.Admin());
        Assert.Single(await room.ListAsync());
        await rights.ExtendRequest(new ExtendRequestRequest { RequestId = second, Months = 1, Reason = "many" }, TestCall.Admin());
        Assert.Empty(await room.ListAsync());
    }

    [Fact]
    public async Task R80_The_alarm_of_overdue_requests_ends_with_the_last_answer_in_each_language()
    {
        await using var room = await AlarmRoom.StartAsync();
        var register = room.Register;
        await register.PatronAsync("10001", 1);
        var rights = register.Service<Register.Rights.DataSubjectService>();
        var asked = (await rights.OpenRequest(
            new OpenRequestRequest { CustomerId = "10001", Kind = RequestKind.Inspect, Channel = "desk", IdentifiedBy = "in-person-id-document" }, TestCall.Admin())).Request;
        register.Time.SetWallClock(DateTimeOffset.Parse("2027-01-02T12:00:00Z", null));
        await RunAsync(register);

        foreach (var (language, title) in new[] { (Wire.Language.Fi, "Tietopyyntö on myöhässä"), (Wire.Language.Sv, "En begäran om uppgifter är försenad") })
        {
            Assert.Equal(title, (await room.Service.ListAlarms(new ListAlarmsRequest { Language = language }, AlarmRoom.Technician)).Alarms.Single().Title);
        }

        await rights.ExportSubject(new ExportSubjectRequest { RequestId = asked.Id }, TestCall.Admin());
        Assert.Empty(await room.ListAsync());
    }

    private static Task<string> RunAsync(TestRegister register) =>
        register.Service<IEnumerable<IJob>>().Single(job => job.Name == "requests-overdue").RunAsync(new JobCall(JobCall.System, register.Now, null), CancellationToken.None);
}
