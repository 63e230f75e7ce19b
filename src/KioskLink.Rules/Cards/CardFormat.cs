namespace KioskLink.Rules.Cards;

/// <summary>What a card number looks like in a consortium (domain facts 2.2).</summary>
/// <param name="Pattern">A regular expression that the whole normalised number matches.</param>
/// <param name="Check">The check algorithm.</param>
public sealed record CardFormat(string Pattern, CheckAlgorithm Check);

/// <summary>A check algorithm of card numbers.</summary>
public enum CheckAlgorithm
{
    /// <summary>None.</summary>
    None,

    /// <summary>Codabar/library mod 10 over 14 digits (Luhn variant).</summary>
    LibraryMod10,

    /// <summary>Code 39 mod 43.</summary>
    Code39Mod43,

    /// <summary>EAN-13.</summary>
    Ean13,

    /// <summary>Interleaved 2 of 5, 14 digits.</summary>
    Itf14,
}
