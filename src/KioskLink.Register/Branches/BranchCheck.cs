using System.Text.RegularExpressions;
using Google.Protobuf.WellKnownTypes;
using KioskLink.Protos.Types.V1;
using Field = KioskLink.Register.Requests.Field;

namespace KioskLink.Register.Branches;

/// <summary>Checks a branch that a person wrote: INVALID_ARGUMENT names the field.</summary>
internal static partial class BranchCheck
{
    /// <summary>How many times as long a door may be unlocked for those who are given more time.</summary>
    public const double ExtendedUnlockMax = 5;

    private const int AgeMax = 120;
    private static readonly Duration UnlockMax = Duration.FromTimeSpan(TimeSpan.FromMinutes(5));
    private static readonly Duration SpanMax = Duration.FromTimeSpan(TimeSpan.FromDays(3650));

    /// <summary>Checks every field.</summary>
    public static void Check(Branch branch)
    {
        CheckId(branch.Id, "branch.id");
        Field.Optional(branch.Name, "branch.name");
        Field.Optional(branch.HelpPhone, "branch.help_phone", Field.IdMax);
        CheckDoors(branch);
        CheckSpans(branch);
        CheckNumbers(branch);
        CheckPin(branch);
        CheckLending(branch.OfflineLending ?? new());
        CheckTimes(branch);
        if (branch.Hours is { } hours)
        {
            HoursCheck.Check(hours, "branch.hours");
        }
    }

    /// <summary>Checks the form of an id.</summary>
    public static string CheckId(string id, string field) =>
        IdForm().IsMatch(Field.Required(id, field, Field.IdMax))
            ? id
            : throw Field.Wrong(field, "must be letters, digits and . _ - / : only, a letter or digit first");

    private static void CheckDoors(Branch branch)
    {
        foreach (var door in branch.Doors)
        {
            CheckId(door.Id, "branch.doors.id");
            Field.Optional(door.Name, "branch.doors.name");
            CheckSpan(door.UnlockFor, UnlockMax, "branch.doors.unlock_for");
        }

        if (branch.Doors.GroupBy(door => door.Id).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw Field.Wrong("branch.doors", $"names {twice.Key} twice: give each door an id of its own");
        }
    }

    private static void CheckSpans(Branch branch)
    {
        CheckSpan(branch.UnlockFor, UnlockMax, "branch.unlock_for");
        CheckSpan(branch.RegisterPatience, Duration.FromTimeSpan(TimeSpan.FromSeconds(5)), "branch.register_patience");
        CheckSpan(branch.OfflineMaxAge, SpanMax, "branch.offline_max_age");
        CheckSpan(branch.VisitedFor, SpanMax, "branch.visited_for");
    }

    private static void CheckNumbers(Branch branch)
    {
        if (!System.Enum.IsDefined(branch.OfflinePolicy) || !System.Enum.IsDefined(branch.ReplicaScope))
        {
            throw Field.Wrong("branch.offline_policy", "and `branch.replica_scope` must be values of this version of KioskLink");
        }

        if (branch.HasMinimumAge && branch.MinimumAge is < 0 or > AgeMax)
        {
            throw Field.Wrong("branch.minimum_age", $"must lie between 0 and {AgeMax}");
        }

        if (branch.HasExtendedUnlock && branch.ExtendedUnlock is not (>= 1 and <= ExtendedUnlockMax))
        {
            throw Field.Wrong("branch.extended_unlock", $"must lie between 1 and {ExtendedUnlockMax}");
        }

        if (branch.Capacity < 0)
        {
            throw Field.Wrong("branch.capacity", "must not be negative: give 0 for no limit");
        }

        if (branch.HasMaxFeesCents && branch.MaxFeesCents < 0)
        {
            throw Field.Wrong("branch.max_fees_cents", "must not be negative: give 0 for no limit");
        }
    }

    private static void CheckPin(Branch branch)
    {
        if (branch is { HasPinRequired: true, PinRequired: false })
        {
            throw Field.Wrong("branch.pin_required", "must not be false: self-service asks card and PIN, so leave it out");
        }
    }

    private static void CheckLending(OfflineLending lending)
    {
        if (!System.Enum.IsDefined(lending.Checkouts))
        {
            throw Field.Wrong("branch.offline_lending.checkouts", "must be a value of this version of KioskLink");
        }

        if (lending.LoanDays is < 0 or > Rules.Branches.OfflineLending.MostLoanDays)
        {
            throw Field.Wrong("branch.offline_lending.loan_days", $"must lie between 0 and {Rules.Branches.OfflineLending.MostLoanDays}: 0 means 28");
        }

        if (lending.MaxActs is < 0 or > Rules.Branches.OfflineLending.MostActs)
        {
            throw Field.Wrong("branch.offline_lending.max_acts", $"must lie between 0 and {Rules.Branches.OfflineLending.MostActs}: 0 means 2000");
        }
    }

    private static void CheckTimes(Branch branch)
    {
        foreach (var suspension in branch.Suspensions)
        {
            CheckInterval(suspension.StartTime, suspension.EndTime, "branch.suspensions");
        }

        foreach (var window in branch.Maintenance)
        {
            CheckInterval(window.StartTime, window.EndTime, "branch.maintenance");
        }
    }

    private static void CheckInterval(Timestamp? start, Timestamp? end, string field)
    {
        var first = Field.Time(start, $"{field}.start_time") ?? throw Field.Wrong($"{field}.start_time", "is missing: give it");
        if (Field.Time(end, $"{field}.end_time") <= first)
        {
            throw Field.Wrong($"{field}.end_time", "must lie after the start: change it or leave it out");
        }
    }

    private static void CheckSpan(Duration? span, Duration max, string field)
    {
        if (Field.Span(span, field) is { } length && (length <= NodaTime.Duration.Zero || length.ToTimeSpan() > max.ToTimeSpan()))
        {
            throw Field.Wrong(field, $"must be longer than 0 s and at most {max.ToTimeSpan().TotalSeconds} s");
        }
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._/:-]*$")]
    private static partial Regex IdForm();
}
