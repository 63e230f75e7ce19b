using KioskLink.Register.Profiles;
using KioskLink.Register.Requests;
using KioskLink.Rules.Access;

namespace KioskLink.Register.Bans;

/// <summary>The reasons for which a consortium bans patrons (R29). Pure.</summary>
internal static class BanReasons
{
    /// <summary>Refuses a code that the profile does not know, or knows for another kind of ban.</summary>
    public static void Check(string code, BanKind kind, BanProfile bans)
    {
        var fitting = bans.Reasons.Where(reason => reason.IsFor(kind)).Select(reason => reason.Code).ToList();
        if (!fitting.Contains(code))
        {
            throw Field.Wrong("ban.reason_code", $"is no reason for this kind of ban: use one of {string.Join(", ", fitting)}");
        }
    }

    /// <summary>
    /// What a code says in a language. A code that the profile has since dropped is shown as it is; bans of the time before codes have none.
    /// </summary>
    public static string Text(BanProfile bans, string code, Language language) =>
        bans.Reasons.FirstOrDefault(reason => reason.Code == code)?.Text.In(language) ?? code;
}
