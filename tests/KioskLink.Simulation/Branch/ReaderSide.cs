using KioskLink.Node.Entrances;
using NodaTime;

namespace KioskLink.Simulation.Branch;

/// <summary>The reader and keypad of the entrance: cards, digits, and a cable that may come off.</summary>
internal sealed class ReaderSide(NodeRun run)
{
    private PinEntryState _entry = PinEntryState.Closed;
    private string _card = "";
    private string _digits = "";
    private int _visit;
    private bool _isDead;

    private PinRules Rules => run.Branch is { } branch ? new PinRules(branch.PinMinLength, branch.PinMaxLength) : PinRules.FourDigits;

    /// <summary>Takes the reader away for a time; what was being typed is forgotten.</summary>
    public void Lose(Duration span)
    {
        _isDead = true;
        Step(PinInput.Abort, null);
        run.After(span, () => _isDead = false);
    }

    /// <summary>Somebody presents a card and types a PIN, if the branch asks for one.</summary>
    public void Visit(string number, string pin, bool isBadge)
    {
        if (_isDead)
            return;
        if (isBadge || run.Branch is not { PinRequired: true })
        {
            run.Deciding.Present(number, "");
            return;
        }
        var visit = ++_visit;
        _card = number;
        run.Probe.Ask();
        Step(PinInput.Card, null);
        var at = Duration.Zero;
        foreach (var key in pin + "#")
        {
            at += run.World.Chance.Milliseconds(80, 500);
            run.After(at, () => Press(visit, key));
        }
    }

    private void Press(int visit, char key)
    {
        if (visit == _visit && !_isDead)
            Step(key == '#' ? PinInput.Enter : PinInput.Digit, key);
    }

    private void Step(PinInput input, char? digit)
    {
        (_entry, var effect) = PinEntry.Step(Rules, _entry, input, (run.World.Now - NodaConstants.UnixEpoch).ToTimeSpan());
        if (effect is PinEffect.Keep or PinEffect.KeepAndSubmit)
            _digits += digit;
        if (effect is PinEffect.Submit or PinEffect.KeepAndSubmit)
            run.Deciding.Present(_card, _digits);
        if (effect is not (PinEffect.None or PinEffect.Keep))
            _digits = "";
    }
}
