using KioskLink.Rules.Access;
using NodaTime;

namespace KioskLink.Register.Profiles;

/// <summary>What a profile must say of its bans.</summary>
internal static class BanCheck
{
    // Act 1492/2016, section 15: a use ban is for a fixed time of at most a month.
    private static readonly Duration UseLongest = Duration.FromDays(30);

    /// <summary>The first thing that is wrong; null when all is well.</summary>
    public static string? Problem(ConsortiumProfile profile)
    {
        var bans = profile.Bans;
        if (bans.UseMax <= Duration.Zero || bans.UseMax > UseLongest)
        {
            return $"`bans.useMax` must be at most {UseLongest.Days}d (Act 1492/2016, section 15): shorten it.";
        }

        if (bans.SelfServiceDefault <= Duration.Zero || bans.SelfServiceDefault > bans.SelfServiceMax)
        {
            return "`bans.selfServiceDefault` must be longer than nothing and at most `bans.selfServiceMax`: change one of them.";
        }

        if (bans.UseBranchesMax < 1)
        {
            return "`bans.useBranchesMax` must be at least 1: change it.";
        }

        return bans.Kinds.Contains(BanKind.Use) && profile.Languages.FirstOrDefault(language => !bans.Appeal.ContainsKey(language)) is var silent and not Language.Unknown
            ? $"`bans.appeal` has no text in {silent.ToString().ToLowerInvariant()}: say there how to appeal against a use ban."
            : null;
    }
}
