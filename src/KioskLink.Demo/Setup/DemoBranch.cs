using Google.Protobuf.WellKnownTypes;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Demo.Setup;

/// <summary>The demo's branch: self-service all day, terms required, decided from the replica when offline.</summary>
internal static class DemoBranch
{
    /// <summary>The branch's id.</summary>
    public const string Id = "FI-Lh-Renkomaki";

    /// <summary>Its only door.</summary>
    public const string Door = "front";

    /// <summary>Its node.</summary>
    public const string Node = "renkomaki-front";

    /// <summary>The consortium profile.</summary>
    public const string Profile = "lastu";

    /// <summary>How long a grant unlocks the door.</summary>
    public static readonly TimeSpan UnlockFor = TimeSpan.FromSeconds(3);

    /// <summary>The branch as the register is told of it.</summary>
    public static Branch Describe()
    {
        var branch = new Branch
        {
            Id = Id,
            Name = "Renkomäki",
            OfflinePolicy = OfflinePolicy.Cached,
            OfflineMaxAge = Duration.FromTimeSpan(TimeSpan.FromDays(7)),
            ReplicaScope = ReplicaScope.Visited,
            VisitedFor = Duration.FromTimeSpan(TimeSpan.FromDays(60)),
            UnlockFor = Duration.FromTimeSpan(UnlockFor),
            RegisterPatience = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(700)),
            MinimumAge = 15,
            PinRequired = true,
            TermsRequired = true,
            RegistrationRequired = false,
            LoanBanBlocksDoor = false,
            MaxFeesCents = 0,
            HelpPhone = "03 000 0000",
            Hours = new OpeningHours(),
        };
        branch.Doors.Add(new Door { Id = Door, Name = "Pääovi" });
        foreach (var weekday in System.Enum.GetValues<Weekday>().Where(day => day != Weekday.Unspecified))
        {
            var hours = new WeekdayHours { Weekday = weekday };
            hours.Periods.Add(new Period { From = "00:00", To = "24:00", Kind = PeriodKind.SelfService });
            branch.Hours.Week.Add(hours);
        }
        return branch;
    }
}
