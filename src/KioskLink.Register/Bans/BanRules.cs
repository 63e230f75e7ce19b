using KioskLink.Register.Profiles;
using KioskLink.Register.Requests;
using KioskLink.Rules.Access;
using NodaTime;

namespace KioskLink.Register.Bans;

/// <summary>A ban as it is to be stored: every default filled in.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Start">First instant.</param>
/// <param name="End">End, exclusive; null means until lifted.</param>
/// <param name="BranchIds">Where; none means all.</param>
internal sealed record BanTerms(BanKind Kind, Instant Start, Instant? End, IReadOnlyList<string> BranchIds);

/// <summary>
/// What a ban may be (domain facts 2.7): a use ban is for a fixed time of at most 30 days and for one library, a self-service
/// ban ends by itself, a loan ban lasts until it is lifted. INVALID_ARGUMENT names the field. Pure.
/// </summary>
internal static class BanRules
{
    /// <summary>Fills in what was left unsaid and refuses what may not be.</summary>
    /// <param name="asked">The ban as asked for; a start in the past is taken as given, since decisions are entered late.</param>
    /// <param name="profile">The consortium's limits.</param>
    /// <param name="branches">The ids of all branches.</param>
    /// <param name="now">Now.</param>
    public static BanTerms Complete(BanTerms asked, ConsortiumProfile profile, IReadOnlyList<string> branches, Instant now)
    {
        if (!profile.Bans.Kinds.Contains(asked.Kind))
        {
            throw Field.Wrong("ban.kind", $"is not in use here: use one of {string.Join(", ", profile.Bans.Kinds)}");
        }

        if (asked.BranchIds.Except(branches).Any())
        {
            throw Field.Wrong("ban.branch_ids", "names a branch that is not there: list the branches and correct it");
        }

        var terms = asked with { BranchIds = Branches(asked, branches), End = asked.End ?? DefaultEnd(asked, profile.Bans) };
        CheckEnd(terms, profile.Bans, now);
        return terms;
    }

    private static IReadOnlyList<string> Branches(BanTerms asked, IReadOnlyList<string> branches)
    {
        if (asked.Kind != BanKind.Use || asked.BranchIds.Count > 0 || branches.Count == 0)
        {
            return asked.BranchIds;
        }

        return branches.Count == 1
            ? branches
            : throw Field.Wrong("ban.branch_ids", "is empty: a use ban is for a library of its own, name it");
    }

    private static Instant? DefaultEnd(BanTerms asked, BanProfile limits) => asked.Kind switch
    {
        BanKind.Use => asked.Start + limits.UseMax,
        BanKind.SelfService => asked.Start + limits.SelfServiceDefault,
        _ => null,
    };

    private static void CheckEnd(BanTerms terms, BanProfile limits, Instant now)
    {
        if (terms.End is not { } end)
        {
            return;
        }

        if (end <= terms.Start || end <= now)
        {
            throw Field.Wrong("ban.end_time", "must lie after the start and after now");
        }

        var max = terms.Kind switch
        {
            BanKind.Use => limits.UseMax,
            BanKind.SelfService => limits.SelfServiceMax,
            _ => Duration.MaxValue,
        };
        if (end - terms.Start > max)
        {
            throw Field.Wrong("ban.end_time", $"must lie at most {max.TotalDays} days after the start");
        }
    }
}
