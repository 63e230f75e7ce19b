namespace KioskLink.Devices.Readers;

/// <summary>The colours a reader's light can show (SIA OSDP 2.2).</summary>
public enum LedColor : byte
{
    /// <summary>Dark.</summary>
    Black = 0,

    /// <summary>Red.</summary>
    Red = 1,

    /// <summary>Green.</summary>
    Green = 2,

    /// <summary>Amber.</summary>
    Amber = 3,

    /// <summary>Blue.</summary>
    Blue = 4,

    /// <summary>Magenta.</summary>
    Magenta = 5,

    /// <summary>Cyan.</summary>
    Cyan = 6,

    /// <summary>White.</summary>
    White = 7,
}

/// <summary>How a light shows: <paramref name="On"/> for <paramref name="OnTime"/>, then <paramref name="Off"/> for <paramref name="OffTime"/>, and again. Steps of 100 ms up to 25.5 s.</summary>
/// <param name="On">The colour of the on phase.</param>
/// <param name="Off">The colour of the off phase.</param>
/// <param name="OnTime">How long the on phase lasts.</param>
/// <param name="OffTime">How long the off phase lasts; zero for a steady light.</param>
public sealed record LedPattern(LedColor On, LedColor Off, TimeSpan OnTime, TimeSpan OffTime)
{
    /// <summary>A light that does not blink.</summary>
    public static LedPattern Steady(LedColor color) => new(color, LedColor.Black, TimeSpan.FromMilliseconds(100), TimeSpan.Zero);

    /// <summary>A light that blinks, half on and half dark.</summary>
    public static LedPattern Blinking(LedColor color, TimeSpan half) => new(color, LedColor.Black, half, half);
}

/// <summary>What to do with one light: a permanent pattern, a temporary one over it, or both in one command.</summary>
public sealed record LedSetting
{
    /// <summary>The reader behind the address; nearly always 0.</summary>
    public byte Reader { get; init; }

    /// <summary>The light of that reader, from 0.</summary>
    public byte Led { get; init; }

    /// <summary>What it shows when nothing temporary does; null leaves it.</summary>
    public LedPattern? Permanent { get; init; }

    /// <summary>What it shows for <see cref="TemporaryFor"/>; the reader returns to the permanent pattern by itself.</summary>
    public LedPattern? Temporary { get; init; }

    /// <summary>How long, in steps of 100 ms up to 6 553.5 s.</summary>
    public TimeSpan TemporaryFor { get; init; }

    /// <summary>Ends a temporary pattern now. Without effect beside <see cref="Temporary"/>.</summary>
    public bool CancelTemporary { get; init; }
}

/// <summary>A row of tones.</summary>
/// <param name="OnTime">One tone, in steps of 100 ms up to 25.5 s.</param>
/// <param name="OffTime">The pause after it.</param>
/// <param name="Count">How many, 1 to 255; 0 counts as 1, never as "for ever".</param>
/// <param name="Reader">The reader behind the address.</param>
public sealed record BeepPattern(TimeSpan OnTime, TimeSpan OffTime, byte Count = 1, byte Reader = 0)
{
    /// <summary>One tone of 100 ms.</summary>
    public static BeepPattern Short { get; } = new(TimeSpan.FromMilliseconds(100), TimeSpan.Zero);
}

/// <summary>A text for a reader's display.</summary>
/// <param name="Text">ISO 8859-1; other characters become question marks, and 90 characters are shown.</param>
/// <param name="ShowFor">In whole seconds up to 255, after which the permanent text returns; null makes it the permanent one.</param>
/// <param name="Row">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Reader">The reader behind the address.</param>
public sealed record DisplayText(string Text, TimeSpan? ShowFor = null, byte Row = 1, byte Column = 1, byte Reader = 0);
