using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Register.Jobs;

/// <summary>When a job is due, on the wall clock of Helsinki. Pure.</summary>
internal abstract record JobSchedule
{
    /// <summary>Only when somebody asks.</summary>
    public static readonly JobSchedule OnDemand = new Never();

    /// <summary>Every so often, counted from midnight UTC.</summary>
    public static JobSchedule Every(Duration span) => new Periodic(span);

    /// <summary>Each day at a time.</summary>
    public static JobSchedule Daily(LocalTime at) => new Calendar(at, "daily", static date => date);

    /// <summary>Each week on a day at a time.</summary>
    public static JobSchedule Weekly(IsoDayOfWeek day, LocalTime at) =>
        new Calendar(at, $"on {day}s", date => date.DayOfWeek == day ? date : date.Previous(day));

    /// <summary>Each year on a day at a time.</summary>
    public static JobSchedule Yearly(AnnualDate day, LocalTime at) =>
        new Calendar(at, $"yearly on {day.Day}.{day.Month}.", date => day.InYear(date.Year) <= date ? day.InYear(date.Year) : day.InYear(date.Year - 1));

    /// <summary>The last time at which it was due, now included; null when it never is.</summary>
    public abstract Instant? LastDue(Instant now);

    /// <summary>In words: `daily at 03:30`.</summary>
    public abstract string InWords { get; }

    private sealed record Never : JobSchedule
    {
        public override string InWords => "on demand";

        public override Instant? LastDue(Instant now) => null;
    }

    private sealed record Periodic(Duration Span) : JobSchedule
    {
        public override string InWords => $"every {Span.TotalMinutes:0} minutes";

        public override Instant? LastDue(Instant now) =>
            Instant.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds() / (long)Span.TotalMilliseconds * (long)Span.TotalMilliseconds);
    }

    /// <summary>A time on the last day of a kind.</summary>
    private sealed record Calendar(LocalTime At, string Word, Func<LocalDate, LocalDate> OnOrBefore) : JobSchedule
    {
        public override string InWords => $"{Word} at {At:HH:mm}";

        public override Instant? LastDue(Instant now)
        {
            var date = OnOrBefore(OpeningCalendar.DateAt(now));
            var due = Begin(date);
            return due <= now ? due : Begin(OnOrBefore(date.PlusDays(-1)));
        }

        // An hour that the clock leaps over begins with the next one, one that comes twice with its first.
        private Instant Begin(LocalDate date) => (date + At).InZoneLeniently(OpeningCalendar.Zone).ToInstant();
    }
}
