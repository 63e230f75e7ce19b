using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;

namespace KioskLink.Rules.Texts;

/// <summary>
/// Texts for patrons in Finnish, Swedish and English (R5, R30): what happened and what to do next, nothing that a bystander or a finder of
/// the card should learn. Pure and thread-safe.
/// </summary>
public static class PatronTexts
{
    /// <summary>The text for a decision.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="branch">The branch, for its help number and languages; null when it is not configured.</param>
    /// <param name="outdoors">Whether bystanders can read it: fees and bans are then not named, unless the profile says otherwise.</param>
    /// <param name="offline">Whether the register was out of reach.</param>
    /// <param name="fallback">The language while the patron's is unknown; unknown means the branch's first.</param>
    public static PatronText For(Decision decision, BranchPolicy? branch, bool outdoors, bool offline, Language fallback)
    {
        ArgumentNullException.ThrowIfNull(decision);
        var language = LanguageOf(decision.Language, fallback, branch);
        var isPlain = !outdoors || branch is { PlainTextsOutdoors: true };
        var key = KeyOf(decision, isPlain);
        var parts = new List<string> { TextTable.Get(key, language) };
        if (key == TextKey.Closed && decision.NextOpening is { } opening)
        {
            parts.Add(OpeningText.For(opening, language));
        }

        if (key == TextKey.NotAccepted && offline)
        {
            parts.Add(TextTable.Get(TextKey.ConnectionDown, language));
        }

        if (NeedsHelp(key) && branch is { HelpPhone.Length: > 0 })
        {
            parts.Add($"{TextTable.Get(TextKey.Help, language)} {branch.HelpPhone}.");
        }

        return new PatronText(key, string.Join(' ', parts), language);
    }

    private static Language LanguageOf(Language patron, Language fallback, BranchPolicy? branch) =>
        patron != Language.Unknown ? patron
        : fallback != Language.Unknown ? fallback
        : branch?.Languages.FirstOrDefault(language => language != Language.Unknown) is { } first and not Language.Unknown ? first
        : Language.Fi;

    private static string KeyOf(Decision decision, bool isPlain) => decision.Code switch
    {
        DecisionCode.Granted or DecisionCode.GrantedBadge => TextKey.Welcome,
        DecisionCode.StaffedOpen => TextKey.StaffedOpen,
        DecisionCode.CardUnreadable => TextKey.Unreadable,
        DecisionCode.CardUnknown or DecisionCode.OfflineNotCached or DecisionCode.PinLocked or DecisionCode.PinMissing or DecisionCode.PinWrong =>
            PinKey(decision),
        DecisionCode.BadgeRefused => TextKey.NotAccepted,
        DecisionCode.OfflineRefused or DecisionCode.OfflineTooOld or DecisionCode.ClockUntrusted => TextKey.OutOfTouch,
        DecisionCode.Lockdown or DecisionCode.NodeMisconfigured or DecisionCode.AlarmArmed => TextKey.OutOfService,
        DecisionCode.Maintenance => TextKey.Maintenance,
        DecisionCode.BranchSuspended => TextKey.Suspended,
        DecisionCode.CardLost or DecisionCode.CardExpired => TextKey.CardNotValid,
        DecisionCode.UseBan or DecisionCode.SelfServiceBan or DecisionCode.LoanBan => isPlain ? TextKey.Banned : TextKey.Neutral,
        DecisionCode.FeesOverLimit => isPlain ? TextKey.Fees : TextKey.Neutral,
        DecisionCode.Underage => TextKey.Underage,
        DecisionCode.TermsNotAccepted => TextKey.Terms,
        DecisionCode.NotRegistered => TextKey.NotRegistered,
        DecisionCode.Closed => TextKey.Closed,
        DecisionCode.CapacityFull => TextKey.Full,
        DecisionCode.AlreadyInside => TextKey.AlreadyInside,
        _ => TextKey.Neutral,
    };

    // An unknown card is told what a known one would be told, from the PIN alone.
    private static string PinKey(Decision decision) => decision.Pin switch
    {
        PinResult.Missing => TextKey.PinMissing,
        PinResult.Locked => TextKey.PinLocked,
        _ when decision.Code == DecisionCode.PinLocked => TextKey.PinLocked,
        _ when decision.Code == DecisionCode.PinMissing => TextKey.PinMissing,
        _ => TextKey.NotAccepted,
    };

    private static bool NeedsHelp(string key) => key is TextKey.Neutral or TextKey.OutOfService or TextKey.OutOfTouch or TextKey.Banned or TextKey.Fees
        or TextKey.CardNotValid or TextKey.Maintenance or TextKey.Suspended or TextKey.AlreadyInside;
}
