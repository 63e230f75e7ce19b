using KioskLink.Rules.Identity;
using NodaTime;

namespace KioskLink.Rules.Tests.Identity;

public class IdentityCodeTests
{
    [Theory]
    [InlineData("010594Y9032", 1994, 5, 1)]
    [InlineData("010594Y9021", 1994, 5, 1)]
    [InlineData("020594X903P", 1994, 5, 2)]
    [InlineData("030594W903B", 1994, 5, 3)]
    [InlineData("030694W9024", 1994, 6, 3)]
    [InlineData("040594V9030", 1994, 5, 4)]
    [InlineData("050594U903M", 1994, 5, 5)]
    [InlineData("050594U902L", 1994, 5, 5)]
    [InlineData("010516B903X", 2016, 5, 1)]
    [InlineData("020516C903K", 2016, 5, 2)]
    [InlineData("030516D9037", 2016, 5, 3)]
    [InlineData("010501E9032", 2001, 5, 1)]
    [InlineData("020503F9037", 2003, 5, 2)]
    [InlineData("020504A902E", 2004, 5, 2)]
    [InlineData("020504B904H", 2004, 5, 2)]
    [InlineData("150611A900C", 2011, 6, 15)]
    [InlineData("150800B907C", 2000, 8, 15)]
    [InlineData("290208A904J", 2008, 2, 29)]
    [InlineData("010170-905P", 1970, 1, 1)]
    [InlineData("311299Y906E", 1999, 12, 31)]
    [InlineData("290200A900B", 2000, 2, 29)]
    [InlineData("211111A902B", 2011, 11, 21)]
    [InlineData("221111A9031", 2011, 11, 22)]
    public void Every_fictitious_code_is_read_with_its_date_and_flagged_artificial(string text, int year, int month, int day)
    {
        Assert.True(IdentityCode.TryParse(text, out var code));
        Assert.Equal(new LocalDate(year, month, day), code.Born);
        Assert.Equal(text, code.Value);
        Assert.True(code.IsArtificial);
    }

    [Theory]
    [InlineData("290200-900B")]
    [InlineData("010594Y9033")]
    [InlineData("010594G9032")]
    [InlineData("010190-999K")]
    [InlineData("010190Y999K")]
    [InlineData("010594Y903")]
    [InlineData("010594Y90322")]
    [InlineData("320594Y903X")]
    [InlineData("010094Y9032")]
    [InlineData("000594Y9032")]
    [InlineData("010594Y000J")]
    [InlineData("+10594Y9032")]
    [InlineData("010594Y 032")]
    [InlineData("")]
    [InlineData(null)]
    public void A_code_with_a_wrong_date_sign_check_or_length_is_refused(string? text) =>
        Assert.False(IdentityCode.TryParse(text, out _));

    [Fact]
    public void The_code_of_the_news_text_is_right_with_its_true_check_character()
    {
        Assert.True(IdentityCode.TryParse("010190-999W", out var code));
        Assert.True(code.IsArtificial);
    }

    [Fact]
    public void Individual_numbers_0_and_1_are_nobodys_and_2_to_899_are_real()
    {
        Assert.False(IdentityCode.TryParse(WithCheck("010170-", 0), out _));
        Assert.False(IdentityCode.TryParse(WithCheck("010170-", 1), out _));
        Assert.True(IdentityCode.TryParse(WithCheck("010170-", 2), out var first));
        Assert.True(IdentityCode.TryParse(WithCheck("010170-", 899), out var last));
        Assert.False(first.IsArtificial || last.IsArtificial);
    }

    [Fact]
    public void Two_people_may_share_everything_but_the_sign()
    {
        Assert.True(IdentityCode.TryParse("010594Y9032", out var one));
        Assert.True(IdentityCode.TryParse("010594-9032", out var other));
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void The_nineteenth_century_has_a_plus()
    {
        Assert.True(IdentityCode.TryParse(WithCheck("010194+", 900), out var code));
        Assert.Equal(1894, code.Born.Year);
    }

    [Fact]
    public void A_code_is_kept_in_upper_case_and_shown_masked()
    {
        Assert.True(IdentityCode.TryParse(" 020594x903p\n", out var code));
        Assert.Equal("020594X903P", code.Value);
        Assert.Equal("020594X****", $"{code}");
    }

    private static string WithCheck(string start, int number)
    {
        var digits = int.Parse(start[..6], System.Globalization.CultureInfo.InvariantCulture);
        return $"{start}{number:000}{"0123456789ABCDEFHJKLMNPRSTUVWXY"[((digits * 1000) + number) % 31]}";
    }
}
