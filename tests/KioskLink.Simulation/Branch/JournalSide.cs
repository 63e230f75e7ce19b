using KioskLink.Node.Clock;
using KioskLink.Node.Journal;
using KioskLink.Protos.Types.V1;
using KioskLink.Simulation.World;

namespace KioskLink.Simulation.Branch;

/// <summary>The journal's queue: what waits is chained and synced together; nobody is told before it is durable.</summary>
internal sealed class JournalSide(NodeRun run)
{
    private readonly List<(RecordOpen Open, RecordPersonal? Personal, Action<bool> Done)> _waiting = [];
    private bool _isWriting;

    public void Append(RecordOpen open, RecordPersonal? personal, Action<bool> done)
    {
        open.Time ??= run.Now.ToProto();
        open.ClockTrusted = run.IsClockTrusted;
        open.BootId = run.Node.BootId;
        open.BootTime = run.Node.BootTime.ToProto();
        if (run.World.Bug == PlantedBug.UnlockBeforeSync)
        {
            var atOnce = done;
            run.After(NodaTime.Duration.Zero, () => atOnce(true));
            done = _ => { };
        }
        _waiting.Add((open, personal, done));
        Write();
    }

    private void Write()
    {
        if (_isWriting || _waiting.Count == 0)
            return;
        _isWriting = true;
        var batch = _waiting.ToList();
        _waiting.Clear();
        run.Node.Disk.Append(Chain(batch), durable =>
        {
            if (!run.IsAlive)
                return;
            _isWriting = false;
            batch.ForEach(item => item.Done(durable));
            run.Uplink.Carry();
            Write();
        });
    }

    private List<JournalRecord> Chain(List<(RecordOpen Open, RecordPersonal? Personal, Action<bool> Done)> batch)
    {
        var (sequence, head) = ((long)run.Node.Disk.Journal.Count, run.Node.Disk.Head.ToArray());
        var records = new List<JournalRecord>(batch.Count);
        foreach (var (open, personal, _) in batch)
        {
            records.Add(SealedRecord.After(sequence, head, open, personal));
            (sequence, head) = (sequence + 1, records[^1].Hash.ToByteArray());
        }
        return records;
    }
}
