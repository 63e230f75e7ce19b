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
}
