using KioskLink.Node.Doors;

namespace KioskLink.Node.Entrances;

/// <summary>Runs the <see cref="FeedbackPlan"/> of one entrance. Thread-safe: the intake and the decisions of an entrance both tell it things.</summary>
internal sealed class FeedbackPanel : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Func<Prompts> _prompts;
    private readonly Action<FeedbackEffect> _show;
    private readonly WakeTimer _timer;
    private FeedbackState _state = FeedbackState.Start;

    /// <summary>Wires a panel; it shows nothing before it is told something.</summary>
    /// <param name="prompts">The lines of the door's first language.</param>
    /// <param name="show">Hands an effect to the devices; returns at once.</param>
    /// <param name="time">Where time comes from.</param>
    public FeedbackPanel(Func<Prompts> prompts, Action<FeedbackEffect> show, TimeProvider time)
    {
        (_prompts, _show) = (prompts, show);
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
            _timer.WakeAt(FeedbackPlan.DueAt(_state, now));
        }
    }

    /// <summary>Ends the renewals: readers fall back to "out of service" by themselves.</summary>
    public void Dispose() => _timer.Dispose();
}
