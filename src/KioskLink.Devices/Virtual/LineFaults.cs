namespace KioskLink.Devices.Virtual;

/// <summary>What a virtual line does wrong. Counts are used up one by one; any thread may set them.</summary>
public sealed class LineFaults
{
    private int _dropReplies;
    private int _corruptReplies;
    private int _corruptCommands;
    private int _delayReplies;
    private TimeSpan _delay;
    private int _replies;

    /// <summary>Every byte towards the panel is lost while this is true.</summary>
    public bool Mute { get; set; }

    /// <summary>Every byte from the panel is lost while this is true.</summary>
    public bool Deaf { get; set; }

    /// <summary>The adapter hears what it sends: every byte from the panel comes back to it.</summary>
    public bool Echo { get; set; }

    /// <summary>The two wires of the pair are swapped at the adapter: nothing is understood, and the line rests at the level of a zero.</summary>
    public bool Swapped { get; set; }

    /// <summary>Nothing holds the pair at rest (no bias): whenever a sender lets go of it, a few bytes of noise come in.</summary>
    public bool Floating { get; set; }

    /// <summary>Flips a bit in each so-manieth reply; 0 in none.</summary>
    public int CorruptEvery { get; set; }

    /// <summary>Replies come in pieces of this many bytes; 0 for whole lumps.</summary>
    public int SplitInto { get; set; }

    /// <summary>The pause between these pieces, beside the wire time.</summary>
    public TimeSpan SplitPause { get; set; }

    /// <summary>Loses the next replies.</summary>
    public void DropReplies(int count) => Interlocked.Exchange(ref _dropReplies, count);

    /// <summary>Flips a bit in the next replies.</summary>
    public void CorruptReplies(int count) => Interlocked.Exchange(ref _corruptReplies, count);

    /// <summary>Flips a bit in the next lumps of bytes from the panel.</summary>
    public void CorruptCommands(int count) => Interlocked.Exchange(ref _corruptCommands, count);

    /// <summary>Holds the next replies back.</summary>
    public void DelayReplies(int count, TimeSpan delay)
    {
        _delay = delay;
        Interlocked.Exchange(ref _delayReplies, count);
    }

    internal bool TakeDrop() => Take(ref _dropReplies) || Mute;

    internal TimeSpan TakeDelay() => Take(ref _delayReplies) ? _delay : TimeSpan.Zero;

    internal void CorruptReply(Span<byte> bytes)
    {
        if (Take(ref _corruptReplies) || (CorruptEvery > 0 && ++_replies % CorruptEvery == 0))
            Flip(bytes);
    }

    internal void CorruptCommand(Span<byte> bytes)
    {
        if (Take(ref _corruptCommands))
            Flip(bytes);
    }

    private static void Flip(Span<byte> bytes)
    {
        if (bytes.Length > 0)
            bytes[^1] ^= 0x10;
    }

    private static bool Take(ref int count) => Volatile.Read(ref count) > 0 && Interlocked.Decrement(ref count) >= 0;
}
