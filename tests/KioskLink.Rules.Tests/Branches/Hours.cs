using System.Globalization;
using KioskLink.Rules.Branches;
using NodaTime;
using NodaTime.Text;
using Period = KioskLink.Rules.Branches.Period;

namespace KioskLink.Rules.Tests.Branches;

/// <summary>Short ways to say opening hours and Helsinki times.</summary>
internal static class Hours
{
    public static OpeningHours AllDay(PeriodKind kind = PeriodKind.SelfService) => EveryDay(P("00:00", "24:00", kind));

    public static OpeningHours EveryDay(params Period[] periods) => new(
        Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None).ToDictionary(day => day, _ => (IReadOnlyList<Period>)periods),
        new Dictionary<LocalDate, IReadOnlyList<Period>>());

    public static Period P(string from, string to, PeriodKind kind) => new(Minutes(from), Minutes(to), kind);

    public static Instant At(LocalDate date, string time) =>
        (date + LocalTimePattern.GeneralIso.Parse(time).Value).InZoneStrictly(OpeningCalendar.Zone).ToInstant();

    public static OpeningHours On(IsoDayOfWeek day, params Period[] periods) =>
        EveryDay() with { Week = new Dictionary<IsoDayOfWeek, IReadOnlyList<Period>> { [day] = periods } };

    private static int Minutes(string time) =>
        (int.Parse(time[..2], CultureInfo.InvariantCulture) * 60) + int.Parse(time[3..], CultureInfo.InvariantCulture);
}
