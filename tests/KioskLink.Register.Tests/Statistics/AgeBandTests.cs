using KioskLink.Register.Statistics;
using NodaTime;
using NodaTime.Text;

namespace KioskLink.Register.Tests.Statistics;

public sealed class AgeBandTests
{
    [Theory]
    [InlineData("2020-12-01", "0-6")]
    [InlineData("2019-12-01", "7-14")]
    [InlineData("2011-12-02", "7-14")]
    [InlineData("2011-12-01", "15-17")]
    [InlineData("2008-12-01", "18-29")]
    [InlineData("1961-12-01", "65-")]
    public void An_age_band_is_that_of_the_day(string born, string band) =>
        Assert.Equal(band, AgeBands.Of(LocalDatePattern.Iso.Parse(born).Value, new LocalDate(2026, 12, 1)));
}
