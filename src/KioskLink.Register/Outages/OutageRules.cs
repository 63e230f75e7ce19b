using KioskLink.Register.Profiles;
using KioskLink.Register.Requests;
using NodaTime;

namespace KioskLink.Register.Outages;

/// <summary>What an outage may be (R82-R88). INVALID_ARGUMENT names the field. Pure.</summary>
internal static class OutageRules
{
    /// <summary>Longest planned break.</summary>
    public static readonly Duration PlannedMax = Duration.FromDays(60);

    /// <summary>How long ahead a break may be planned.</summary>
    public static readonly Duration AheadMax = Duration.FromDays(365);

    private const int NoticeMax = 1000;

    /// <summary>Refuses what may not be.</summary>
    /// <param name="asked">The outage with every time filled in.</param>
    /// <param name="profile">The consortium.</param>
    /// <param name="branches">The ids of all branches.</param>
    /// <param name="now">Now.</param>
    public static OutageTerms Check(OutageTerms asked, ConsortiumProfile profile, IReadOnlyList<string> branches, Instant now)
    {
        CheckBranches(asked, branches);
        CheckServices(asked.Services, "outage.services");
        CheckDependents(asked.Dependents ?? [], "outage.dependents");
        CheckNotices(asked, profile);
        if (asked.Kind == OutageKind.Planned)
        {
            CheckPlanned(asked, now);
        }
        else
        {
            CheckUnplanned(asked, now);
        }

        return asked;
    }

    /// <summary>Every service that is down, those that depend on a listed one included: by the window's own list, or by the profile (R85).</summary>
    public static IReadOnlyList<LibraryService> Affected(OutageTerms outage, ConsortiumProfile profile) => outage.Dependents is { } own
        ? [.. outage.Services.Union(own).Order()]
        : ByProfile(outage.Services, profile);

    private static IReadOnlyList<LibraryService> ByProfile(IReadOnlyList<LibraryService> services, ConsortiumProfile profile)
    {
        var affected = new SortedSet<LibraryService>();
        var rest = new Queue<LibraryService>(services);
        while (rest.TryDequeue(out var service))
        {
            if (affected.Add(service) && profile.Outages.Dependencies.TryGetValue(service, out var dependents))
            {
                dependents.ToList().ForEach(rest.Enqueue);
            }
        }

        return [.. affected];
    }

    /// <summary>Refuses an end that a planned break may not have.</summary>
    public static void CheckEnd(Instant start, Instant? end, Instant now, string field)
    {
        if (end is not { } last)
        {
            throw Field.Wrong(field, "is missing: a planned break has an estimated end");
        }

        if (last <= start || last <= now)
        {
            throw Field.Wrong(field, "must lie after the start and after now");
        }

        if (last - start > PlannedMax)
        {
            throw Field.Wrong(field, $"must lie at most {PlannedMax.Days} days after the start");
        }
    }

    /// <summary>Refuses a list of services that names none, one twice, or one that there is not.</summary>
    public static void CheckServices(IReadOnlyList<LibraryService> services, string field)
    {
        if (services.Count == 0)
        {
            throw Field.Wrong(field, "is empty: say what does not work");
        }

        CheckKnown(services, field);
    }

    // What is down must not shut doors unnoticed: a break that shuts them names them itself (R86).
    private static void CheckDependents(IReadOnlyList<LibraryService> dependents, string field)
    {
        CheckKnown(dependents, field);
        if (dependents.Contains(LibraryService.Doors))
        {
            throw Field.Wrong(field, "must name services other than the doors: an outage that shuts them has them in `services`");
        }
    }

    private static void CheckKnown(IReadOnlyList<LibraryService> services, string field)
    {
        if (services.Any(service => service == LibraryService.Unknown || !Enum.IsDefined(service)) || services.Distinct().Count() != services.Count)
        {
            throw Field.Wrong(field, "must name services of this version of KioskLink, each once");
        }
    }

    private static void CheckBranches(OutageTerms asked, IReadOnlyList<string> branches)
    {
        if (asked.Scope != OutageScope.Branch && asked.BranchIds.Count > 0)
        {
            throw Field.Wrong("outage.branch_ids", "names branches although the scope is wider: leave them out, or make the scope BRANCH");
        }

        if (asked.Scope == OutageScope.Branch && (asked.BranchIds.Count == 0 || asked.BranchIds.Except(branches).Any()))
        {
            throw Field.Wrong("outage.branch_ids", "must name one or more branches that are there: list the branches and correct it");
        }
    }

    private static void CheckNotices(OutageTerms asked, ConsortiumProfile profile)
    {
        if (asked.Notices.Keys.Except(profile.Languages).Any())
        {
            throw Field.Wrong("outage.notices", $"has a language that is not in use here: use {string.Join(", ", profile.Languages)}");
        }

        foreach (var text in asked.Notices.Values)
        {
            Field.Required(text, "outage.notices.text", NoticeMax);
        }
    }

    private static void CheckPlanned(OutageTerms asked, Instant now)
    {
        CheckEnd(asked.Start, asked.End, now, "outage.end_time");
        if (asked.Start > now + AheadMax)
        {
            throw Field.Wrong("outage.start_time", $"lies more than {AheadMax.Days} days ahead: correct it");
        }

        if (asked.AnnounceAt > asked.Start)
        {
            throw Field.Wrong("outage.announce_time", "lies after the start: a break is announced before it begins");
        }
    }

    private static void CheckUnplanned(OutageTerms asked, Instant now)
    {
        if (asked.End is not null)
        {
            throw Field.Wrong("outage.end_time", "is given: nobody knows when an unplanned outage ends, end it when it does");
        }

        if (asked.Start > now)
        {
            throw Field.Wrong("outage.start_time", "lies in the future: what is to come is a planned break");
        }
    }
}
