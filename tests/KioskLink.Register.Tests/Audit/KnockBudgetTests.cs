using KioskLink.Register.Audit;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Audit;

/// <summary>Knocking leaves a bounded number of rows and lines, and its number is told though nobody knocks any more.</summary>
public sealed class KnockBudgetTests
{
    private readonly VirtualTime _time = new();
    private readonly List<long> _told = [];

    [Fact]
    public void What_is_only_counted_is_told_when_the_minute_ends_and_when_the_register_ends()
    {
        var budget = new KnockBudget(_time, _told.Add);

        Assert.Equal(KnockBudget.EachMax, Knock(budget, KnockBudget.EachMax + 40));
        Assert.Empty(_told);
        _time.Advance(KnockBudget.Window);
        Assert.Equal([40], _told);
        Assert.Equal(KnockBudget.EachMax, Knock(budget, KnockBudget.EachMax + 2));
        budget.Dispose();

        Assert.Equal([40, 2], _told);
    }

    [Fact]
    public void A_quiet_minute_tells_nothing()
    {
        using var budget = new KnockBudget(_time, _told.Add);
        Knock(budget, KnockBudget.EachMax);

        _time.Advance(KnockBudget.Window);

        Assert.Empty(_told);
    }

    private static int Knock(KnockBudget budget, int times) => Enumerable.Range(0, times).Count(_ => budget.Take());
}
