using KioskLink.Rules.Access;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Rights;

/// <summary>
/// Says wherever a decision is explained that it followed fixed rules and that staff reviews it when asked (R81): the export, the
/// explanation of an access, the own view. Pure.
/// </summary>
internal static class ReviewRoutes
{
    /// <summary>The sentence in each language.</summary>
    public static IEnumerable<Wire.Notice> All =>
        new[] { Language.Fi, Language.Sv, Language.En }.Select(language => new Wire.Notice { Language = (Wire.Language)language, Text = In(language) });

    /// <summary>The sentence in a language.</summary>
    public static string In(Language language) => RightsTexts.Of("review", language);
}
