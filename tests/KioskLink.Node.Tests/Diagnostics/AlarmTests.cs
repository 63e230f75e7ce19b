using KioskLink.Node.AlarmOutputs;
using KioskLink.Node.Diagnostics;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Node.Tests.Rig;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace KioskLink.Node.Tests.Diagnostics;

public class AlarmTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly NodeRig _rig;

    public AlarmTests() => _rig = new NodeRig(_folder, new TestAuthority());

    [Fact]
    public async Task The_same_words_about_the_same_subject_are_journaled_once_until_they_are_cleared()
    {
        _rig.Parts.Alarms.Raise("lock", "it is stuck");
        _rig.Parts.Alarms.Raise("lock", "it is stuck");
        _rig.Parts.Alarms.Clear("lock");
        Assert.Empty(_rig.Parts.Alarms.Standing);
        _rig.Parts.Alarms.Raise("lock", "it is stuck");
        await _rig.Parts.Journal.AppendAsync(new RecordOpen { Kind = RecordKind.Link });

        Assert.Equal([false, true, false], _rig.Journal().Where(open => open.Kind == RecordKind.Alarm).Select(open => open.Alarm.Cleared));
    }

    [Fact]
    public async Task An_alarm_is_journaled_with_its_kind_and_the_line_on_which_its_device_hangs_and_so_is_its_end()
    {
        var alarms = new Alarms(_rig.Parts.Journal, new Dictionary<string, string> { ["front-reader"] = "bus0" }, NullLogger<Alarms>.Instance);
        alarms.Raise("device front-reader", "Device front-reader does not answer.");
        alarms.Clear("device front-reader");
        alarms.Clear("device front-reader");
        await _rig.Parts.Journal.AppendAsync(new RecordOpen { Kind = RecordKind.Link });

        var told = _rig.Journal().Where(open => open.Kind == RecordKind.Alarm).ToList();
        Assert.Equal((AlarmKind.DeviceSilent, "port bus0", false), (told[0].Alarm.Kind, told[0].Alarm.RootSubject, told[0].Alarm.Cleared));
        Assert.Equal(("device front-reader", true, "Over: Device front-reader does not answer."), (told[1].Alarm.Subject, told[1].Alarm.Cleared, told[1].Detail));
        Assert.Equal(2, told.Count);
    }

    [Fact]
    public void What_stands_is_reported_and_only_what_is_critical_needs_somebody_at_once()
    {
        _rig.Parts.Alarms.Raise("held front", "Door front: held open.");
        Assert.False(_rig.Parts.Alarms.HasCritical);
        _rig.Parts.Alarms.Raise("forced front", "Door front: forced.");

        Assert.True(_rig.Parts.Alarms.HasCritical);
        Assert.Equal([AlarmKind.DoorForced, AlarmKind.DoorHeld], _rig.Parts.Alarms.Report().Alarms.Select(alarm => alarm.Kind));
    }

    [Theory]
    [InlineData(false, true, false, true)]
    [InlineData(false, true, true, false)]
    [InlineData(false, false, false, false)]
    [InlineData(true, true, true, true)]
    [InlineData(true, false, true, false)]
    public void The_node_s_own_output_tells_of_a_critical_alarm_while_the_register_cannot_hear_of_it(bool always, bool critical, bool online, bool on) =>
        Assert.Equal(on, AlarmLamps.IsOn(new AlarmOutputConfig { When = always ? AlarmOutputWhen.Always : AlarmOutputWhen.LineDown }, critical, online));

    [Fact]
    public async Task More_alarms_than_can_stand_fill_no_journal()
    {
        for (var alarm = 0; alarm < Alarms.Limit + 10; alarm++)
            _rig.Parts.Alarms.Raise($"device {alarm}", "it does not answer");
        await _rig.Parts.Journal.AppendAsync(new RecordOpen { Kind = RecordKind.Link });

        Assert.Equal(Alarms.Limit, _rig.Parts.Alarms.Standing.Count);
        Assert.Equal(Alarms.Limit, _rig.Journal().Count(open => open.Kind == RecordKind.Alarm));
    }

    public void Dispose()
    {
        _rig.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
