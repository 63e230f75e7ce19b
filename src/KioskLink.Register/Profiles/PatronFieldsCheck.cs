namespace KioskLink.Register.Profiles;

/// <summary>What the part of a profile about patrons' data must say beyond its form.</summary>
internal static class PatronFieldsCheck
{
    private const int VersionMax = 32;

    /// <summary>The first thing that is wrong, naming the key and the mend; null when all is well.</summary>
    public static string? Problem(ConsortiumProfile profile)
    {
        if (profile.PatronFields.TermsVersion.Length is 0 or > VersionMax)
        {
            return $"`patronFields.termsVersion` must have 1 to {VersionMax} characters: name the version of the terms in force.";
        }

        if (profile.PatronFields.TermsAddress is { } terms && !new[] { terms.Fi, terms.Sv, terms.En }.All(IsAddress))
        {
            return "`patronFields.termsAddress` must be an address that begins with https:// in each of fi, sv and en: correct it, or leave it out.";
        }

        return profile.LoanHistory == LoanHistoryUse.HomeServiceOnly && !profile.Groups.Any(group => group.HomeService)
            ? "`loanHistory` is home-service-only and no group has `homeService`: mark the group."
            : null;
    }

    private static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps;
}
