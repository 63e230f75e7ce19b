using KioskLink.Rules.Cards;

namespace KioskLink.Rules.Tests.Cards;

public class CardNumberTests
{
    private static readonly CardFormat[] Library = [new(@"2\d{13}", CheckAlgorithm.LibraryMod10)];
    private static readonly CardFormat[] Code39 = [new(@"837A[0-9A-Z]{4,10}", CheckAlgorithm.None)];

    [Theory]
    [InlineData("24400000000012")]
    [InlineData("24400000000012\r\n")]
    [InlineData("\t24400000000012\r")]
    [InlineData("]A024400000000012")]
    [InlineData("]F024400000000012")]
    [InlineData("]C024400000000012")]
    [InlineData("]E024400000000012")]
    [InlineData("]I024400000000012")]
    [InlineData("A24400000000012B")]
    [InlineData("c24400000000012d")]
    [InlineData("]F0a24400000000012a\r")]
    [InlineData("*24400000000012*")]
    public void What_a_reader_adds_is_taken_off(string raw)
    {
        Assert.True(CardNumber.TryRead(raw, Library, out var number));
        Assert.Equal("24400000000012", number);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n")]
    [InlineData("24400000000011")]
    [InlineData("34400000000012")]
    [InlineData("244000000000120")]
    [InlineData("2440000\u00000000012")]
    [InlineData("2440000\u001b0000012")]
    [InlineData("٢٤٤٠٠٠٠٠٠٠٠٠١٢")]
    [InlineData("]A0A24400000000012B")]
    [InlineData("A24400000000012")]
    public void What_fits_no_format_is_no_card(string raw) => Assert.False(CardNumber.TryRead(raw, Library, out _));

    [Theory]
    [InlineData(CheckAlgorithm.LibraryMod10, "39002043930396")]
    [InlineData(CheckAlgorithm.LibraryMod10, "21234000000125")]
    [InlineData(CheckAlgorithm.Code39Mod43, "A123B4ZN")]
    [InlineData(CheckAlgorithm.Ean13, "4006381333931")]
    [InlineData(CheckAlgorithm.Itf14, "15400141288763")]
    public void A_number_of_every_check_algorithm_is_read_and_its_neighbour_is_not(CheckAlgorithm check, string text)
    {
        CardFormat[] formats = [new("[0-9A-Z]+", check)];
        Assert.True(CardNumber.TryRead($"]A0*{text.ToLowerInvariant()}*\r\n", formats, out var number));
        Assert.Equal(text, number);
        Assert.False(CardNumber.TryRead(text[..^1] + (char)(text[^1] == '9' ? '0' : text[^1] + 1), formats, out _));
    }

    [Fact]
    public void Letters_are_compared_in_upper_case()
    {
        Assert.True(CardNumber.TryRead("837a12b4", Code39, out var number));
        Assert.Equal("837A12B4", number);
    }

    [Fact]
    public void Letters_that_belong_to_the_number_stay()
    {
        Assert.True(CardNumber.TryRead("A12345B", [new("A[0-9]{5}B", CheckAlgorithm.None)], out var number));
        Assert.Equal("A12345B", number);
    }

    [Fact]
    public void A_number_is_at_most_32_characters_long()
    {
        CardFormat[] anything = [new(".*", CheckAlgorithm.None)];
        Assert.True(CardNumber.TryRead(new string('7', 32), anything, out _));
        Assert.False(CardNumber.TryRead(new string('7', 33), anything, out _));
    }

    [Fact]
    public void A_format_fits_the_whole_number_or_not_at_all() =>
        Assert.False(CardNumber.TryRead("124400000000012", [new("24400000000012|1", CheckAlgorithm.None)], out _));

    [Fact]
    public void Without_formats_nothing_is_a_card() => Assert.False(CardNumber.TryRead("24400000000012", [], out _));

    [Theory]
    [InlineData("2[0-9")]
    [InlineData("(?=2)2")]
    public void A_format_that_cannot_be_used_is_named(string pattern) =>
        Assert.Contains(pattern, CardNumber.FindProblem(new CardFormat(pattern, CheckAlgorithm.None)), StringComparison.Ordinal);

    [Fact]
    public void A_format_that_can_be_used_has_no_problem() => Assert.Null(CardNumber.FindProblem(Library[0]));
}
