using KioskLink.Node.Doors;

namespace KioskLink.Node.Entrances;

/// <summary>Runs the <see cref="FeedbackPlan"/> of one entrance. Thread-safe: the intake and the decisions of an entrance both tell it things.</summary>
internal sealed class FeedbackPanel : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Func<Prompts> _prompts;
    private readonly Action<FeedbackEffect> _show;
    private readonly Action<bool> _listen;
    private readonly WakeTimer _timer;
    private FeedbackState _state = FeedbackState.Start;
    private bool? _listens;

    /// <summary>Wires a panel; it shows nothing before it is told something.</summary>
    /// <param name="prompts">The lines of the door's first language.</param>
    /// <param name="show">Hands an effect to the devices; returns at once.</param>
    /// <param name="listen">Lets the readers read or keeps them from it; returns at once.</param>
    /// <param name="time">Where time comes from.</param>
    public FeedbackPanel(Func<Prompts> prompts, Action<FeedbackEffect> show, Action<bool> listen, TimeProvider time)
    {
        (_prompts, _show, _listen) = (prompts, show, listen);
        _timer = new WakeTimer(time, () => Tell(new FeedbackTick()));
    }

    /// <summary>The lines of the door's first language.</summary>
    public Prompts Prompts => _prompts();

    /// <summary>Says what has happened, and shows it.</summary>
    public void Tell(FeedbackInput input)
    {
        lock (_gate)
        {
            var now = _timer.Now;
            (_state, var effects) = FeedbackPlan.Step(_prompts(), _state, input, now);
            foreach (var effect in effects)
                _show(effect);
            Listen(_state.Phase is FeedbackPhase.Ready or FeedbackPhase.PinWanted);
            _timer.WakeAt(FeedbackPlan.DueAt(_state, now));
        }
    }

    // While a card is being decided and while nothing can be, a code before the scanner would only be refused.
    private void Listen(bool listens)
    {
        if (_listens == listens)
            return;
        _listens = listens;
        _listen(listens);
    }

    /// <summary>Ends the renewals: readers fall back to "out of service" by themselves.</summary>
    public void Dispose() => _timer.Dispose();
}
