using KioskLink.Node.Clock;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Cards;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Node.Replica;

/// <summary>The branch from the wire: what the register sends is what it decides on itself.</summary>
internal static class BranchWire
{
    /// <summary>The branch with all rules in force there.</summary>
    public static BranchPolicy FromProto(Wire.BranchFacts facts) => WithRules(Doorstep(facts), facts.Branch) with
    {
        HoursMaxAge = facts.HoursMaxAge.FromProto(),
        MinorConsentSuffices = facts.MinorConsentSuffices,
        Groups = facts.Groups.ToDictionary(rule => rule.Group, rule => (GroupAccess)rule.Access, StringComparer.Ordinal),
        CardFormats = [.. facts.CardFormats.Select(FromProto)],
        PinMinLength = facts.PinMinLength,
        PinMaxLength = facts.PinMaxLength,
        OfflineGuesses = facts.OfflineGuesses,
        JournalIdentifiableFor = facts.JournalIdentifiableFor.FromProto(),
        PlainTextsOutdoors = facts.PlainTextsOutdoors,
        Languages = [.. facts.Languages.Select(language => (Language)language)],
    };

    private static BranchPolicy Doorstep(Wire.BranchFacts facts) => new()
    {
        Id = facts.Branch.Id,
        Consortium = facts.Consortium,
        Name = facts.Branch.Name,
        Doors = [.. facts.Branch.Doors.Select(door => new DoorPolicy(door.Id, door.Name, door.UnlockFor?.FromProto()))],
        Hours = facts.Branch.Hours is { } hours ? HoursWire.FromProto(hours) : null,
        UnlockFor = facts.Branch.UnlockFor.FromProto(),
        ExtendedUnlock = facts.Branch.HasExtendedUnlock ? facts.Branch.ExtendedUnlock : BranchPolicy.UsualExtendedUnlock,
        FirstPersonIn = facts.Branch.FirstPersonIn,
        OpenWithoutRecord = facts.Branch.OpenWithoutRecord,
        Capacity = facts.Branch.Capacity,
        HelpPhone = facts.Branch.HelpPhone,
        Suspensions = [.. facts.Branch.Suspensions.Select(time => Closing(time.StartTime?.FromProto(), time.EndTime?.FromProto(), time.Reason))],
        Maintenance = [.. facts.Branch.Maintenance.Where(time => time.DoorsAffected)
            .Select(time => Closing(time.StartTime?.FromProto(), time.EndTime?.FromProto(), time.Reason))],
        Notices = [.. facts.Branch.Maintenance.Where(time => time.Notices.Count > 0).OrderBy(time => time.StartTime?.Seconds).Select(Notice)],
    };

    private static BranchPolicy WithRules(BranchPolicy doorstep, Wire.Branch branch) => doorstep with
    {
        OfflinePolicy = (OfflinePolicy)branch.OfflinePolicy,
        OfflineMaxAge = branch.OfflineMaxAge.FromProto(),
        OfflineLending = FromProto(branch.OfflineLending ?? new()),
        ReplicaScope = (ReplicaScope)branch.ReplicaScope,
        VisitedFor = branch.VisitedFor.FromProto(),
        RegisterPatience = branch.RegisterPatience.FromProto(),
        MinimumAge = branch.MinimumAge,
        PinRequired = branch.PinRequired,
        TermsRequired = branch.TermsRequired,
        RegistrationRequired = branch.RegistrationRequired,
        LoanBanBlocksDoor = branch.LoanBanBlocksDoor,
        MaxFeesCents = branch.MaxFeesCents,
    };

    private static OfflineLending FromProto(Wire.OfflineLending lending)
    {
        var unsaid = new OfflineLending();
        return new()
        {
            Checkouts = lending.Checkouts == Wire.OfflineCheckouts.Unspecified ? unsaid.Checkouts : (OfflineCheckouts)lending.Checkouts,
            Returns = !lending.ReturnsRefused,
            LoanDays = lending.LoanDays == 0 ? unsaid.LoanDays : lending.LoanDays,
            MaxActs = lending.MaxActs == 0 ? unsaid.MaxActs : Math.Min(lending.MaxActs, OfflineLending.MostActs),
        };
    }

    private static Closure Closing(Instant? start, Instant? end, string reason) => new(start ?? Instant.MinValue, end, reason);

    private static OutageNotice Notice(Wire.MaintenanceWindow time) => new(
        (time.AnnounceTime ?? time.StartTime)?.FromProto() ?? Instant.MinValue,
        time.StartTime?.FromProto() ?? Instant.MinValue,
        time.EndTime?.FromProto(),
        time.DoorsAffected,
        time.Unplanned,
        time.Notices.GroupBy(notice => (Language)notice.Language).ToDictionary(texts => texts.Key, texts => texts.First().Text));

    private static CardFormat FromProto(Wire.CardFormat format) => new(format.Pattern, format.Check switch
    {
        "none" => CheckAlgorithm.None,
        "library-mod10" => CheckAlgorithm.LibraryMod10,
        "code39-mod43" => CheckAlgorithm.Code39Mod43,
        "ean13" => CheckAlgorithm.Ean13,
        "itf14" => CheckAlgorithm.Itf14,
        _ => throw new InvalidDataException($"The register names a check algorithm that this node does not know: {format.Check}. Update the node."),
    });
}
