using System.Text;
using KioskLink.Node.Hosting;
using NodaTime;
using NodaTime.Text;

namespace KioskLink.Node.Doors;

/// <summary>Whether staff has come today (firstPersonIn): set by the first staff badge in staffed hours, kept on disk over a restart, over at midnight. Thread-safe.</summary>
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

    /// <summary>Staff is there.</summary>
    /// <exception cref="IOException">It cannot be kept on disk; it holds until the node stops all the same.</exception>
    public void Arrived(Instant now)
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
