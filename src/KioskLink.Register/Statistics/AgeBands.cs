using NodaTime;

namespace KioskLink.Register.Statistics;

/// <summary>The age bands of statistics. Pure.</summary>
internal static class AgeBands
{
    private static readonly (int From, string Name)[] Bands = [(65, "65-"), (30, "30-64"), (18, "18-29"), (15, "15-17"), (7, "7-14"), (0, "0-6")];

    /// <summary>The age band of somebody on a day.</summary>
    public static string Of(LocalDate born, LocalDate day)
    {
        var age = Period.Between(born, day, PeriodUnits.Years).Years;
        return Bands.First(band => age >= band.From || band.From == 0).Name;
    }
}
