namespace KioskLink.Node.Outage;

/// <summary>
/// How kept acts reach the register, pure: one at a time, in the order in which they happened, each again until its answer is durable; the
/// register does the same id once. An act that the register cannot make sense of lets others go first, but never those about the same thing.
/// </summary>
internal static class ReplayRules
{
    /// <summary>How often an act is tried before others may go first.</summary>
    public const int PuzzleLimit = 3;

    /// <summary>The next state, and what it wants done.</summary>
    public static (ReplayState State, IReadOnlyList<ReplayEffect> Effects) Step(ReplayState state, ReplayInput input)
    {
        var effects = new List<ReplayEffect>();
        return (SendNext(Take(state, input, effects), effects), effects);
    }

    private static ReplayState Take(ReplayState state, ReplayInput input, List<ReplayEffect> effects)
    {
        switch (input)
        {
            case ActKept kept:
                return state with { Open = state.Open.SetItem(kept.Sequence, kept.Subject) };
            case LinkTurned link:
                return state with { Online = link.Online };
            case ActAnswered answer when state.Sending is { } sequence:
                effects.Add(new WriteOutcome(sequence, answer.State, answer.Reason));
                return state;
            case ActSettled when state.Sending is { } sequence:
                effects.Add(new WaitsAreOver());
                return state with { Open = state.Open.Remove(sequence), Puzzles = state.Puzzles.Remove(sequence), Sending = null };
            case ActUnanswered when state.Sending is not null:
                return Pause(state, effects);
            case ActPuzzled when state.Sending is { } sequence:
                return Pause(state with { Puzzles = state.Puzzles.SetItem(sequence, state.Puzzles.GetValueOrDefault(sequence) + 1) }, effects);
            case PauseOver:
                return state with { Pausing = false };
            default:
                return state;
        }
    }

    private static ReplayState Pause(ReplayState state, List<ReplayEffect> effects)
    {
        effects.Add(new WaitAWhile());
        return state with { Sending = null, Pausing = true };
    }

    private static ReplayState SendNext(ReplayState state, List<ReplayEffect> effects)
    {
        if (!state.Online || state.Pausing || state.Sending is not null || Next(state) is not { } next)
            return state;
        effects.Add(new TellRegister(next));
        return state with { Sending = next };
    }

    // Those that puzzle the register come last. While nothing else can go, they are tried again, the one tried least first.
    private static long? Next(ReplayState state)
    {
        var subjects = new HashSet<string>(StringComparer.Ordinal);
        var firsts = state.Open.Where(act => subjects.Add(act.Value)).Select(act => act.Key).ToList();
        return firsts.Count == 0 ? null : firsts.MinBy(sequence => state.Puzzles.GetValueOrDefault(sequence) is var tried && tried >= PuzzleLimit ? tried : 0);
    }
}
