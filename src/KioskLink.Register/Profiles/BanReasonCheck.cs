using System.Text.RegularExpressions;
using KioskLink.Rules.Access;

namespace KioskLink.Register.Profiles;

/// <summary>What a profile must say of the reasons for bans (R29).</summary>
internal static partial class BanReasonCheck
{
    private const int CodeMax = 32;
    private const int TextMax = 100;

    /// <summary>The first thing that is wrong; null when all is well.</summary>
    public static string? Problem(BanProfile bans) =>
        bans.Reasons.Select(Code).Concat(bans.Reasons.Select(Words)).FirstOrDefault(problem => problem is not null) ?? Twice(bans.Reasons) ?? Uncovered(bans);

    private static string? Code(BanReasonProfile reason) => reason.Code.Length <= CodeMax && Kebab().IsMatch(reason.Code)
        ? null
        : $"`bans.reasons.code` \"{reason.Code}\" must be lower-case words joined by hyphens, at most {CodeMax} characters: change it.";

    private static string? Words(BanReasonProfile reason) =>
        reason.Text.IsWhole() && new[] { reason.Text.Fi, reason.Text.Sv, reason.Text.En }.All(text => text.Length <= TextMax)
            ? null
            : $"`bans.reasons.text` of \"{reason.Code}\" must say something in fi, sv and en, each at most {TextMax} characters: correct it.";

    private static string? Twice(IReadOnlyList<BanReasonProfile> reasons) =>
        reasons.CountBy(reason => reason.Code).FirstOrDefault(code => code.Value > 1).Key is { } twice
            ? $"`bans.reasons.code` names \"{twice}\" twice: give each reason a code of its own."
            : null;

    private static string? Uncovered(BanProfile bans)
    {
        foreach (var kind in bans.Kinds)
        {
            if (!bans.Reasons.Any(reason => reason.IsFor(kind)))
            {
                return $"`bans.reasons` has none for {Name(kind)} bans, which `bans.kinds` lists: add one.";
            }
        }

        return null;
    }

    private static string Name(BanKind kind) => kind == BanKind.SelfService ? "self-service" : kind.ToString().ToLowerInvariant();

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex Kebab();
}
