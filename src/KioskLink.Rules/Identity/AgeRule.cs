using NodaTime;

namespace KioskLink.Rules.Identity;

/// <summary>When a person is old enough (domain facts 3.3). Pure and thread-safe.</summary>
public static class AgeRule
{
    /// <summary>The first day, in Helsinki, on which the age is reached; somebody born on 29 February reaches it on 1 March.</summary>
    public static LocalDate OkFrom(LocalDate born, int minimumAge)
    {
        var birthday = born.PlusYears(minimumAge);
        return birthday.Day == born.Day ? birthday : birthday.PlusDays(1);
    }

    /// <summary>The age in years on a day in Helsinki; it is derived wherever it is needed and stored nowhere (R12).</summary>
    public static int At(LocalDate born, LocalDate today)
    {
        var years = today.Year - born.Year;
        return Math.Max(0, OkFrom(born, years) <= today ? years : years - 1);
    }
}
