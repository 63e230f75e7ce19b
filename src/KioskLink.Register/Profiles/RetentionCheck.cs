using KioskLink.Register.Retention;
using NodaTime;
using NodaTime.Text;

namespace KioskLink.Register.Profiles;

/// <summary>Every kind of data has a period that somebody has set: there is no silent default (R64).</summary>
internal static class RetentionCheck
{
    /// <summary>The first thing that is wrong; null when all is well.</summary>
    public static string? Problem(ConsortiumProfile profile)
    {
        var given = profile.Retention.Select(entry => entry.Rule).ToList();
        if (RetentionRules.Names.FirstOrDefault(name => !given.Contains(name)) is { } missing)
        {
            return $"`retention` says nothing of \"{missing}\": the data controller must set how long it is kept; add the rule.";
        }

        if (given.FirstOrDefault(name => !RetentionRules.Names.Contains(name)) is { } unknown)
        {
            return $"`retention.rule` \"{unknown}\" is unknown: use one of {string.Join(", ", RetentionRules.Names)}.";
        }

        if (given.Distinct().Count() != given.Count)
        {
            return "`retention` must name each rule once: correct the list.";
        }

        return profile.Retention.Select(Problem).FirstOrDefault(problem => problem is not null) ?? AtNodes(profile);
    }

    private static string? Problem(RetentionProfile entry)
    {
        if (entry.When == RetentionMode.Never ? entry.Keep.Length > 0 : entry.Period is null)
        {
            return $"`retention.keep` of \"{entry.Rule}\" must be a period such as 14 days, 1 month or 3 years, and empty where `when` is never: change it.";
        }

        if (entry.When == RetentionMode.Never && entry.Rule != RetentionRules.InactivePatrons)
        {
            return $"`retention.when` of \"{entry.Rule}\" must not be never: set a period.";
        }

        if (RetentionRules.ByTheHour.Contains(entry.Rule) && entry.Period is not { Unit: KeepUnit.Days })
        {
            return $"`retention.keep` of \"{entry.Rule}\" must be in days, which are counted as 24 hours each: change it.";
        }

        if ((entry.When == RetentionMode.Yearly) != (entry.Day is not null))
        {
            return $"`retention.on` of \"{entry.Rule}\" must be the day of its yearly run, such as 01-15, and is for yearly runs only: change it.";
        }

        return string.IsNullOrWhiteSpace(entry.Basis) || !LocalDatePattern.Iso.Parse(entry.SetOn).Success
            ? $"`retention.basis` and `retention.setOn` of \"{entry.Rule}\" must say who set the period and on which day: fill them in."
            : null;
    }

    // A node keeps its own journal: it must not know longer than the register whose an entry was (R63).
    private static string? AtNodes(ConsortiumProfile profile) =>
        profile.SelfService.JournalIdentifiableFor > Duration.FromDays(profile.Retention.Single(entry => entry.Rule == RetentionRules.DoorLog).Period!.Value.Count)
            ? $"`selfService.journalIdentifiableFor` is longer than `retention.keep` of \"{RetentionRules.DoorLog}\": nodes must not keep entries longer; change one of them."
            : null;
}
