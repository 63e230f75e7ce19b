using KioskLink.Rules.Cards;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Facts;

/// <summary>A card format between rules and wire; the wire names the check algorithm in words.</summary>
internal static class CardFormatProto
{
    private static readonly Dictionary<CheckAlgorithm, string> Names = new()
    {
        [CheckAlgorithm.None] = "none",
        [CheckAlgorithm.LibraryMod10] = "library-mod10",
        [CheckAlgorithm.Code39Mod43] = "code39-mod43",
        [CheckAlgorithm.Ean13] = "ean13",
        [CheckAlgorithm.Itf14] = "itf14",
    };

    /// <summary>The format on the wire.</summary>
    public static Wire.CardFormat ToProto(this CardFormat format) => new() { Pattern = format.Pattern, Check = Names[format.Check] };

    /// <summary>The format of the wire.</summary>
    public static CardFormat FromProto(this Wire.CardFormat format) => new(format.Pattern, Find(format.Check)!.Value);

    /// <summary>The algorithm of a name; null when there is none.</summary>
    public static CheckAlgorithm? Find(string name) =>
        Names.Where(pair => pair.Value == name).Select(pair => (CheckAlgorithm?)pair.Key).FirstOrDefault();
}
