using System.Globalization;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Patrons;
using KioskLink.Register.Profiles;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Cards;
using KioskLink.Rules.Identity;
using NodaTime;

namespace KioskLink.Register.Samples;

/// <summary>
/// Patrons that never lived, the same for the same number: identity codes with individual numbers 900-999, which nobody is given
/// for good (domain facts 2.1). Pure.
/// </summary>
internal static class SamplePeople
{
    /// <summary>How many there can be: every birthday of the years with every individual number.</summary>
    public const int Max = Birthdays * 100;

    /// <summary>What the customer ids of all begin with.</summary>
    public const string Prefix = "sample-";

    private const int Birthdays = 27_000;
    private const int FirstNumber = 900;

    // No common divisor with the birthdays: each comes once, and few patrons have every age already.
    private const int BirthdayStep = 7_919;
    private const string CheckCharacters = "0123456789ABCDEFHJKLMNPRSTUVWXY";

    private static readonly LocalDate FirstBirthday = new(1935, 1, 1);

    private static readonly string[] Surnames =
    [
        "Aalto", "Björkman", "Eerola", "Granholm", "Hakala", "Heikkinen", "Hyvönen", "Ikonen", "Jokela", "Järvinen", "Kallio", "Karjalainen", "Kinnunen",
        "Koskinen", "Laaksonen", "Lehto", "Lindqvist", "Mäkelä", "Mäkinen", "Niemi", "Nyström", "Oksanen", "Peltonen", "Rantanen", "Räsänen", "Saarinen",
        "Salonen", "Söderholm", "Toivonen", "Tuominen", "Vainio", "Väisänen", "Wikström", "Ylönen", "Åkerman", "Öhman",
    ];

    private static readonly string[] FirstNames =
    [
        "Aada", "Aleksi", "Anna-Liisa", "Axel", "Eero", "Eeva", "Elin", "Emil", "Hanna", "Helmi", "Iida", "Ilmari", "Jenna", "Johan", "Juho", "Kaarina",
        "Kalle", "Leo", "Linnea", "Maija", "Matti", "Oskar", "Pekka", "Päivi", "Ronja", "Saga", "Sofia", "Taavi", "Veikko", "Väinö", "Ylva", "Åsa",
    ];

    /// <summary>The patron of a number from 0 on.</summary>
    public static PatronData Patron(int number, ConsortiumProfile profile, string branch)
    {
        var born = FirstBirthday.PlusDays((int)((long)number * BirthdayStep % Birthdays));
        return new PatronData
        {
            CustomerId = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number:0000000}"),
            Surname = Of(Surnames, number),
            FirstNames = $"{Of(FirstNames, number / Surnames.Length)} {Of(FirstNames, number * 7)}",
            Born = born,
            IdentityCode = Code(born, FirstNumber + (number / Birthdays)),
            Language = (number % 10) switch { 0 => Language.Sv, 1 => Language.En, _ => Language.Fi },
            Group = profile.Groups.First(group => !group.ResponsiblePerson && group.SelfService == GroupAccess.Allow).Code,
            HomeBranch = branch,
            Gender = profile.PatronFields.Gender == GenderUse.None ? Gender.Unspecified : (Gender)(number % 37 == 0 ? 3 : 1 + (number / 3 % 2)),
            TermsAcceptedOn = number % 5 == 0 ? null : new LocalDate(2026, 1, 15),
        };
    }

    /// <summary>The card of a number: 14 digits with the library check digit; null where the profile's cards look otherwise.</summary>
    public static string? Card(int number, ConsortiumProfile profile)
    {
        var body = string.Create(CultureInfo.InvariantCulture, $"2999{number:000000000}");
        var card = body + CheckDigit.Of(CheckAlgorithm.LibraryMod10, body);
        return CardNumber.TryRead(card, [.. profile.CardFormats.Select(format => new CardFormat(format.Pattern, CardFormatProto.Find(format.Check)!.Value))], out _) ? card : null;
    }

    private static string Of(string[] names, int number) => names[number % names.Length];

    private static IdentityCode Code(LocalDate born, int individual)
    {
        var digits = string.Create(CultureInfo.InvariantCulture, $"{born.Day:00}{born.Month:00}{born.Year % 100:00}{individual:000}");
        var check = CheckCharacters[int.Parse(digits, CultureInfo.InvariantCulture) % CheckCharacters.Length];
        var text = $"{digits[..6]}{(born.Year < 2000 ? '-' : 'A')}{digits[6..]}{check}";
        return IdentityCode.TryParse(text, out var code) ? code : throw new InvalidOperationException("A sample's identity code breaks its own form.");
    }
}
