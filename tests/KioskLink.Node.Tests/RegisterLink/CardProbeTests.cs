using KioskLink.Node.RegisterLink;
using KioskLink.Testing;
using NodaTime;

namespace KioskLink.Node.Tests.RegisterLink;

/// <summary>The question that is asked while a patron types, and what it does to the link.</summary>
public class CardProbeTests
{
    private static readonly TimeSpan Patience700 = TimeSpan.FromMilliseconds(700);
    private readonly VirtualTime _time = new();
    private readonly Link _link = new(() => Duration.Zero);
    private readonly Queue<TaskCompletionSource<bool>> _asked = new();
    private readonly CardProbe _probe;

    public CardProbeTests()
    {
        _link.Post(LinkInput.StreamCaughtUp);
        _link.Post(LinkInput.CallAnswered);
        _probe = new CardProbe(AskAsync, _link, () => Patience700, _time);
    }

    [Fact]
    public void A_register_that_answers_changes_nothing()
    {
        _probe.Ask();
        _asked.Dequeue().SetResult(true);
        _time.Advance(Patience700);

        Assert.Equal(LinkState.Online, _link.State);
    }

    [Fact]
    public void A_register_that_is_silent_for_its_patience_is_in_doubt_before_the_pin_is_typed()
    {
        _probe.Ask();
        Assert.False(_link.Doubted.IsCompleted);

        _time.Advance(Patience700);

        Assert.Equal(LinkState.Suspect, _link.State);
        Assert.True(_link.Doubted.IsCompleted);
    }

    [Fact]
    public void A_connection_that_is_refused_puts_the_link_in_doubt_at_once()
    {
        _probe.Ask();

        _asked.Dequeue().SetResult(false);

        Assert.Equal(LinkState.Suspect, _link.State);
    }

    [Fact]
    public void Only_one_question_is_under_way()
    {
        _probe.Ask();
        _probe.Ask();
        _asked.Dequeue().SetResult(true);
        Assert.Empty(_asked);

        _probe.Ask();

        Assert.Single(_asked);
    }

    [Fact]
    public void A_link_that_is_not_online_is_not_asked()
    {
        _link.Post(LinkInput.CallLate);

        _probe.Ask();

        Assert.Empty(_asked);
    }

    private Task<bool> AskAsync()
    {
        var asked = new TaskCompletionSource<bool>();
        _asked.Enqueue(asked);
        return asked.Task;
    }
}
