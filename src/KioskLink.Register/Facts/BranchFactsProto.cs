using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Facts;

/// <summary>A branch and its rules from the wire: what the register sends to nodes is what it decides on itself.</summary>
internal static class BranchFactsProto
{
    /// <summary>The policy of a branch whose facts are filled in from the profile.</summary>
    public static BranchPolicy FromProto(this Wire.BranchFacts facts) => Doorstep(facts) with
    {
        Consortium = facts.Consortium,
        HoursMaxAge = facts.HoursMaxAge.FromProto(),
        MinorConsentSuffices = facts.MinorConsentSuffices,
        Groups = facts.Groups.ToDictionary(rule => rule.Group, rule => (GroupAccess)rule.Access, StringComparer.Ordinal),
        CardFormats = [.. facts.CardFormats.Select(CardFormatProto.FromProto)],
        PinMinLength = facts.PinMinLength,
        PinMaxLength = facts.PinMaxLength,
        OfflineGuesses = facts.OfflineGuesses,
        JournalIdentifiableFor = facts.JournalIdentifiableFor.FromProto(),
        PlainTextsOutdoors = facts.PlainTextsOutdoors,
        Languages = [.. facts.Languages.Select(language => (Language)language)],
    };

    private static BranchPolicy Doorstep(Wire.BranchFacts facts)
    {
        var branch = facts.Branch;
        return new BranchPolicy
        {
            Id = branch.Id,
            Name = branch.Name,
            Consortium = facts.Consortium,
            Doors = [.. branch.Doors.Select(door => new DoorPolicy(door.Id, door.Name, door.UnlockFor?.FromProto()))],
            Hours = branch.Hours?.FromProto(),
            OfflinePolicy = (OfflinePolicy)branch.OfflinePolicy,
            OfflineMaxAge = branch.OfflineMaxAge.FromProto(),
            ReplicaScope = (ReplicaScope)branch.ReplicaScope,
            VisitedFor = branch.VisitedFor.FromProto(),
            UnlockFor = branch.UnlockFor.FromProto(),
            ExtendedUnlock = branch.HasExtendedUnlock ? branch.ExtendedUnlock : BranchPolicy.UsualExtendedUnlock,
            RegisterPatience = branch.RegisterPatience.FromProto(),
            FirstPersonIn = branch.FirstPersonIn,
            OpenWithoutRecord = branch.OpenWithoutRecord,
            Capacity = branch.Capacity,
            Suspensions = [.. branch.Suspensions.Select(time => new Closure(time.StartTime.FromProto(), time.EndTime?.FromProto(), time.Reason))],
            Maintenance = [.. branch.Maintenance.Where(time => time.DoorsAffected)
                .Select(time => new Closure(time.StartTime.FromProto(), time.EndTime?.FromProto(), time.Reason))],
            MinimumAge = branch.MinimumAge,
            PinRequired = branch.PinRequired,
            TermsRequired = branch.TermsRequired,
            RegistrationRequired = branch.RegistrationRequired,
            LoanBanBlocksDoor = branch.LoanBanBlocksDoor,
            MaxFeesCents = branch.MaxFeesCents,
            HelpPhone = branch.HelpPhone,
        };
    }
}
