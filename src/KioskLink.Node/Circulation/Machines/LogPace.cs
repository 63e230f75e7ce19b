using KioskLink.Sip2.Server;

namespace KioskLink.Circulation.Machines;

/// <summary>Lets one line a minute of each kind and machine into the log, so that no machine and no guesser floods it. Thread-safe.</summary>
/// <param name="tell">Writes a line, with the number of reports alike that were swallowed before it.</param>
/// <param name="time">The clock.</param>
internal sealed class LogPace(Action<ListenerReport, int> tell, TimeProvider time)
{
    /// <summary>Between two lines alike.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    /// <summary>Kinds and machines that are remembered; beyond it all are forgotten at once, and each may be told again.</summary>
    public const int Limit = 512;

    private readonly Lock _gate = new();
    private readonly Dictionary<(SessionEvent, string), (long At, int Swallowed)> _told = [];

    /// <summary>Tells of a report, or counts it.</summary>
    public void Tell(ListenerReport report)
    {
        if (report.Event is SessionEvent.None or SessionEvent.Connected or SessionEvent.Disconnected or SessionEvent.SentAgain)
            return;
        if (Count(report) is { } swallowed)
            tell(report, swallowed);
    }

    private int? Count(ListenerReport report)
    {
        var key = (report.Event, report.Login ?? report.Source);
        lock (_gate)
        {
            if (_told.TryGetValue(key, out var last) && time.GetElapsedTime(last.At) < Between)
            {
                _told[key] = last with { Swallowed = last.Swallowed + 1 };
                return null;
            }
            if (_told.Count >= Limit)
                _told.Clear();
            _told[key] = (time.GetTimestamp(), 0);
            return last.Swallowed;
        }
    }
}
