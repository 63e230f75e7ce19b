using KioskLink.Rules.Identity;
using NodaTime;

namespace KioskLink.Rules.Tests.Identity;

public class AgeRuleTests
{
    private static readonly LocalDate Today = new(2026, 11, 21);

    [Theory]
    [InlineData("211111A902B", true)]
    [InlineData("221111A9031", false)]
    public void Fifteen_is_reached_on_the_birthday_itself(string text, bool isOldEnough)
    {
        Assert.True(IdentityCode.TryParse(text, out var code));
        Assert.Equal(isOldEnough, AgeRule.OkFrom(code.Born, 15) <= Today);
    }

    [Fact]
    public void Somebody_born_on_29_February_turns_15_on_1_March()
    {
        Assert.True(IdentityCode.TryParse("290208A904J", out var code));
        Assert.Equal(new LocalDate(2023, 3, 1), AgeRule.OkFrom(code.Born, 15));
        Assert.Equal(new LocalDate(2024, 2, 29), AgeRule.OkFrom(code.Born, 16));
    }
}
