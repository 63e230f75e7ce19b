using KioskLink.Protos.Types.V1;

namespace KioskLink.Node.AlarmPanels;

/// <summary>What the alarm panel's loop needs of the rest of the node. All are thread-safe.</summary>
internal sealed record PanelWork
{
    /// <summary>How many are counted inside.</summary>
    public required Func<int> People { get; init; }

    /// <summary>Hands a record to the journal; returns at once.</summary>
    public required Action<RecordOpen> Record { get; init; }

    /// <summary>Raises an alarm: subject and sentence; null in place of the sentence clears it.</summary>
    public required Action<string, string?> Alarm { get; init; }
}
