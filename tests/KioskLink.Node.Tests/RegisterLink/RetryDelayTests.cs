using KioskLink.Node.RegisterLink;

namespace KioskLink.Node.Tests.RegisterLink;

public class RetryDelayTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(0.999999)]
    public void Waits_stay_between_half_a_second_and_ten(double jitter)
    {
        var retry = new RetryDelay(() => jitter);

        var waits = Enumerable.Range(0, 20).Select(_ => retry.Next()).ToList();

        Assert.All(waits, wait => Assert.InRange(wait, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(10)));
        Assert.Equal(waits.Order(), waits);
    }

    [Fact]
    public void A_success_makes_the_next_wait_short_again()
    {
        var retry = new RetryDelay(() => 0.9);
        var first = retry.Next();
        retry.Next();

        retry.Reset();

        Assert.Equal(first, retry.Next());
    }
}
