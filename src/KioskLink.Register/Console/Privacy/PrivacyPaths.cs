using KioskLink.Protos.Register.V1;
using KioskLink.Register.Console.Texts;
using Language = KioskLink.Protos.Types.V1.Language;

namespace KioskLink.Register.Console.Privacy;

/// <summary>Which privacy notice an address names.</summary>
internal static class PrivacyPaths
{
    /// <summary>The registers that have a notice of their own.</summary>
    public static readonly IReadOnlyList<DataRegister> Registers = [DataRegister.Customer, DataRegister.Camera];

    /// <summary>The address of a version.</summary>
    public static string Of(string page, PrivacyNoticeVersion version) => $"{page}?register={version.Register}&at={version.VersionDate}";

    /// <summary>The register that an address names; the customer register where it names none.</summary>
    public static DataRegister Read(string? register) =>
        Enum.TryParse<DataRegister>(register, out var named) && Registers.Contains(named) ? named : DataRegister.Customer;

    /// <summary>The pages' language as the register calls it.</summary>
    public static Language LanguageOf(Words words) => words.Language switch
    {
        "sv" => Language.Sv,
        "en" => Language.En,
        _ => Language.Fi,
    };
}
