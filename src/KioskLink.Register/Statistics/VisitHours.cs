using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Access;
using KioskLink.Register.Retention;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using NodaTime;
using NodaTime.Text;

namespace KioskLink.Register.Statistics;

/// <summary>
/// Visits by branch and hour, which tell of nobody and are never suppressed (R53): the entries of the door log together with the counts
/// that older ones have become (R63). Thread-safe.
/// </summary>
internal sealed class VisitHours(RegisterCore core)
{
    // One statement: a retention run meanwhile moves an entry from one part to the other, and neither loses nor doubles it.
    private static readonly string Granted = $"""
        SELECT branch_id, {DoorEntries.At}, '', 0, 1 FROM attempts
        WHERE consortium = $consortium AND {DoorEntries.Code} = $granted AND {DoorEntries.At} >= $from AND {DoorEntries.At} < $to
            AND NOT {DoorEntries.IsCounted}
        UNION ALL
        SELECT branch_id, 0, day, hour, entries FROM door_counts
        WHERE consortium = $consortium AND code = $granted AND day >= $first AND day <= $last
        """;

    /// <summary>The visits of some days, by branch, day and hour.</summary>
    public IReadOnlyList<VisitCount> Of(RegisterDb db, DateInterval days)
    {
        using var command = Sql.Command(
            db, Granted,
            ("$consortium", core.Store.Consortium), ("$granted", (int)DecisionCode.Granted), ("$kept", Kept()),
            ("$from", Start(days.Start)), ("$to", Start(days.End.PlusDays(1))),
            ("$first", LocalDatePattern.Iso.Format(days.Start)), ("$last", LocalDatePattern.Iso.Format(days.End)));
        using var reader = command.ExecuteReader();
        var counts = new SortedDictionary<(string Branch, string Day, int Hour), long>();
        while (reader.Read())
        {
            var (day, hour) = reader.GetString(2) is { Length: > 0 } counted ? (counted, reader.GetInt32(3)) : HourOf(reader.GetInt64(1));
            var cell = (reader.GetString(0), day, hour);
            counts[cell] = counts.GetValueOrDefault(cell) + reader.GetInt64(4);
        }

        return [.. counts.Select(cell => new VisitCount { BranchId = cell.Key.Branch, Date = cell.Key.Day, Hour = cell.Key.Hour, Visits = cell.Value })];
    }

    // For how long entries are rows, UTC milliseconds; where no period is set none becomes a count.
    private long Kept() => core.Profile.Retention.FirstOrDefault(entry => entry.Rule == RetentionRules.DoorLog)?.Period is { } keep
        ? (core.Now() - keep.CutoffByTheHour(core.Now())).ToInt64Nanoseconds() / NodaConstants.NanosecondsPerMillisecond
        : long.MaxValue;

    private static (string Day, int Hour) HourOf(long at)
    {
        var local = Instant.FromUnixTimeMilliseconds(at).InZone(OpeningCalendar.Zone).LocalDateTime;
        return (LocalDatePattern.Iso.Format(local.Date), local.Hour);
    }

    private static long Start(LocalDate date) => OpeningCalendar.Zone.AtStartOfDay(date).ToInstant().ToUnixTimeMilliseconds();
}
