using FsCheck;
using FsCheck.Fluent;
using KioskLink.Rules.Cards;

namespace KioskLink.Rules.Tests.Cards;

public class CardProperties
{
    private const string Code39 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%";

    private static readonly Dictionary<CheckAlgorithm, Gen<string>> Bodies = new()
    {
        [CheckAlgorithm.LibraryMod10] = Digits(13),
        [CheckAlgorithm.Ean13] = Digits(12),
        [CheckAlgorithm.Itf14] = Digits(13),
        [CheckAlgorithm.Code39Mod43] = Gen.Choose(1, 20).SelectMany(length => Gen.Elements(Code39.ToCharArray()).ArrayOf(length)).Select(text => new string(text)),
    };

    public static TheoryData<CheckAlgorithm> Algorithms => new(Bodies.Keys);

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Every_number_has_exactly_one_check_character(CheckAlgorithm algorithm) => Hold(Bodies[algorithm], body =>
        Code39.Count(check => CheckDigit.IsValid(algorithm, body + check)) == 1
        && CheckDigit.IsValid(algorithm, body + CheckDigit.Of(algorithm, body)));

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void One_mistyped_character_is_always_found(CheckAlgorithm algorithm) => Hold(
        from body in Bodies[algorithm]
        from at in Gen.Choose(0, body.Length - 1)
        from typed in Gen.Elements(Code39.ToCharArray())
        select (body, at, typed),
        slip => slip.body[slip.at] == slip.typed
            || !CheckDigit.IsValid(algorithm, slip.body[..slip.at] + slip.typed + slip.body[(slip.at + 1)..] + CheckDigit.Of(algorithm, slip.body)));

    [Fact]
    public void A_number_is_read_alike_whatever_reader_and_symbology_carry_it() => Hold(
        from body in Digits(12).Select(digits => "2" + digits)
        from frame in Gen.Elements("{0}", "*{0}*", "A{0}B", "c{0}d", "]A0{0}", "]A0*{0}*", "]F0{0}", "]F0a{0}c", "]C0{0}", "]E0{0}", "]I0{0}")
        from start in Gen.Elements("", "\t", " ", "\n")
        from end in Gen.Elements("", "\r", "\r\n", "\t", " \r\n")
        select (Number: body + CheckDigit.Of(CheckAlgorithm.LibraryMod10, body), frame, start, end),
        read => CardNumber.TryRead(read.start + string.Format(System.Globalization.CultureInfo.InvariantCulture, read.frame, read.Number) + read.end, Library, out var number)
            && number == read.Number
            && CardNumber.TryRead(number, Library, out var again) && again == number);

    [Fact]
    public void Whatever_is_read_is_a_plain_number_of_a_format_or_nothing() => Hold(
        Gen.OneOf(ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get), Digits(14)),
        raw => CardNumber.TryRead(raw, Library, out var number)
            ? number.Length == 14 && number.All(char.IsAsciiDigit) && CheckDigit.IsValid(CheckAlgorithm.LibraryMod10, number)
            : number.Length == 0);

    private static CardFormat[] Library { get; } = [new(@"2\d{13}", CheckAlgorithm.LibraryMod10)];

    private static Gen<string> Digits(int count) => Gen.Choose('0', '9').ArrayOf(count).Select(digits => string.Concat(digits.Select(digit => (char)digit)));

    private static void Hold<T>(Gen<T> any, Func<T, bool> property) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Arb.From(any), property));
}
