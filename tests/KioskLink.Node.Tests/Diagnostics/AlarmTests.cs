using KioskLink.Node.Diagnostics;
using KioskLink.Node.Tests.Rig;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;

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

        Assert.Equal(2, _rig.Journal().Count(open => open.Kind == RecordKind.Alarm));
    }

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
