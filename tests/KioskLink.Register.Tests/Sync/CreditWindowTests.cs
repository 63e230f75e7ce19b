using KioskLink.Register.Sync;

namespace KioskLink.Register.Tests.Sync;

public sealed class CreditWindowTests
{
    [Fact]
    public void Bulk_waits_when_the_window_is_spent_and_goes_on_with_a_grant()
    {
        var window = new CreditWindow();
        window.Open(100);
        Assert.True(window.TryTake(60));
        Assert.False(window.TryTake(60));
        window.Grant(60);
        Assert.True(window.TryTake(60));
    }

    [Fact]
    public void A_node_cannot_grant_more_than_the_limit_on_the_way()
    {
        var window = new CreditWindow();
        window.Open(long.MaxValue);
        Assert.True(window.TryTake((int)CreditWindow.UnconfirmedMax));
        Assert.False(window.TryTake(1));
    }

    [Fact]
    public void A_message_larger_than_the_window_goes_alone()
    {
        var window = new CreditWindow();
        window.Open(10);
        Assert.True(window.TryTake(1000));
        Assert.False(window.TryTake(1));
    }

    [Fact]
    public void Without_credit_nothing_goes()
    {
        var window = new CreditWindow();
        window.Open(0);
        Assert.False(window.TryTake(1));
    }
}
