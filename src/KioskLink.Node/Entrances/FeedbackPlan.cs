namespace KioskLink.Node.Entrances;

/// <summary>
/// What lights, buzzer and display of an entrance do, as a pure state machine (DESIGN 8). Readers are only lent each sign:
/// <see cref="Lease"/> long, renewed every <see cref="Renewal"/>, so that a dead node shows by itself.
/// </summary>
internal static class FeedbackPlan
{
    /// <summary>How long a sign lasts that is not renewed.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    /// <summary>How often signs are renewed.</summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromSeconds(5);

    /// <summary>A decision that takes longer is explained by a text.</summary>
    public static readonly TimeSpan PleaseWaitAfter = TimeSpan.FromMilliseconds(300);

    /// <summary>How long a refusal shows.</summary>
    public static readonly TimeSpan RefusedFor = TimeSpan.FromSeconds(3);

    /// <summary>How long "present again" shows.</summary>
    public static readonly TimeSpan NotTakenFor = TimeSpan.FromSeconds(3);

    /// <summary>How much longer than meant a notice is lent, so that the next sign replaces it without a gap in which the fallback would flash.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromMilliseconds(500);

    /// <summary>The next state and what to do, in the order in which it is to be done.</summary>
    public static (FeedbackState Next, IReadOnlyList<FeedbackEffect> Effects) Step(Prompts prompts, FeedbackState state, FeedbackInput input, TimeSpan now)
    {
        var next = Reduce(prompts, state, input, now);
        var (sign, text) = View(prompts, next, now);
        // What a person has just done gets its sign anew, even where it is the one that already shows.
        var anew = input is CardRead or Decided or NotTaken or PanelBack || !(now < state.Shown?.RenewAt);
        var lend = next.Notice is { Until: var until } ? until - now + Overlap : Lease;
        List<FeedbackEffect> effects = [];
        if (input is PanelBack)
            effects.Add(new SetFallback(prompts.OutOfService));
        if (anew || sign != state.Shown?.Sign)
            effects.Add(new ShowSign(sign, lend));
        if (TonesOf(input) is { } tones)
            effects.Add(new Sound(tones));
        if (anew || text != state.Shown?.Text)
            effects.Add(new ShowText(text, lend));
        if (effects.Count > 0)
            next = next with { Shown = new Shown(sign, text, next.Notice?.Until ?? now + Renewal) };
        return (next, effects);
    }

    /// <summary>When <see cref="FeedbackTick"/> is due next.</summary>
    public static TimeSpan DueAt(FeedbackState state, TimeSpan now)
    {
        var renewal = state.Shown?.RenewAt ?? now;
        var pleaseWait = state.Since + PleaseWaitAfter;
        return state is { Phase: FeedbackPhase.Deciding, Notice: null } && now < pleaseWait && pleaseWait < renewal ? pleaseWait : renewal;
    }

    private static FeedbackState Reduce(Prompts prompts, FeedbackState state, FeedbackInput input, TimeSpan now)
    {
        if (state.Notice?.Until <= now)
            state = state with { Notice = null };
        return input switch
        {
            CardRead read => new FeedbackState(read.PinWanted ? FeedbackPhase.PinWanted : FeedbackPhase.Deciding, now, null, state.Shown),
            PinComplete => new FeedbackState(FeedbackPhase.Deciding, now, null, state.Shown),
            PinForgotten when state.Phase == FeedbackPhase.PinWanted => state with { Phase = FeedbackPhase.Ready, Since = now },
            Decided decided => Rested(state, now) with { Notice = NoticeOf(decided, now) },
            NotTaken => state with { Notice = new Notice(Sign.Busy, prompts.PresentAgain, now + NotTakenFor) },
            ServiceChanged { Ready: true } when state.Phase == FeedbackPhase.OutOfService => state with { Phase = FeedbackPhase.Ready, Since = now },
            ServiceChanged { Ready: false } => state with { Phase = FeedbackPhase.OutOfService, Since = now },
            _ => state,
        };
    }

    /// <summary>The decision is there; the next patron's entry, if one has begun, goes on.</summary>
    private static FeedbackState Rested(FeedbackState state, TimeSpan now) =>
        state.Phase == FeedbackPhase.Deciding ? state with { Phase = FeedbackPhase.Ready, Since = now } : state;

    private static Notice NoticeOf(Decided decided, TimeSpan now) => decided.Granted
        ? new Notice(Sign.Granted, decided.Text, now + decided.UnlockedFor)
        : new Notice(Sign.Refused, decided.Text, now + RefusedFor);

    private static Tones? TonesOf(FeedbackInput input) => input switch
    {
        CardRead or NotTaken => Tones.Read,
        Decided { Granted: true } => Tones.Granted,
        Decided => Tones.Refused,
        _ => null,
    };

    private static (Sign Sign, string Text) View(Prompts prompts, FeedbackState state, TimeSpan now) => state switch
    {
        { Notice: { } notice } => (notice.Sign, notice.Text),
        { Phase: FeedbackPhase.OutOfService } => (Sign.OutOfService, prompts.OutOfService),
        { Phase: FeedbackPhase.Ready } => (Sign.Ready, prompts.PresentCard),
        { Phase: FeedbackPhase.PinWanted } => (Sign.Busy, prompts.EnterPin),
        _ when now >= state.Since + PleaseWaitAfter => (Sign.Busy, prompts.PleaseWait),
        _ => (Sign.Busy, state.Shown?.Text ?? prompts.PleaseWait),
    };
}
