using System.Text.RegularExpressions;
using KioskLink.Register.Branches;
using KioskLink.Register.Facts;
using KioskLink.Rules.Cards;
using NodaTime;

namespace KioskLink.Register.Profiles;

/// <summary>What a profile must say beyond its form, so that a wrong one stops the register and not a patron.</summary>
internal static class ProfileCheck
{
    private const int PinShortest = 4;
    private const int PinLongest = 8;
    private const int AgeMax = 120;

    /// <summary>The first thing that is wrong, naming the key and the mend; null when all is well.</summary>
    public static string? Problem(ConsortiumProfile profile) =>
        Identity(profile) ?? SelfService(profile.SelfService) ?? Pin(profile.Pin) ?? Cards(profile.CardFormats) ?? Lists(profile)
        ?? CameraCheck.Problem(profile) ?? NoticeCheck.Problem(profile) ?? NoticeSenderCheck.Problem(profile.NoticeSender)
        ?? NoticeRoundCheck.Problem(profile.NoticeRound) ?? ApplicationCheck.Problem(profile)
        ?? RetentionCheck.Problem(profile) ?? RequestsCheck.Problem(profile.Requests)
        ?? BanCheck.Problem(profile) ?? BanReasonCheck.Problem(profile.Bans) ?? OutageCheck.Problem(profile) ?? PatronFieldsCheck.Problem(profile) ?? DisclosureCheck.Problem(profile)
        ?? AdapterCheck.Problem(profile) ?? LoanRulesCheck.Problem(profile);

    private static string? Identity(ConsortiumProfile profile)
    {
        if (!Regex.IsMatch(profile.Id, "^[a-z][a-z0-9-]{0,31}$"))
        {
            return "`id` must be lower-case letters, digits and hyphens, at most 32: change it.";
        }

        if (profile.Controllers.Count == 0)
        {
            return "`controllers` is empty: name at least one data controller.";
        }

        return profile.Members.Count == 0 ? "`members` is empty: name at least one municipality." : null;
    }

    private static string? SelfService(SelfServiceProfile rules)
    {
        if (rules.MinimumAge is < 0 or > AgeMax)
        {
            return $"`selfService.minimumAge` must lie between 0 and {AgeMax}: change it.";
        }

        if (rules.MaxFeesCents < 0)
        {
            return "`selfService.maxFeesCents` must not be negative: give 0 for no limit.";
        }

        if (Spans(rules).FirstOrDefault(span => span.Length <= Duration.Zero) is { Key: { } key })
        {
            return $"`selfService.{key}` must be longer than nothing: change it.";
        }

        if (rules.ExtendedUnlock is not (>= 1 and <= BranchCheck.ExtendedUnlockMax))
        {
            return $"`selfService.extendedUnlock` must lie between 1 and {BranchCheck.ExtendedUnlockMax}: change it.";
        }

        return rules.OfflineGuesses < 0 || rules.OfflineHolders < 0
            ? "`selfService.offlineGuesses` and `selfService.offlineHolders` must not be negative: change them."
            : null;
    }

    private static (string Key, Duration Length)[] Spans(SelfServiceProfile rules) =>
    [
        ("offlineMaxAge", rules.OfflineMaxAge), ("visitedFor", rules.VisitedFor), ("hoursMaxAge", rules.HoursMaxAge), ("unlockFor", rules.UnlockFor),
        ("registerPatience", rules.RegisterPatience), ("journalIdentifiableFor", rules.JournalIdentifiableFor),
    ];

    private static string? Pin(PinProfile pin) => !pin.Required
        ? "`pin.required` must not be false: self-service asks card and PIN, so leave it out."
        : pin.MinLength < PinShortest || pin.MaxLength > PinLongest || pin.MinLength > pin.MaxLength
        ? $"`pin.minLength` and `pin.maxLength` must lie between {PinShortest} and {PinLongest}, the shorter first: change them."
        : null;

    private static string? Cards(IReadOnlyList<CardFormatProfile> formats)
    {
        if (formats.Count == 0)
        {
            return "`cardFormats` is empty: say what card numbers look like.";
        }

        foreach (var format in formats)
        {
            if (CardFormatProto.Find(format.Check) is not { } check)
            {
                return $"`cardFormats.check` \"{format.Check}\" is unknown: use none, library-mod10, code39-mod43, ean13 or itf14.";
            }

            if (CardNumber.FindProblem(new CardFormat(format.Pattern, check)) is { } problem)
            {
                return $"`cardFormats.pattern` {problem}";
            }
        }

        return null;
    }

    private static string? Lists(ConsortiumProfile profile)
    {
        if (profile.Groups.Count == 0 || profile.Groups.Select(group => group.Code).Distinct().Count() != profile.Groups.Count)
        {
            return "`groups` must name each group once: correct the list.";
        }

        if (profile.Languages.Count == 0)
        {
            return "`languages` is empty: name at least fi.";
        }

        return profile.Purposes.Count == 0 ? "`purposes` is empty: name at least one purpose of reading personal data." : null;
    }
}
