using KioskLink.Register.Profiles;
using KioskLink.Register.Requests;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Register.Bans;

/// <summary>A ban as it is to be stored: every default filled in.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Start">First instant.</param>
/// <param name="End">End, exclusive; null means until lifted.</param>
/// <param name="BranchIds">Where; none means all.</param>
internal sealed record BanTerms(BanKind Kind, Instant Start, Instant? End, IReadOnlyList<string> BranchIds)
{
    /// <summary>Code of the reason; empty on bans of the time before codes.</summary>
    public string ReasonCode { get; init; } = "";

    /// <summary>Reference of the decision; empty where there is none.</summary>
    public string DecisionRef { get; init; } = "";

    /// <summary>Day of the hearing; null where nobody was heard.</summary>
    public LocalDate? HeardOn { get; init; }

    /// <summary>Whether both would hold at the same time and place.</summary>
    public bool Overlaps(BanTerms other) =>
        Kind == other.Kind
        && (End is not { } end || other.Start < end) && (other.End is not { } otherEnd || Start < otherEnd)
        && (BranchIds.Count == 0 || other.BranchIds.Count == 0 || BranchIds.Intersect(other.BranchIds).Any());
}

/// <summary>
/// What a ban may be (domain facts 2.7): a use ban rests on a decision, is for a fixed time of at most 30 days and for one library, a
/// self-service ban ends by itself, a loan ban lasts until it is lifted. INVALID_ARGUMENT names the field. Pure.
/// </summary>
internal static class BanRules
{
    /// <summary>How long ahead a ban may be made.</summary>
    public static readonly Duration AheadMax = Duration.FromDays(365);

    /// <summary>Fills in what was left unsaid and refuses what may not be.</summary>
    /// <param name="asked">The ban as asked for; a start in the past is taken as given, since decisions are entered late.</param>
    /// <param name="profile">The consortium's limits.</param>
    /// <param name="branches">The ids of all branches.</param>
    /// <param name="now">Now.</param>
    public static BanTerms Complete(BanTerms asked, ConsortiumProfile profile, IReadOnlyList<string> branches, Instant now)
    {
        if (!profile.Bans.Kinds.Contains(asked.Kind))
        {
            throw Field.Wrong("ban.kind", $"is not in use here: the profile lists {(profile.Bans.Kinds.Count == 0 ? "no kind" : string.Join(", ", profile.Bans.Kinds))}");
        }

        BanReasons.Check(asked.ReasonCode, asked.Kind, profile.Bans);
        if (asked.BranchIds.Except(branches).Any())
        {
            throw Field.Wrong("ban.branch_ids", "names a branch that is not there: list the branches and correct it");
        }

        if (asked.Start > now + AheadMax)
        {
            throw Field.Wrong("ban.start_time", $"lies more than {AheadMax.Days} days ahead: correct it");
        }

        var terms = asked with { BranchIds = Branches(asked, profile.Bans, branches), End = asked.End ?? DefaultEnd(asked, profile.Bans) };
        CheckEnd(terms, profile.Bans, now);
        CheckDecision(terms, now);
        return terms;
    }

    private static IReadOnlyList<string> Branches(BanTerms asked, BanProfile limits, IReadOnlyList<string> branches)
    {
        if (asked.Kind != BanKind.Use || (asked.BranchIds.Count > 0 && asked.BranchIds.Count <= limits.UseBranchesMax) || branches.Count == 0)
        {
            return asked.BranchIds;
        }

        if (asked.BranchIds.Count > 0)
        {
            throw Field.Wrong("ban.branch_ids", $"names {asked.BranchIds.Count} libraries: one use ban is for at most {limits.UseBranchesMax}, decide on each");
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

    private static void CheckDecision(BanTerms terms, Instant now)
    {
        if (terms.Kind == BanKind.Use && terms.DecisionRef.Length == 0)
        {
            throw Field.Wrong("ban.decision_ref", "is missing: a use ban is an office-holder's decision, give its reference");
        }

        if (terms.HeardOn > OpeningCalendar.DateAt(now))
        {
            throw Field.Wrong("ban.heard_on", "lies in the future: a patron is heard before the decision");
        }
    }
}
