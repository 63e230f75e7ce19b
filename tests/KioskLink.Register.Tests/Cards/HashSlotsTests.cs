using KioskLink.Register.Cards;

namespace KioskLink.Register.Tests.Cards;

/// <summary>Who waits for a slow hash, and for how long.</summary>
public class HashSlotsTests
{
    private readonly HashSlots _slots = new(2);

    [Fact]
    public async Task As_many_run_at_once_as_there_are_slots()
    {
        await _slots.EnterAsync(0);
        await _slots.EnterAsync(0);
        var third = _slots.EnterAsync(0);

        Assert.False(third.IsCompleted);
        _slots.Leave();
        await third;
    }

    [Fact]
    public async Task A_device_without_failures_goes_before_those_that_spray()
    {
        await FillAsync();
        var sprayers = Enumerable.Range(0, 20).Select(_ => _slots.EnterAsync(rank: 19)).ToList();
        var patron = _slots.EnterAsync(rank: 0);

        _slots.Leave();

        await patron;
        Assert.DoesNotContain(sprayers, sprayer => sprayer.IsCompleted);
    }

    [Fact]
    public async Task Devices_with_as_many_failures_go_in_the_order_of_their_arrival()
    {
        await FillAsync();
        var (first, second) = (_slots.EnterAsync(rank: 1), _slots.EnterAsync(rank: 1));

        _slots.Leave();

        await first;
        Assert.False(second.IsCompleted);
    }

    [Fact]
    public async Task A_patron_goes_before_the_hashes_of_an_import()
    {
        await FillAsync();
        var import = _slots.EnterAsync(HashSlots.Bulk);
        var patron = _slots.EnterAsync(rank: 3);

        _slots.Leave();

        await patron;
        Assert.False(import.IsCompleted);
    }

    private async Task FillAsync()
    {
        await _slots.EnterAsync(0);
        await _slots.EnterAsync(0);
    }
}
