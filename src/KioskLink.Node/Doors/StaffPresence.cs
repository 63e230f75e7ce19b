using System.Text;
using KioskLink.Node.Hosting;
using KioskLink.Rules.Branches;
using NodaTime;
using NodaTime.Text;

namespace KioskLink.Node.Doors;

/// <summary>What became of the word that staff is there.</summary>
internal enum StaffArrival
{
    /// <summary>It counts until midnight.</summary>
    Noted,

    /// <summary>Nobody vouches for the clock.</summary>
    ClockUntrusted,

    /// <summary>These are no staffed hours.</summary>
    NotStaffedHours,
}

/// <summary>Whether staff has come today (firstPersonIn): set by the first staff badge in staffed hours or by a confirmation in its place, kept on disk over a restart, over at midnight. Thread-safe.</summary>
internal sealed class StaffPresence
{
    private readonly Lock _gate = new();
    private readonly string _path;
    private LocalDate? _day;

    /// <summary>Reads what the disk holds; what cannot be read counts as nobody there.</summary>
    public StaffPresence(string dataFolder)
    {
        _path = Path.Combine(dataFolder, "staff-present");
        if (File.Exists(_path) && LocalDatePattern.Iso.Parse(File.ReadAllText(_path).Trim()) is { Success: true } day)
            _day = day.Value;
    }

    /// <summary>Whether staff has come on the day of this time.</summary>
    public bool IsPresent(Instant now)
    {
        lock (_gate)
            return _day == StaffedHours.DayOf(now);
    }

    /// <summary>Staff is there. It counts in staffed hours only, and by a clock that somebody vouches for: by another it could be any day, and the doors would be free on that one.</summary>
    /// <param name="branch">The branch; null until the first sync.</param>
    /// <param name="clockTrusted">Whether the clock can be relied on.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="IOException">It cannot be kept on disk; it holds until the node stops all the same.</exception>
    public StaffArrival Arrive(BranchPolicy? branch, bool clockTrusted, Instant now)
    {
        if (!clockTrusted)
            return StaffArrival.ClockUntrusted;
        if (branch?.Hours is not { } hours || OpeningCalendar.KindAt(hours, now) != PeriodKind.Staffed)
            return StaffArrival.NotStaffedHours;
        Note(now);
        return StaffArrival.Noted;
    }

    private void Note(Instant now)
    {
        var today = StaffedHours.DayOf(now);
        lock (_gate)
        {
            if (_day == today)
                return;
            _day = today;
        }
        DurableFile.Write(_path, Encoding.ASCII.GetBytes(LocalDatePattern.Iso.Format(today)));
    }
}
