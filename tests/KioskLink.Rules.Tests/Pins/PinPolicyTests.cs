using System.Text;
using KioskLink.Rules.Pins;
using NodaTime;

namespace KioskLink.Rules.Tests.Pins;

public class PinPolicyTests
{
    private static readonly PinPolicy Policy = new(4, 8);
    private static readonly LocalDate Born = new(1994, 5, 3);

    [Theory]
    [InlineData("1379", PinVerdict.Accepted)]
    [InlineData("83170294", PinVerdict.Accepted)]
    [InlineData("137", PinVerdict.WrongLength)]
    [InlineData("", PinVerdict.WrongLength)]
    [InlineData("831702945", PinVerdict.WrongLength)]
    [InlineData("13a9", PinVerdict.NotDigits)]
    [InlineData("13 9", PinVerdict.NotDigits)]
    [InlineData("1234", PinVerdict.TooCommon)]
    [InlineData("4321", PinVerdict.TooCommon)]
    [InlineData("1212", PinVerdict.TooCommon)]
    [InlineData("2580", PinVerdict.TooCommon)]
    [InlineData("0852", PinVerdict.TooCommon)]
    [InlineData("777777", PinVerdict.TooCommon)]
    [InlineData("12345", PinVerdict.TooCommon)]
    [InlineData("123456", PinVerdict.TooCommon)]
    [InlineData("87654321", PinVerdict.TooCommon)]
    [InlineData("121212", PinVerdict.TooCommon)]
    [InlineData("12121212", PinVerdict.TooCommon)]
    [InlineData("124578", PinVerdict.Accepted)]
    [InlineData("121213", PinVerdict.Accepted)]
    [InlineData("0305", PinVerdict.BirthDate)]
    [InlineData("1994", PinVerdict.BirthDate)]
    [InlineData("030594", PinVerdict.BirthDate)]
    [InlineData("03051994", PinVerdict.BirthDate)]
    [InlineData("0012", PinVerdict.CardDigits)]
    [InlineData("00012", PinVerdict.CardDigits)]
    public void A_new_pin_is_judged(string pin, PinVerdict expected) =>
        Assert.Equal(expected, Policy.Judge(Encoding.ASCII.GetBytes(pin), Born, "24400000000012"));

    [Fact]
    public void All_ten_repeated_digits_are_too_common()
    {
        foreach (var digit in "0123456789")
        {
            Assert.Equal(PinVerdict.TooCommon, Policy.Judge(Encoding.ASCII.GetBytes(new string(digit, 4)), null, "24400000000012"));
        }
    }

    [Fact]
    public void Without_a_date_of_birth_no_birthday_is_refused() =>
        Assert.Equal(PinVerdict.Accepted, Policy.Judge("0305"u8, null, "24400000000012"));
}
