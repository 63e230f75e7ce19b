using KioskLink.Register.Facts;
using KioskLink.Register.Profiles;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using NodaTime;
using Period = KioskLink.Rules.Branches.Period;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Simulation.Agreement;

/// <summary>Makes branches that let patrons in, but for what is to be wrong with them. One thread.</summary>
internal sealed class BranchMaker(Random random)
{
    public const int MinimumAge = 15;
    public const int Room = 10;
    public const long FeesLimit = 3000;

    private const int EndOfDay = 24 * 60;
    private static readonly IsoDayOfWeek[] Days = [.. Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None)];

    /// <summary>A week in which every day is the same.</summary>
    public static OpeningHours Weekly(PeriodKind kind, int from, int to) => new(
        Days.ToDictionary(day => day, IReadOnlyList<Period> (_) => [new Period(from, to, kind)]),
        new Dictionary<LocalDate, IReadOnlyList<Period>>());

    /// <summary>The branch as an administrator applies it.</summary>
    public Wire.Branch Make(HashSet<DecisionCode> wrong, Instant now)
    {
        var branch = new Wire.Branch
        {
            Id = SituationMaker.BranchId,
            Name = "Renkomäki",
            Hours = wrong.Contains(DecisionCode.NodeMisconfigured) && OneOf(2) ? null : Hours(wrong, now).ToProto(),
            OfflinePolicy = wrong.Contains(DecisionCode.OfflineRefused) ? Wire.OfflinePolicy.FailClosed : Wire.OfflinePolicy.Cached,
            ReplicaScope = OneOf(2) ? Wire.ReplicaScope.Visited : Wire.ReplicaScope.Branch,
            FirstPersonIn = OneOf(2),
            Capacity = OneOf(3) || wrong.Contains(DecisionCode.CapacityFull) ? Room : 0,
            HelpPhone = "03 814 11",
            MinimumAge = MinimumAge,
            TermsRequired = wrong.Contains(DecisionCode.TermsNotAccepted) || OneOf(2),
            RegistrationRequired = wrong.Contains(DecisionCode.NotRegistered) || OneOf(2),
            LoanBanBlocksDoor = wrong.Contains(DecisionCode.LoanBan) || OneOf(2),
            MaxFeesCents = wrong.Contains(DecisionCode.FeesOverLimit) || OneOf(2) ? FeesLimit : 0,
        };
        if (now.ToUnixTimeMilliseconds() % 3 is > 0 and var times)
            branch.ExtendedUnlock = 1.5 * times;
        branch.Doors.Add(new Wire.Door { Id = "front", Name = "Etuovi" });
        branch.Doors.Add(new Wire.Door { Id = "side", Name = "Sivuovi", UnlockFor = Duration.FromSeconds(4).ToProto() });
        branch.Maintenance.AddRange(Maintenance(wrong, now));
        branch.Suspensions.AddRange(Suspensions(wrong, now));
        return branch;
    }

    /// <summary>The consortium's rules, with groups of every kind.</summary>
    public ConsortiumProfile Profile(ConsortiumProfile profile, HashSet<DecisionCode> wrong) => profile with
    {
        SelfService = profile.SelfService with { MinorConsentSuffices = !wrong.Contains(DecisionCode.Underage) || OneOf(2) },
        Groups =
        [
            new GroupProfile { Code = "adult", SelfService = GroupAccess.Allow },
            new GroupProfile { Code = "child", SelfService = GroupAccess.NeedConsent },
            new GroupProfile { Code = "community", SelfService = GroupAccess.Deny },
        ],
    };

    // A day's end may be the clock change's: the times lie anywhere in two years.
    private OpeningHours Hours(HashSet<DecisionCode> wrong, Instant now)
    {
        var today = OpeningCalendar.DateAt(now);
        var hours = wrong.Contains(DecisionCode.StaffedOpen) ? Weekly(PeriodKind.Staffed, 0, EndOfDay)
            : OneOf(4) ? Weekly(PeriodKind.SelfService, random.Next(EndOfDay), 1 + random.Next(EndOfDay))
            : Weekly(PeriodKind.SelfService, 0, EndOfDay);
        return wrong.Contains(DecisionCode.Closed) ? Except(hours, today, [])
            : OneOf(3) ? Except(hours, today.PlusDays(1), [new Period(6 * 60, 16 * 60, PeriodKind.SelfService), new Period(16 * 60, 18 * 60, PeriodKind.Staffed)])
            : hours;
    }

    private static OpeningHours Except(OpeningHours hours, LocalDate date, IReadOnlyList<Period> periods) =>
        hours with { Exceptions = new Dictionary<LocalDate, IReadOnlyList<Period>> { [date] = periods } };

    private IEnumerable<Wire.MaintenanceWindow> Maintenance(HashSet<DecisionCode> wrong, Instant now)
    {
        if (wrong.Contains(DecisionCode.Maintenance))
            yield return new() { StartTime = (now - Soon()).ToProto(), EndTime = (now + Soon()).ToProto(), DoorsAffected = true, Reason = "disk" };
        else if (OneOf(6))
            yield return new() { StartTime = (now + Soon()).ToProto(), EndTime = OneOf(2) ? null : (now + Duration.FromDays(4)).ToProto(), DoorsAffected = OneOf(2) };
    }

    private IEnumerable<Wire.Suspension> Suspensions(HashSet<DecisionCode> wrong, Instant now)
    {
        if (wrong.Contains(DecisionCode.BranchSuspended))
            yield return new() { StartTime = (now - Soon()).ToProto(), EndTime = OneOf(2) ? null : (now + Soon()).ToProto(), Reason = "vandalism" };
        else if (OneOf(6))
            yield return new() { StartTime = (now + Soon()).ToProto(), EndTime = (now + Duration.FromDays(4)).ToProto() };
    }

    private bool OneOf(int many) => random.Next(many) == 0;

    private Duration Soon() => Duration.FromMilliseconds(1 + random.Next(3 * 24 * 60 * 60 * 1000));
}
