namespace KioskLink.Node.Entrances;

/// <summary>Where the entry of a PIN stands. It knows how many digits were typed, never which: those lie in the shell's <see cref="PinBuffer"/>.</summary>
/// <param name="Open">A card waits for its PIN.</param>
/// <param name="Digits">Digits typed.</param>
/// <param name="Cleared">The last key was the one that clears: the same again cancels.</param>
/// <param name="OpenedAt">When the card was read.</param>
/// <param name="LastKeyAt">When the last key, or the card, came.</param>
internal readonly record struct PinEntryState(bool Open, int Digits, bool Cleared, TimeSpan OpenedAt, TimeSpan LastKeyAt)
{
    /// <summary>No card waits.</summary>
    public static PinEntryState Closed => default;
}

/// <summary>What can happen to the entry of a PIN.</summary>
internal enum PinInput
{
    /// <summary>A card that needs a PIN was read: the first one, the same again, or another.</summary>
    Card,

    /// <summary>A digit was typed.</summary>
    Digit,

    /// <summary>`*` was pressed.</summary>
    Clear,

    /// <summary>`#` was pressed.</summary>
    Enter,

    /// <summary>Time has passed.</summary>
    Tick,

    /// <summary>The entry must end: a device was lost, or a card came that needs no PIN.</summary>
    Abort,
}

/// <summary>What the shell has to do.</summary>
internal enum PinEffect
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Start with this card and an empty buffer; what was there is wiped.</summary>
    Begin,

    /// <summary>Keep the digit.</summary>
    Keep,

    /// <summary>Keep the digit; card and PIN are complete.</summary>
    KeepAndSubmit,

    /// <summary>Card and PIN are complete; the PIN may be empty.</summary>
    Submit,

    /// <summary>Wipe the digits; the card still waits.</summary>
    Wipe,

    /// <summary>Wipe the digits and forget the card; this is no wrong try.</summary>
    Forget,
}

/// <summary>The entry of a PIN at a keypad as a pure state machine (DESIGN 8). Times are of one monotonic clock.</summary>
internal static class PinEntry
{
    /// <summary>The next state and what to do. Only <see cref="PinInput.Tick"/> lets time run out, so a stalled loop never splits a PIN that was typed in time.</summary>
    public static (PinEntryState Next, PinEffect Effect) Step(PinRules rules, PinEntryState state, PinInput input, TimeSpan now) =>
        (state.Open, input) switch
        {
            (_, PinInput.Card) => (new PinEntryState(Open: true, 0, Cleared: false, now, now), PinEffect.Begin),
            (false, _) => (state, PinEffect.None),
            (_, PinInput.Digit) => Digit(rules, state, now),
            (_, PinInput.Clear) when state.Cleared => (PinEntryState.Closed, PinEffect.Forget),
            (_, PinInput.Clear) => (state with { Digits = 0, Cleared = true, LastKeyAt = now }, PinEffect.Wipe),
            (_, PinInput.Enter) => (PinEntryState.Closed, PinEffect.Submit),
            (_, PinInput.Abort) => (PinEntryState.Closed, PinEffect.Forget),
            _ => Tick(rules, state, now),
        };

    /// <summary>When <see cref="PinInput.Tick"/> is due next; null while no card waits.</summary>
    public static TimeSpan? DueAt(PinRules rules, PinEntryState state)
    {
        if (!state.Open)
            return null;
        var pause = state.LastKeyAt + (state.Digits >= rules.MinLength ? rules.SubmitPause : rules.KeyPause);
        var end = state.OpenedAt + rules.Total;
        return pause < end ? pause : end;
    }

    private static (PinEntryState, PinEffect) Digit(PinRules rules, PinEntryState state, TimeSpan now) =>
        state.Digits + 1 >= rules.MaxLength
            ? (PinEntryState.Closed, PinEffect.KeepAndSubmit)
            : (state with { Digits = state.Digits + 1, Cleared = false, LastKeyAt = now }, PinEffect.Keep);

    private static (PinEntryState, PinEffect) Tick(PinRules rules, PinEntryState state, TimeSpan now)
    {
        if (now < DueAt(rules, state))
            return (state, PinEffect.None);
        var paused = state.Digits >= rules.MinLength && now < state.OpenedAt + rules.Total;
        return (PinEntryState.Closed, paused ? PinEffect.Submit : PinEffect.Forget);
    }
}
