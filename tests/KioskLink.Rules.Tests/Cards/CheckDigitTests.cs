using KioskLink.Rules.Cards;

namespace KioskLink.Rules.Tests.Cards;

public class CheckDigitTests
{
    [Theory]
    [InlineData(CheckAlgorithm.LibraryMod10, "3900204393039", '6')]
    [InlineData(CheckAlgorithm.LibraryMod10, "2440000000001", '2')]
    [InlineData(CheckAlgorithm.LibraryMod10, "2123400000012", '5')]
    [InlineData(CheckAlgorithm.Code39Mod43, "A123B4Z", 'N')]
    [InlineData(CheckAlgorithm.Ean13, "400638133393", '1')]
    [InlineData(CheckAlgorithm.Itf14, "1540014128876", '3')]
    public void Every_published_number_gets_its_check_character(CheckAlgorithm algorithm, string body, char check)
    {
        Assert.Equal(check, CheckDigit.Of(algorithm, body));
        Assert.True(CheckDigit.IsValid(algorithm, body + check));
    }

    [Theory]
    [InlineData(CheckAlgorithm.LibraryMod10, "24400000000011")]
    [InlineData(CheckAlgorithm.LibraryMod10, "2440000000012")]
    [InlineData(CheckAlgorithm.LibraryMod10, "2440000000001X")]
    [InlineData(CheckAlgorithm.Code39Mod43, "A123B4ZM")]
    [InlineData(CheckAlgorithm.Code39Mod43, "a123b4zN")]
    [InlineData(CheckAlgorithm.Code39Mod43, "N")]
    [InlineData(CheckAlgorithm.Ean13, "4006381333932")]
    [InlineData(CheckAlgorithm.Itf14, "15400141288764")]
    [InlineData(CheckAlgorithm.Itf14, "")]
    public void A_wrong_check_character_length_or_letter_is_refused(CheckAlgorithm algorithm, string number) =>
        Assert.False(CheckDigit.IsValid(algorithm, number));

    [Theory]
    [InlineData(CheckAlgorithm.LibraryMod10, "24400000000012")]
    [InlineData(CheckAlgorithm.Ean13, "4006381333931")]
    [InlineData(CheckAlgorithm.Itf14, "15400141288763")]
    public void One_mistyped_digit_is_always_found(CheckAlgorithm algorithm, string number)
    {
        for (var at = 0; at < number.Length; at++)
        {
            foreach (var digit in "0123456789".Where(digit => digit != number[at]))
            {
                Assert.False(CheckDigit.IsValid(algorithm, number[..at] + digit + number[(at + 1)..]));
            }
        }
    }
}
