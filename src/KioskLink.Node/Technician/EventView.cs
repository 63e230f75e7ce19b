using System.Globalization;
using KioskLink.Node.Journal;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Node.Technician;

/// <summary>A record of the journal as the page shows it: its open part, in which nobody stands.</summary>
/// <param name="Sequence">Its number.</param>
/// <param name="Time">When, UTC.</param>
/// <param name="What">What happened.</param>
/// <param name="Where">The door or device; empty for neither.</param>
/// <param name="Detail">More about it; empty for nothing.</param>
/// <param name="Tone">`good`, `bad` or empty.</param>
public sealed record EventView(long Sequence, string Time, string What, string Where, string Detail, string Tone)
{
    /// <summary>Records that the page shows.</summary>
    internal const int ShownMax = 15;

    /// <summary>The newest records, newest first.</summary>
    internal static IReadOnlyList<EventView> Newest(NodeJournal journal) =>
        [.. journal.Read(Math.Max(1, journal.LastSequence - ShownMax + 1), ShownMax).Reverse().Select(record => Of(record.Sequence, SealedRecord.Open(record)))];

    private static EventView Of(long sequence, RecordOpen open) => new(
        sequence, open.Time?.ToDateTimeOffset().ToString("HH:mm:ss", CultureInfo.InvariantCulture) ?? "", WhatOf(open), open.DoorId.Length > 0 ? open.DoorId : open.DeviceId, open.Detail, ToneOf(open));

    private static string WhatOf(RecordOpen open) => open.Kind switch
    {
        RecordKind.Decision => $"{open.Code} by {open.Source}",
        RecordKind.Outcome => $"Lock: {open.Outcome}",
        RecordKind.StalePresentation => "Stale presentation",
        RecordKind.JournalOpened => "Journal opened",
        RecordKind.NodeStarted => "Node started",
        _ => $"{open.Kind}",
    };

    private static string ToneOf(RecordOpen open) => open.Kind switch
    {
        RecordKind.Decision => open.Granted ? "good" : "bad",
        RecordKind.Alarm => open.Alarm?.Cleared == true ? "" : "bad",
        _ => "",
    };
}
