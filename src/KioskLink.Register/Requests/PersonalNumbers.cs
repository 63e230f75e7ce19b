using System.Text.RegularExpressions;
using KioskLink.Rules.Identity;

namespace KioskLink.Register.Requests;

/// <summary>Finds identity codes in texts that must hold none. Pure.</summary>
internal static partial class PersonalNumbers
{
    /// <summary>Whether a text holds an identity code, in whatever company.</summary>
    public static bool HoldIdentityCode(string text) => IdentityCodes().Matches(text).Any(match => IdentityCode.TryParse(match.Value, out _));

    [GeneratedRegex(@"(?<!\d)\d{6}[-+A-FU-Ya-fu-y]\d{3}[0-9A-Za-z]")]
    private static partial Regex IdentityCodes();
}
