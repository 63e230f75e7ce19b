using Google.Protobuf;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Store;

namespace KioskLink.Register.Events;

/// <summary>
/// Dates records across the batches of a journal: a batch may hold the record that dates those before it, or continue a boot that
/// stored records date. The records of a boot lie together, so that looking back ends where another boot begins. Thread-safe.
/// </summary>
internal sealed class LateDating(RegisterCore core, RecordReading reading)
{
    /// <summary>Stored records that are read at once.</summary>
    public const int PageSize = 256;

    /// <summary>Learns what a batch and, where it does not tell, the records before it know of its boots; dates what is stored undated.</summary>
    public async Task LearnAsync(DeliveredJournal journal, IReadOnlyList<JournalRecord> batch, BootDates dates)
    {
        var opened = batch.Select(record => RecordReading.Open(record.Open)).ToList();
        var boot = opened[0].BootId;
        var (isNew, wasKnown) = (dates.Meet(boot), dates.Of(boot) is not null);
        opened.ForEach(dates.Learn);
        if (boot.Length > 0 && (isNew || (!wasKnown && dates.Of(boot) is not null)))
            await LookBackAsync(journal, boot, batch[0].Sequence, dates);
        dates.Meet(opened[^1].BootId);
    }

    private async Task LookBackAsync(DeliveredJournal journal, string boot, long before, BootDates dates)
    {
        while (true)
        {
            var page = ReadBefore(journal, before);
            var ofBoot = page.TakeWhile(record => RecordReading.Open(record.Open).BootId == boot).ToList();
            var undated = ofBoot.TakeWhile(record => !RecordReading.Open(record.Open).ClockTrusted).ToList();
            if (undated.Count < ofBoot.Count)
                dates.Learn(RecordReading.Open(ofBoot[undated.Count].Open));
            if (dates.Of(boot) is not null)
                await DateAsync(journal, undated, dates);
            if (undated.Count < PageSize)
                return;
            before = undated[^1].Sequence;
        }
    }

    private async Task DateAsync(DeliveredJournal journal, IEnumerable<JournalRecord> undated, BootDates dates)
    {
        var decisions = undated.Select(record => reading.Read(record, journal.BranchId, dates)).Where(read => read.Open.Kind == RecordKind.Decision).ToList();
        if (decisions.Count == 0) return;
        await core.Lane.WriteAsync(scope =>
        {
            foreach (var decision in decisions)
                AttemptJoin.Date(scope, journal.NodeId, decision);
        });
    }

    private List<JournalRecord> ReadBefore(DeliveredJournal journal, long before)
    {
        using var db = core.Store.Read();
        return
        [
            .. db.Set<JournalRecordRow>()
                .Where(row => row.Consortium == core.Store.Consortium && row.NodeId == journal.NodeId && row.JournalId == journal.JournalId && row.Sequence < before)
                .OrderByDescending(row => row.Sequence)
                .Take(PageSize)
                .AsEnumerable()
                .Select(row => new JournalRecord { Sequence = row.Sequence, Open = ByteString.CopyFrom(row.Open), Personal = ByteString.CopyFrom(row.Personal) }),
        ];
    }
}
