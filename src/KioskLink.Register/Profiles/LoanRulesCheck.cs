using KioskLink.Rules.Loans;

namespace KioskLink.Register.Profiles;

/// <summary>What a profile must say of loans.</summary>
internal static class LoanRulesCheck
{
    private const int DaysMax = 366;
    private const long CentsMax = 100_000_00;

    /// <summary>The first thing that is wrong; null when all is well.</summary>
    public static string? Problem(ConsortiumProfile profile) => Types(profile.LoanRules) ?? Groups(profile) ?? Limits(profile.LoanRules);

    private static string? Types(LoanRuleSet rules)
    {
        if (rules.Types.Count == 0 || rules.Types.Select(type => type.Code).Distinct().Count() != rules.Types.Count)
        {
            return "`loanRules.types` must name each type of items once, and at least one: correct the list.";
        }

        foreach (var type in rules.Types)
        {
            if (type.Code.Length is 0 or > 64 || type.Days is < 1 or > DaysMax || type.Renewals < 0)
            {
                return $"`loanRules.types` \"{type.Code}\" needs a code, 1 to {DaysMax} `days` and no negative `renewals`: correct it.";
            }

            if (new[] { type.FeePerDayCents, type.FeeCapCents, type.LoanFeeCents }.Any(cents => cents is < 0 or > CentsMax))
            {
                return $"`loanRules.types` \"{type.Code}\" has a fee below 0 or above {CentsMax} cents: correct it.";
            }

            if (type.Media.Length > 0 && (type.Media.Length != 3 || string.CompareOrdinal(type.Media, "010") > 0 || !type.Media.All(char.IsAsciiDigit)))
            {
                return $"`loanRules.types` \"{type.Code}\": `media` must be a media type of SIP2, 000 to 010: correct it.";
            }
        }

        return null;
    }

    private static string? Groups(ConsortiumProfile profile)
    {
        var rules = profile.LoanRules;
        var (groups, types) = (profile.Groups.Select(group => group.Code).ToHashSet(), rules.Types.Select(type => type.Code).ToHashSet());
        foreach (var group in rules.Groups)
        {
            if (!groups.Contains(group.Code))
            {
                return $"`loanRules.groups` names \"{group.Code}\", which is no group of `groups`: correct it.";
            }

            if (group.WithoutTypes.Concat(group.Days.Keys).FirstOrDefault(type => !types.Contains(type)) is { } unknown)
            {
                return $"`loanRules.groups` \"{group.Code}\" names the type \"{unknown}\", which is none of `loanRules.types`: correct it.";
            }

            if (group.Days.Values.Any(days => days is < 1 or > DaysMax) || group.LoanLimit < 0 || group.HoldLimit < 0)
            {
                return $"`loanRules.groups` \"{group.Code}\" needs 1 to {DaysMax} `days` and limits that are not negative: correct it.";
            }
        }

        return null;
    }

    private static string? Limits(LoanRuleSet rules)
    {
        if (rules.LoanLimit < 0 || rules.OverdueLimit < 0 || rules.HoldLimit < 0 || rules.FeeLimitCents < 0 || rules.HoldDays is < 0 or > 3 * DaysMax)
        {
            return "`loanRules` has a limit that is negative or too long: give 0 for no limit.";
        }

        return rules.HoldShelfDays is < 1 or > DaysMax ? $"`loanRules.holdShelfDays` must lie between 1 and {DaysMax}: change it." : null;
    }
}
