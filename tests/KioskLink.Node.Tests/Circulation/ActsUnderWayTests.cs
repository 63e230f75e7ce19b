using KioskLink.Circulation.Lending;

namespace KioskLink.Node.Tests.Circulation;

/// <summary>The same act is done by one while others wait for its answer.</summary>
public sealed class ActsUnderWayTests
{
    private readonly ActsUnderWay _acts = new();
    private readonly TaskCompletionSource<string> _first = new();
    private int _done;

    [Fact]
    public async Task Whoever_tells_an_act_again_hears_the_first_one_s_answer_and_another_act_waits_for_nobody()
    {
        var first = _acts.OnceAsync("a", FirstAsync);
        var second = _acts.OnceAsync("a", SecondAsync);

        Assert.Equal("second", await _acts.OnceAsync("b", SecondAsync));
        Assert.False(second.IsCompleted);
        _first.SetResult("first");

        Assert.Equal(("first", "first", 2), (await first, await second, _done));
    }

    [Fact]
    public async Task Once_it_is_over_the_act_is_done_again_and_where_the_first_fails_whoever_waits_does_it()
    {
        var first = _acts.OnceAsync("a", FirstAsync);
        var second = _acts.OnceAsync("a", SecondAsync);
        _first.SetException(new OperationCanceledException());

        await Assert.ThrowsAsync<OperationCanceledException>(async () => await first);
        Assert.Equal("second", await second);
        Assert.Equal("second", await _acts.OnceAsync("a", SecondAsync));
        Assert.Equal(3, _done);
    }

    private async ValueTask<string> FirstAsync()
    {
        _done++;
        return await _first.Task;
    }

    private ValueTask<string> SecondAsync()
    {
        _done++;
        return new("second");
    }
}
