namespace KioskLink.Node.Entrances;

/// <summary>What an entrance waits for.</summary>
internal enum FeedbackPhase
{
    /// <summary>For the node to be ready: nothing is decided.</summary>
    OutOfService,

    /// <summary>For a card.</summary>
    Ready,

    /// <summary>For a PIN.</summary>
    PinWanted,

    /// <summary>For a decision.</summary>
    Deciding,
}

/// <summary>A meaning that lights give. Pattern as well as colour differ, so that it does not take colour vision to read them.</summary>
internal enum Sign
{
    /// <summary>Out of service: what a reader also shows by itself once the node is dead.</summary>
    OutOfService,

    /// <summary>The door waits for a card.</summary>
    Ready,

    /// <summary>Something was read and is being dealt with.</summary>
    Busy,

    /// <summary>The door is unlocked.</summary>
    Granted,

    /// <summary>The door stays locked.</summary>
    Refused,
}

/// <summary>Rows of tones.</summary>
internal enum Tones
{
    /// <summary>One short tone: the card was read.</summary>
    Read,

    /// <summary>One long tone: the door is unlocked.</summary>
    Granted,

    /// <summary>Three tones: the door stays locked.</summary>
    Refused,
}

/// <summary>A sign and a line of text that stand for a while over what the entrance waits for.</summary>
/// <param name="Sign">The sign.</param>
/// <param name="Text">The text.</param>
/// <param name="Until">When they end.</param>
internal sealed record Notice(Sign Sign, string Text, TimeSpan Until);

/// <summary>What readers and display were last told.</summary>
/// <param name="Sign">The sign.</param>
/// <param name="Text">The text.</param>
/// <param name="RenewAt">When they must be told again, since they are only lent it.</param>
internal sealed record Shown(Sign Sign, string Text, TimeSpan RenewAt);

/// <summary>What an entrance waits for and shows. Times are of one monotonic clock.</summary>
/// <param name="Phase">What it waits for.</param>
/// <param name="Since">Since when.</param>
/// <param name="Notice">What stands over it; null for nothing.</param>
/// <param name="Shown">What was last told; null before the first time.</param>
internal sealed record FeedbackState(FeedbackPhase Phase, TimeSpan Since, Notice? Notice, Shown? Shown)
{
    /// <summary>The state of a node that has just started.</summary>
    public static FeedbackState Start { get; } = new(FeedbackPhase.OutOfService, TimeSpan.Zero, null, null);
}

/// <summary>What can happen at an entrance.</summary>
internal abstract record FeedbackInput;

/// <summary>A card was read.</summary>
/// <param name="PinWanted">A PIN is asked for; otherwise it is decided at once.</param>
internal sealed record CardRead(bool PinWanted) : FeedbackInput;

/// <summary>The PIN is complete.</summary>
internal sealed record PinComplete : FeedbackInput;

/// <summary>The entry of the PIN was given up.</summary>
internal sealed record PinForgotten : FeedbackInput;

/// <summary>The decision is made and, if granted, the door unlocked.</summary>
/// <param name="Granted">Whether the door is unlocked.</param>
/// <param name="UnlockedFor">For how long.</param>
/// <param name="Text">What to tell the patron.</param>
internal sealed record Decided(bool Granted, TimeSpan UnlockedFor, string Text) : FeedbackInput;

/// <summary>What was presented may be old, or came faster than it can be dealt with.</summary>
internal sealed record NotTaken : FeedbackInput;

/// <summary>The node is ready to decide, or no longer.</summary>
/// <param name="Ready">Whether it is.</param>
internal sealed record ServiceChanged(bool Ready) : FeedbackInput;

/// <summary>A reader or display is back and has lost what it showed.</summary>
internal sealed record PanelBack : FeedbackInput;

/// <summary>Time has passed.</summary>
internal sealed record FeedbackTick : FeedbackInput;

/// <summary>What the shell has to do with lights, buzzer and display.</summary>
internal abstract record FeedbackEffect;

/// <summary>Lend the readers a sign; they fall back to "out of service" by themselves.</summary>
/// <param name="Sign">The sign.</param>
/// <param name="For">For how long.</param>
internal sealed record ShowSign(Sign Sign, TimeSpan For) : FeedbackEffect;

/// <summary>Lend the display a text.</summary>
/// <param name="Text">The text.</param>
/// <param name="For">For how long.</param>
internal sealed record ShowText(string Text, TimeSpan For) : FeedbackEffect;

/// <summary>Sound the buzzer.</summary>
/// <param name="Tones">The row of tones.</param>
internal sealed record Sound(Tones Tones) : FeedbackEffect;

/// <summary>Set what readers and display fall back to: the sign and text of "out of service".</summary>
/// <param name="Text">The text.</param>
internal sealed record SetFallback(string Text) : FeedbackEffect;
