using KioskLink.Protos.Types.V1;

namespace KioskLink.Node.Journal;

/// <summary>Finds decisions whose outcome was never recorded: the node ended between them.</summary>
internal static class Interruptions
{
    /// <summary>One record for each decision without outcome. What happened at the lock is unknown, and nothing is moved for it.</summary>
    public static IReadOnlyList<RecordOpen> Find(IEnumerable<JournalRecord> records)
    {
        var pending = new Dictionary<string, RecordOpen>(StringComparer.Ordinal);
        foreach (var record in records)
        {
            var open = SealedRecord.Open(record);
            if (open.Kind == RecordKind.Decision)
                pending[open.AttemptId] = open;
            else if (open.Kind is RecordKind.Outcome or RecordKind.Interrupted)
                pending.Remove(open.AttemptId);
        }
        return [.. pending.Values.Select(Interrupted)];
    }

    private static RecordOpen Interrupted(RecordOpen decision) => new()
    {
        Kind = RecordKind.Interrupted,
        AttemptId = decision.AttemptId,
        DoorId = decision.DoorId,
        DeviceId = decision.DeviceId,
        Detail = "the node ended before it could record the outcome",
    };
}
