using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Alarms;
using KioskLink.Register.Tests.Running;
using KioskLink.Testing;
using NodaTime;

namespace KioskLink.Register.Tests.Alarms;

/// <summary>Alarms come with the journals of nodes, once each, and from the register's own clock.</summary>
public sealed class AlarmIntakeTests
{
    private static readonly DateTimeOffset Tonight = DateTimeOffset.FromUnixTimeSeconds(Library.Now.AddHours(-3).ToUnixTimeSeconds());

    [Fact]
    public async Task Raised_and_cleared_count_once_however_often_the_journal_is_delivered_and_what_waited_for_the_line_is_late()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var node = await register.EnrolAsync(Library.Branch);
        var journal = new TestJournal(node);
        journal.Alarm("device reader", AlarmKind.DeviceSilent, Tonight, root: "port bus0");
        journal.Alarm("device reader", AlarmKind.DeviceSilent, Tonight.AddMinutes(5), cleared: true);
        journal.Alarm("tamper reader", AlarmKind.Tamper, Library.Now);

        for (var time = 0; time < 3; time++) await DeliverAsync(node, journal);

        var rows = Rows(register);
        Assert.Equal(["device reader", "tamper reader"], rows.Select(row => row.Subject));
        Assert.Equal((Library.Branch, "front", 1, true, "port bus0"), (rows[0].BranchId, rows[0].NodeId, rows[0].Raises, rows[0].IsLate, rows[0].RootSubject));
        Assert.Equal(Tonight.ToUnixTimeMilliseconds(), rows[0].RaisedAt);
        Assert.NotNull(rows[0].ClearedAt);
        Assert.Equal((false, null), (rows[1].IsLate, rows[1].ClearedAt));
    }

    [Fact]
    public async Task What_an_older_node_tells_without_its_kind_is_something_that_happened()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var node = await register.EnrolAsync(Library.Branch);
        var journal = new TestJournal(node);
        journal.Plain(RecordKind.Alarm, detail: "Device io does not answer.");

        await DeliverAsync(node, journal);

        Assert.Equal((true, "Device io does not answer."), (Rows(register).Single().IsHappening, Rows(register).Single().Sentence));
        Assert.Contains((await register.StatusAsync()).Alarms, alarm => alarm.EndsWith("Device io does not answer.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_node_names_no_subject_of_the_register_and_its_texts_are_bounded()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var node = await register.EnrolAsync(Library.Branch);
        var journal = new TestJournal(node);
        journal.Alarm("register-node other", AlarmKind.NodeSilent, Library.Now);
        journal.Alarm(new string('x', 5000) + "\r\n", (AlarmKind)999, Library.Now);

        await DeliverAsync(node, journal);

        Assert.DoesNotContain(Rows(register), row => AlarmSubjects.IsOfRegister(row.Subject) || row.Subject.Length > AlarmLimits.SubjectMax + 5);
        Assert.Contains(Rows(register), row => row.Kind == (int)AlarmKind.Other);
    }

    [Fact]
    public async Task What_stands_by_a_node_s_report_is_raised_without_a_record_and_what_is_left_over_twice_is_cleared()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var node = await register.EnrolAsync(Library.Branch);
        await ReportAsync(node, new NodeAlarm { Subject = "disk", Kind = AlarmKind.Disk, Sentence = "full" });
        await Patience.Until(() => Rows(register) is [{ Subject: "disk", ClearedAt: null }], "the report's alarm is raised");

        await ReportAsync(node);
        await ReportAsync(node);
        await Patience.Until(
            async () =>
            {
                await ReportAsync(node);
                return Rows(register).Single().ClearedAt is not null;
            },
            "what is left over is cleared");
    }

    [Fact]
    public async Task A_node_that_is_cut_off_is_one_alarm_by_the_register_s_own_clock_and_over_when_it_is_back()
    {
        await using var room = await AlarmRoom.StartAsync();
        room.Enrol("main-front");
        var watch = room.Register.Service<NodeWatch>();
        await using (room.Connect("main-front"))
        {
            await LookAsync(room, watch, seconds: 30);
            Assert.Empty(await room.ListAsync());
        }

        await LookAsync(room, watch, seconds: 60);
        Assert.Equal(["Node main-front does not answer"], (await room.ListAsync()).Select(alarm => alarm.Title));
        Assert.Single(room.Mails());
        await using (room.Connect("main-front"))
        {
            await LookAsync(room, watch, seconds: 60);
            Assert.Empty(await room.ListAsync());
            Assert.Equal(2, room.Mails().Count);
        }
    }

    [Fact]
    public async Task When_the_register_s_own_line_is_cut_one_message_tells_of_it_and_none_of_each_node()
    {
        await using var room = await AlarmRoom.StartAsync();
        var names = Enumerable.Range(1, 12).Select(number => $"node-{number}").ToList();
        names.ForEach(room.Enrol);
        var watch = room.Register.Service<NodeWatch>();
        var lines = names.Select(room.Connect).ToList();
        await LookAsync(room, watch, seconds: 5);
        foreach (var line in lines) await line.DisposeAsync();
        await LookAsync(room, watch, seconds: 120);

        Assert.Contains("Most nodes went silent at once", Assert.Single(room.Mails()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_never_came_and_one_that_is_revoked_are_not_missed()
    {
        await using var room = await AlarmRoom.StartAsync();
        room.Enrol("never-came");
        await LookAsync(room, room.Register.Service<NodeWatch>(), seconds: 60);

        Assert.Empty(await room.ListAsync());
    }

    private static async Task LookAsync(AlarmRoom room, NodeWatch watch, int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            watch.LookAtStreams();
            await room.AfterAsync(TimeSpan.FromSeconds(1));
        }
    }

    [Theory]
    [InlineData(1, 10, 1, false)]
    [InlineData(2, 3, 2, false)]
    [InlineData(3, 4, 0, true)]
    [InlineData(30, 100, 30, false)]
    [InlineData(60, 100, 0, true)]
    public void Many_silent_nodes_at_once_are_rather_the_register_s_own_line(int silent, int all, int told, bool cutOff)
    {
        var now = Instant.FromUtc(2026, 12, 1, 20, 0);
        var lastUp = Enumerable.Range(0, all).ToDictionary(node => $"n{node:000}", node => node < silent ? now - NodeSilence.SilentAfter : now);

        var silence = NodeSilence.Of(lastUp, now);

        Assert.Equal((told, cutOff), (silence.Silent.Count, silence.IsCutOff));
    }

    private static async Task ReportAsync(TestNode node, params NodeAlarm[] alarms) =>
        await node.Service.ReportStatusAsync(new ReportStatusRequest { Standing = new StandingAlarms { Alarms = { alarms } } });

    private static async Task DeliverAsync(TestNode node, TestJournal journal)
    {
        using var events = await node.PublishAsync(journal);
        var held = await events.HeldAsync();
        foreach (var record in journal.Records.Where(record => record.Sequence > held.Sequence - 1)) await events.SendAsync(record);
        await events.AcknowledgedAsync(journal.Records.Count);
    }

    private static List<FaultRow> Rows(RunningRegister register)
    {
        using var db = register.Core.Store.Read();
        return [.. db.Set<FaultRow>().OrderBy(row => row.Subject)];
    }
}
