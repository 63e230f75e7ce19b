using FsCheck;
using FsCheck.Fluent;
using KioskLink.Rules.Identity;
using NodaTime;

namespace KioskLink.Rules.Tests.Identity;

public class IdentityProperties
{
    private const string Checks = "0123456789ABCDEFHJKLMNPRSTUVWXY";
    private static readonly Dictionary<int, string> Signs = new() { [1800] = "+", [1900] = "-YXWVU", [2000] = "ABCDEF" };

    private static readonly Gen<LocalDate> AnyDay = Gen.Choose(0, Period.DaysBetween(new LocalDate(1800, 1, 1), new LocalDate(2099, 12, 31)))
        .Select(days => new LocalDate(1800, 1, 1).PlusDays(days));

    private static readonly Gen<(LocalDate Born, char Sign, int Number)> AnyPerson =
        from born in AnyDay
        from sign in Gen.Elements(Signs[born.Year / 100 * 100].ToCharArray())
        from number in Gen.Choose(2, 999)
        select (born, sign, number);

    [Fact]
    public void Every_day_sign_and_number_makes_one_code_and_one_only() => Hold(AnyPerson, person =>
    {
        var right = Checks.Where(check => IdentityCode.TryParse(Code(person, check), out _)).ToList();
        return right.Count == 1
            && IdentityCode.TryParse(Code(person, right[0]), out var code)
            && code.Born == person.Born && code.IsArtificial == (person.Number >= 900)
            && IdentityCode.TryParse(Code(person, right[0]).ToLowerInvariant(), out var lower) && lower == code;
    });

    [Fact]
    public void A_sign_of_another_century_is_another_day_or_none() => Hold(AnyPerson, person =>
        string.Concat(Signs.Values).Where(sign => sign != person.Sign).All(sign =>
            !IdentityCode.TryParse(Code(person with { Sign = sign }, CheckOf(person)), out var code)
            || (Signs[code.Born.Year / 100 * 100].Contains(sign) && (code.Born.Day, code.Born.Month) == (person.Born.Day, person.Born.Month))));

    [Fact]
    public void Any_text_is_a_code_or_none_and_shows_no_individual_number() => Hold(
        Gen.OneOf(ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get), AnyPerson.Select(person => Code(person, CheckOf(person)))),
        text => !IdentityCode.TryParse(text, out var code) || $"{code}" == code.Value[..7] + "****");

    [Fact]
    public void An_age_is_reached_on_the_first_day_on_which_a_person_is_that_old() => Hold(
        AnyDay.Zip(Gen.Choose(0, 100)),
        person =>
        {
            var (born, age) = person;
            var first = AgeRule.OkFrom(born, age);
            return AgeOn(first, born) == age && (age == 0 || AgeOn(first.PlusDays(-1), born) == age - 1);
        });

    /// <summary>Birthdays that have come, one by one: that of 29 February comes on 1 March in other years.</summary>
    private static int AgeOn(LocalDate day, LocalDate born)
    {
        var hasComeThisYear = (day.Month, day.Day).CompareTo((born.Month, born.Day)) >= 0;
        return day.Year - born.Year - (hasComeThisYear ? 0 : 1);
    }

    private static string Code((LocalDate Born, char Sign, int Number) person, char check) => $"{person.Born:ddMMyy}{person.Sign}{person.Number:000}{check}";

    private static char CheckOf((LocalDate Born, char Sign, int Number) person) =>
        Checks[(int)((((person.Born.Day * 10_000L) + (person.Born.Month * 100) + (person.Born.Year % 100)) * 1000 + person.Number) % Checks.Length)];

    private static void Hold<T>(Gen<T> any, Func<T, bool> property) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Arb.From(any), property));
}
