using KioskLink.Node.Diagnostics;
using KioskLink.Node.Journal;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Node.EventUplink;

/// <summary>Tells watchers when the decisions of presentations have reached the register.</summary>
internal static class UplinkSteps
{
    private const int Step = 8;

    /// <summary>Tells of the decisions among newly acknowledged records; costs nothing while nobody watches.</summary>
    public static void Tell(Steps steps, NodeJournal journal, long before, long acknowledged)
    {
        if (!steps.IsWatched || acknowledged <= before)
            return;
        foreach (var record in journal.Read(before + 1, (int)(acknowledged - before)))
        {
            var open = SealedRecord.Open(record);
            if (open.Kind == RecordKind.Decision)
                steps.ReachedAfter(open.AttemptId, open.DoorId, Step);
        }
    }
}
