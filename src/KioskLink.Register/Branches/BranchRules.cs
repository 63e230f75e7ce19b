using KioskLink.Register.Facts;
using KioskLink.Register.Profiles;
using KioskLink.Rules.Cards;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Branches;

/// <summary>Fills the consortium profile's values into what a branch leaves unsaid. Pure.</summary>
internal static class BranchRules
{
    /// <summary>The branch with every rule in force there.</summary>
    public static Wire.BranchFacts Fill(Wire.Branch applied, ConsortiumProfile profile)
    {
        var rules = profile.SelfService;
        var facts = new Wire.BranchFacts
        {
            Branch = Doorstep(applied.Clone(), profile),
            Consortium = profile.Id,
            PinMinLength = profile.Pin.MinLength,
            PinMaxLength = profile.Pin.MaxLength,
            MinorConsentSuffices = rules.MinorConsentSuffices,
            OfflineGuesses = rules.OfflineGuesses,
            HoursMaxAge = rules.HoursMaxAge.ToProto(),
            JournalIdentifiableFor = rules.JournalIdentifiableFor.ToProto(),
            PlainTextsOutdoors = rules.PlainTextsOutdoors,
        };
        facts.CardFormats.AddRange(CardFormats(profile).Select(format => format.ToProto()));
        facts.Groups.AddRange(profile.Groups.Select(group => new Wire.GroupRule { Group = group.Code, Access = (Wire.GroupAccess)group.SelfService }));
        facts.Languages.AddRange(profile.Languages.Select(language => (Wire.Language)language));
        return facts;
    }

    /// <summary>The card formats of a profile as the rules know them.</summary>
    public static IReadOnlyList<CardFormat> CardFormats(ConsortiumProfile profile) =>
        [.. profile.CardFormats.Select(format => new CardFormat(format.Pattern, CardFormatProto.Find(format.Check)!.Value))];

    private static Wire.Branch Doorstep(Wire.Branch branch, ConsortiumProfile profile)
    {
        var rules = profile.SelfService;
        branch.OfflinePolicy = branch.OfflinePolicy == 0 ? (Wire.OfflinePolicy)rules.OfflinePolicy : branch.OfflinePolicy;
        branch.ReplicaScope = branch.ReplicaScope == 0 ? (Wire.ReplicaScope)rules.ReplicaScope : branch.ReplicaScope;
        branch.OfflineMaxAge ??= rules.OfflineMaxAge.ToProto();
        branch.VisitedFor ??= rules.VisitedFor.ToProto();
        branch.UnlockFor ??= rules.UnlockFor.ToProto();
        branch.ExtendedUnlock = branch.HasExtendedUnlock ? branch.ExtendedUnlock : rules.ExtendedUnlock;
        branch.RegisterPatience ??= rules.RegisterPatience.ToProto();
        branch.MinimumAge = branch.HasMinimumAge ? branch.MinimumAge : rules.MinimumAge;
        branch.PinRequired = true; // Whatever was stored before it was refused (R30).
        branch.TermsRequired = branch.HasTermsRequired ? branch.TermsRequired : rules.TermsRequired;
        branch.RegistrationRequired = branch.HasRegistrationRequired ? branch.RegistrationRequired : rules.RegistrationRequired;
        branch.LoanBanBlocksDoor = branch.HasLoanBanBlocksDoor ? branch.LoanBanBlocksDoor : rules.LoanBanBlocksDoor;
        branch.MaxFeesCents = branch.HasMaxFeesCents ? branch.MaxFeesCents : rules.MaxFeesCents;
        return branch;
    }
}
