using System.Text.RegularExpressions;
using KioskLink.Register.Profiles;
using KioskLink.Register.Requests;

namespace KioskLink.Register.Camera;

/// <summary>
/// Free texts of the camera register: they say why and what, and hold no number by which somebody in a recording could be found
/// (R67): no identity code, no library-card number, no vehicle's registration number.
/// </summary>
internal sealed partial class RecordText(ConsortiumProfile profile)
{
    /// <summary>Longest text.</summary>
    public const int TextMax = 1000;

    private readonly List<Regex> _cards = [.. profile.CardFormats.Select(format => new Regex(format.Pattern, RegexOptions.None, Patience))];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>A mandatory text.</summary>
    public string Required(string value, string field, int max = TextMax)
    {
        Field.Required(value, field, max);
        return Kind(value, AnyPlates()) is { } kind ? throw Field.Wrong(field, $"holds {kind}: leave it out") : value;
    }

    /// <summary>
    /// A mandatory name of a camera: as the camera system spells it, so that `cam-1` is none of the spellings of a plate that a text may not hold.
    /// </summary>
    public string Name(string value, string field)
    {
        Field.Required(value, field, Field.IdMax);
        return Kind(value, Plates()) is { } kind ? throw Field.Wrong(field, $"holds {kind}: leave it out") : value;
    }

    private string? Kind(string text, Regex plates)
    {
        if (PersonalNumbers.HoldIdentityCode(text))
        {
            return "an identity code";
        }

        if (Numbers().Matches(text).Any(match => _cards.Exists(card => card.IsMatch(match.Value))))
        {
            return "a library-card number";
        }

        return plates.IsMatch(text) ? "a vehicle's registration number" : null;
    }

    [GeneratedRegex(@"[0-9A-Za-z]{6,32}")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"\b[A-ZÅÄÖ]{3}-\d{1,3}\b")]
    private static partial Regex Plates();

    // As people write them: capitals with a hyphen, a space or nothing between, small letters with the hyphen (the 12 men are none).
    [GeneratedRegex(@"\b(?:[A-ZÅÄÖ]{3}[- ]?\d{1,3}|[A-ZÅÄÖa-zåäö]{2,3}-\d{1,3})\b")]
    private static partial Regex AnyPlates();
}
