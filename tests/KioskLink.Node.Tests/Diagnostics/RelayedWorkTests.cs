using System.Collections.Concurrent;
using System.Threading.Channels;
using Google.Protobuf.WellKnownTypes;
using KioskLink.Devices.Osdp;
using KioskLink.Node.Diagnostics;
using KioskLink.Node.Tests.Hosting;
using KioskLink.Node.Tests.Rig;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;
using DeviceQuestion = KioskLink.Protos.Types.V1.DeviceQuestion;

namespace KioskLink.Node.Tests.Diagnostics;

/// <summary>A technician at the register has a whole node work on its devices.</summary>
public sealed class RelayedWorkTests : IAsyncLifetime
{
    private readonly WholeNode _node = new();
    private readonly Channel<ReceiveCommandsResponse> _commands = Channel.CreateUnbounded<ReceiveCommandsResponse>();
    private readonly ConcurrentDictionary<string, Channel<DeviceActReport>> _reports = new();
    private readonly ConcurrentDictionary<string, bool> _unwanted = new();
    private readonly Inbox<NodeDiagnosis> _sheets = new();

    public async Task InitializeAsync()
    {
        await _node.StartRegisterAsync();
        _node.Register.Commands = async (responses, cancel) =>
        {
            await foreach (var command in _commands.Reader.ReadAllAsync(cancel))
                await responses.WriteAsync(command, cancel);
        };
        _node.Register.Report = report =>
        {
            if (report.DeviceAct is { } work && _reports.TryGetValue(report.CommandId, out var reports))
                reports.Writer.TryWrite(work);
            if (report.Diagnosis is { } sheet)
                _sheets.Post(sheet);
            return new ReportStatusResponse { Unwanted = _unwanted.ContainsKey(report.CommandId) };
        };
        await _node.StartAsync();
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task A_probe_is_answered_and_on_record_with_role_and_reason()
    {
        var reports = await WorkAsync(new DeviceAct { Kind = DeviceActKind.Probe, Subject = "io", Question = DeviceQuestion.Inputs });

        Assert.True(reports[^1].Passed);
        Assert.StartsWith("Inputs: Acknowledged, reply 49 ", reports[^1].Steps[0].Sentence, StringComparison.Ordinal);
        Assert.Contains(await ActsAsync(), act => act is { DeviceId: "io", Detail: "role technician through the register: probes it: the door is slow" });
    }

    [Fact]
    public async Task A_reader_shows_its_colours_to_who_stands_before_it()
    {
        var tones = _node.Reader.Tones;

        var reports = await WorkAsync(new DeviceAct { Kind = DeviceActKind.TestReader, Subject = "reader", KeysFor = new Duration() });

        Assert.Equal("red light: look and listen now", reports[0].Steps[0].Sentence);
        Assert.True(reports[^1].Passed);
        Assert.Equal(tones + 1, _node.Reader.Tones);
    }

    [Fact]
    public async Task A_lock_is_unlocked_only_where_somebody_says_that_the_door_may_open()
    {
        var refused = await WorkAsync(new DeviceAct { Kind = DeviceActKind.TestLock, Subject = Samples.Door });
        Assert.StartsWith("NOT_CONFIRMED", refused[^1].Problem, StringComparison.Ordinal);
        Assert.DoesNotContain(_node.Relay.Drain(), switched => switched.On);

        var reports = await WorkAsync(new DeviceAct { Kind = DeviceActKind.TestLock, Subject = Samples.Door, DoorMayOpen = true });

        Assert.True(reports[^1].Passed, reports[^1].Problem);
        await _node.Relay.NextWhere(switched => switched == (0, true), "the relay is on");
    }

    [Fact]
    public async Task A_lock_does_not_move_for_a_command_that_came_too_late()
    {
        var reports = await WorkAsync(new DeviceAct { Kind = DeviceActKind.TestLock, Subject = Samples.Door, DoorMayOpen = true }, TimeSpan.FromSeconds(-10));

        Assert.StartsWith("The command came too late", reports[^1].Problem, StringComparison.Ordinal);
        Assert.DoesNotContain(_node.Relay.Drain(), switched => switched.On);
    }

    [Fact]
    public async Task A_replug_is_guided_from_afar()
    {
        var command = Begin(new DeviceAct { Kind = DeviceActKind.TestReplug, Subject = "reader" }, TimeSpan.FromSeconds(5));
        var last = new DeviceActReport();
        while (!last.Done)
        {
            last = await NextAsync(command);
            if (last.Steps[0].Sentence.StartsWith("pull", StringComparison.Ordinal))
                _node.Line.Unplug();
            else if (last.Steps[0].Sentence.StartsWith("it is gone", StringComparison.Ordinal))
                _node.Line.Replug();
        }

        Assert.True(last.Passed, last.Steps[0].Sentence);
    }

    [Fact]
    public async Task A_trace_shows_whole_frames_and_ends_with_its_count()
    {
        var reports = await WorkAsync(new DeviceAct { Kind = DeviceActKind.WatchTrace, Subject = "bus0", Frames = 20 });

        var frames = reports.SelectMany(report => report.Steps).ToList();
        Assert.Equal(20, frames.Count);
        Assert.All(frames, frame => Assert.True(FrameSummary.Of(frame.Frame.Span).IsWhole));
        Assert.Contains(frames, frame => frame.Sent);
        Assert.Contains(frames, frame => !frame.Sent);
    }

    [Fact]
    public async Task A_trace_that_nobody_waits_for_any_more_ends()
    {
        var trace = new DeviceAct { Kind = DeviceActKind.WatchTrace, Subject = "bus0", Frames = 100_000 };
        var probe = new DeviceAct { Kind = DeviceActKind.Probe, Subject = "io", Question = DeviceQuestion.Inputs };
        string[] commands = [.. Enumerable.Range(0, RelayedWork.WorksMax).Select(_ => Begin(trace, TimeSpan.FromSeconds(5)))];
        foreach (var command in commands)
            await NextAsync(command);
        Assert.StartsWith($"{RelayedWork.WorksMax} works are under way", (await WorkAsync(probe))[^1].Problem, StringComparison.Ordinal);

        foreach (var command in commands)
            _unwanted[command] = true;

        await Patience.Until(async () => (await WorkAsync(probe))[^1].Passed, "room for another work");
    }

    [Fact]
    public async Task What_the_node_does_not_have_is_said_so()
    {
        var reports = await WorkAsync(new DeviceAct { Kind = DeviceActKind.TestReader, Subject = "attic" });

        Assert.Equal("This node has no device attic.", reports.Single().Problem);
    }

    [Fact]
    public async Task A_diagnosis_gives_each_device_with_its_key_and_every_percentile_and_is_on_record()
    {
        var sheet = await DiagnoseAsync();

        Assert.Equal(["reader", "io"], sheet.Devices.Select(device => device.DeviceId));
        Assert.All(sheet.Devices, device =>
        {
            Assert.Equal(("OWN", ""), (device.KeyState, device.KeyProblem));
            TimeSpan[] times = [.. new[] { device.MedianReply, device.P95Reply, device.P99Reply, device.LongestReply }.Select(time => time.ToTimeSpan())];
            Assert.Equal(times.Order(), times);
            Assert.NotEqual(TimeSpan.Zero, times[0]);
        });
        Assert.Contains(await ActsAsync(), act => act.Detail == "role technician asks the doctor through the register: the door is slow");
    }

    [Fact]
    public async Task No_work_is_done_and_nothing_examined_that_the_journal_cannot_take()
    {
        _node.FillJournal();

        foreach (var kind in System.Enum.GetValues<DeviceActKind>().Where(kind => kind != DeviceActKind.Unspecified))
        {
            var subject = kind switch { DeviceActKind.TestLock => Samples.Door, DeviceActKind.WatchTrace => "bus0", _ => "reader" };
            var report = Assert.Single(await WorkAsync(new DeviceAct { Kind = kind, Subject = subject, Question = DeviceQuestion.Inputs, DoorMayOpen = true, Frames = 1 }));
            Assert.Contains("cannot be recorded", report.Problem, StringComparison.Ordinal);
        }
        var sheet = await DiagnoseAsync();
        Assert.Equal("NOT_RECORDED", Assert.Single(sheet.Checks).Code);
        Assert.Empty(sheet.Devices);
        Assert.DoesNotContain(_node.Relay.Drain(), switched => switched.On);
    }

    private async Task<NodeDiagnosis> DiagnoseAsync()
    {
        _commands.Writer.TryWrite(new ReceiveCommandsResponse { CommandId = Guid.NewGuid().ToString("N"), Command = DoorCommand.State, Diagnose = true, Role = "technician", Reason = "the door is slow" });
        return await _sheets.Next("the sheet");
    }

    private string Begin(DeviceAct act, TimeSpan validFor)
    {
        var id = Guid.NewGuid().ToString("N");
        _reports[id] = Channel.CreateUnbounded<DeviceActReport>();
        _commands.Writer.TryWrite(new ReceiveCommandsResponse
        {
            CommandId = id,
            ExpireTime = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow() + validFor),
            Command = DoorCommand.State,
            Role = "technician",
            Reason = "the door is slow",
            DeviceAct = act,
        });
        return id;
    }

    private Task<DeviceActReport> NextAsync(string command) => Patience.For(_reports[command].Reader.ReadAsync().AsTask(), "a report");

    private async Task<IReadOnlyList<DeviceActReport>> WorkAsync(DeviceAct act, TimeSpan? validFor = null)
    {
        var command = Begin(act, validFor ?? TimeSpan.FromSeconds(5));
        var reports = new List<DeviceActReport>();
        do
            reports.Add(await NextAsync(command));
        while (!reports[^1].Done);
        return reports;
    }

    private async Task<IReadOnlyList<RecordOpen>> ActsAsync()
    {
        using var channel = _node.OpenSocket();
        using var journal = new DiagnosticsService.DiagnosticsServiceClient(channel).WatchJournal(new WatchJournalRequest { FromSequence = 1, StopAtEnd = true });
        var acts = new List<RecordOpen>();
        while (await journal.ResponseStream.MoveNext(CancellationToken.None))
            if (journal.ResponseStream.Current.Open is { Kind: RecordKind.Technician } act)
                acts.Add(act);
        return acts;
    }
}
