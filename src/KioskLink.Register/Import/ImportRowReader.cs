using System.Text;
using KioskLink.Register.Patrons;
using KioskLink.Register.Profiles;
using KioskLink.Rules.Access;
using KioskLink.Rules.Cards;
using KioskLink.Rules.Identity;
using NodaTime;
using NodaTime.Text;

namespace KioskLink.Register.Import;

/// <summary>A row of a file, read and typed.</summary>
/// <param name="Patron">The patron.</param>
/// <param name="CardNumber">The normalised card number; empty when the row has none.</param>
/// <param name="CardExpiresOn">The card's last day, ISO 8601; empty means no end.</param>
/// <param name="Pin">The PIN's digits; empty when the row has none. Wiped after use.</param>
/// <param name="Remark">What of the row is not stored, though the rest is; null when all is.</param>
internal sealed record ImportRecord(PatronData Patron, string CardNumber, string CardExpiresOn, byte[] Pin, PatronProblem? Remark);

/// <summary>Reads rows of a patron file: a record, or the field that is wrong and why, never its value. Thread-safe.</summary>
internal sealed class ImportRowReader(ConsortiumProfile profile, IReadOnlyList<CardFormat> formats, LocalDate today)
{
    private const int TextMax = 200;

    /// <summary>Reads the fields of one row by column name.</summary>
    public (ImportRecord? Record, PatronProblem? Problem) Read(IReadOnlyDictionary<string, string> row)
    {
        string Text(string column) => Clean(column, row.GetValueOrDefault(column, ""));

        if (TooLong(row) is { } problem)
        {
            return (null, problem);
        }

        IdentityCode? code = null;
        if (Text(ImportColumns.IdentityCode).Length > 0 && !IdentityCode.TryParse(Text(ImportColumns.IdentityCode), out code))
        {
            return Wrong(ImportColumns.IdentityCode, "is no valid identity code: correct it or leave it empty");
        }

        if (WrongDate(Text) is { } date)
        {
            return (null, date);
        }

        var patron = Patron(Text, Date(Text(ImportColumns.DateOfBirth)) ?? code?.Born, code);
        return PatronRules.Problem(patron, profile, today) is { } wrong ? (null, wrong) : Card(Text, patron);
    }

    private (ImportRecord? Record, PatronProblem? Problem) Card(Func<string, string> text, PatronData patron)
    {
        if (LanguageOf(text(ImportColumns.Language)) is null)
        {
            return Wrong(ImportColumns.Language, "must be fi, sv or en, or empty");
        }

        var (raw, pin) = (text(ImportColumns.CardNumber), text(ImportColumns.Pin));
        var number = "";
        if (raw.Length > 0 && !CardNumber.TryRead(raw, formats, out number))
        {
            return Wrong(ImportColumns.CardNumber, "is no card number of this consortium: check its length and check digit");
        }

        if (pin.Length > 0 && number.Length == 0)
        {
            return Wrong(ImportColumns.CardNumber, "is missing, but there is a pin: give the card");
        }

        if (pin.Length > 0 && (pin.Length < profile.Pin.MinLength || pin.Length > profile.Pin.MaxLength || !pin.All(char.IsAsciiDigit)))
        {
            return Wrong(ImportColumns.Pin, $"must have {profile.Pin.MinLength} to {profile.Pin.MaxLength} digits");
        }

        return (new ImportRecord(patron, number, text(ImportColumns.CardExpiresOn), Encoding.ASCII.GetBytes(pin), Unkept(text)), null);
    }

    private PatronProblem? Unkept(Func<string, string> text) => text(ImportColumns.HomeBranch).Length > 0 && !profile.PatronFields.HomeUnit
        ? new PatronProblem(ImportColumns.HomeBranch, "is not recorded by this consortium: stored without it")
        : null;

    private PatronData Patron(Func<string, string> text, LocalDate? born, IdentityCode? code) => new()
    {
        CustomerId = text(ImportColumns.CustomerId),
        Surname = text(ImportColumns.Surname),
        FirstNames = text(ImportColumns.FirstNames),
        Born = born,
        IdentityCode = code,
        Language = LanguageOf(text(ImportColumns.Language)) ?? Language.Unknown,
        Group = text(ImportColumns.Group),
        HomeBranch = profile.PatronFields.HomeUnit ? text(ImportColumns.HomeBranch) : "",
        ResponsibleCustomerId = text(ImportColumns.ResponsibleCustomerId),
        GuardianConsentOn = Date(text(ImportColumns.GuardianConsentOn)),
        TermsAcceptedOn = Date(text(ImportColumns.TermsAcceptedOn)),
    };

    // A name that was broken over lines is one name.
    private static string Clean(string column, string value) => column is ImportColumns.Surname or ImportColumns.FirstNames && value.Contains('\n')
        ? string.Join(' ', value.Split((char[])['\r', '\n', ' '], StringSplitOptions.RemoveEmptyEntries))
        : value.Trim();

    private static PatronProblem? TooLong(IReadOnlyDictionary<string, string> row)
    {
        var (column, value) = row.FirstOrDefault(field => field.Value.Length > TextMax || Clean(field.Key, field.Value).Any(char.IsControl));
        return value is null ? null : new PatronProblem(column, $"is longer than {TextMax} characters or holds control characters: correct it");
    }

    private static PatronProblem? WrongDate(Func<string, string> text)
    {
        string[] dates =
        [
            ImportColumns.DateOfBirth, ImportColumns.CardExpiresOn, ImportColumns.TermsAcceptedOn, ImportColumns.GuardianConsentOn,
        ];
        var wrong = dates.FirstOrDefault(column => text(column).Length > 0 && Date(text(column)) is null);
        return wrong is null ? null : new PatronProblem(wrong, "is no date: write it as 2026-12-31, or leave it empty");
    }

    private static LocalDate? Date(string text) => LocalDatePattern.Iso.Parse(text) is { Success: true } date ? date.Value : null;

    private static Language? LanguageOf(string code) => code switch
    {
        "" => Language.Unknown,
        "fi" => Language.Fi,
        "sv" => Language.Sv,
        "en" => Language.En,
        _ => null,
    };

    private static (ImportRecord? Record, PatronProblem? Problem) Wrong(string field, string reason) => (null, new PatronProblem(field, reason));
}
