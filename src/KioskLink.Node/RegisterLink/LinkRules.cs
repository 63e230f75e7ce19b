using NodaTime;

namespace KioskLink.Node.RegisterLink;

/// <summary>What the link is told.</summary>
internal enum LinkInput
{
    /// <summary>A good hello was answered and the stream has caught up.</summary>
    StreamCaughtUp,

    /// <summary>The stream ended or was given up.</summary>
    StreamLost,

    /// <summary>A watermark came.</summary>
    Watermark,

    /// <summary>A call was answered, in time or late.</summary>
    CallAnswered,

    /// <summary>A call's answer is overdue.</summary>
    CallLate,

    /// <summary>A call failed.</summary>
    CallFailed,

    /// <summary>Time has passed.</summary>
    Tick,
}

/// <summary>What is known of the link. Immutable.</summary>
/// <param name="State">The state.</param>
/// <param name="StreamUp">Whether the stream is up and has caught up.</param>
/// <param name="CallsGood">Whether the last call was answered in time; a new stream must prove it again.</param>
/// <param name="LastWatermark">When the last watermark came, by a monotonic clock.</param>
/// <param name="SuspectSince">Since when the link is suspect.</param>
internal sealed record LinkFacts(LinkState State, bool StreamUp, bool CallsGood, Duration LastWatermark, Duration SuspectSince)
{
    /// <summary>Before the first contact.</summary>
    public static LinkFacts AtStart { get; } = new(LinkState.Offline, false, false, Duration.Zero, Duration.Zero);
}

/// <summary>
/// The link's state machine, pure. Online while the stream is up, watermarks come and calls are answered. The first doubt makes it
/// Suspect; a second bad call, or two more seconds of doubt, Offline; all three signs of life bring it back.
/// </summary>
internal static class LinkRules
{
    /// <summary>How long no watermark may come: two of them missed.</summary>
    public static readonly Duration WatermarkLimit = Duration.FromSeconds(2);

    /// <summary>How long a doubt may last before the register is no longer asked.</summary>
    public static readonly Duration SuspectLimit = Duration.FromSeconds(2);

    /// <summary>The next facts.</summary>
    public static LinkFacts Step(LinkFacts facts, LinkInput input, Duration now)
    {
        var seen = Note(facts, input, now);
        return seen with { State = NextState(facts, seen, input, now), SuspectSince = facts.State == LinkState.Suspect ? facts.SuspectSince : now };
    }

    private static LinkFacts Note(LinkFacts facts, LinkInput input, Duration now) => input switch
    {
        LinkInput.StreamCaughtUp => facts with { StreamUp = true, LastWatermark = now },
        LinkInput.StreamLost => facts with { StreamUp = false, CallsGood = false },
        LinkInput.Watermark => facts with { LastWatermark = now },
        LinkInput.CallAnswered => facts with { CallsGood = true },
        LinkInput.CallLate or LinkInput.CallFailed => facts with { CallsGood = false },
        LinkInput.Tick => facts,
        _ => throw new ArgumentOutOfRangeException(nameof(input), input, "no such input"),
    };

    private static LinkState NextState(LinkFacts before, LinkFacts seen, LinkInput input, Duration now)
    {
        if (seen.StreamUp && seen.CallsGood && now - seen.LastWatermark <= WatermarkLimit)
            return LinkState.Online;
        return before.State switch
        {
            LinkState.Online => LinkState.Suspect,
            LinkState.Suspect when input is LinkInput.CallLate or LinkInput.CallFailed => LinkState.Offline,
            LinkState.Suspect when now - before.SuspectSince > SuspectLimit => LinkState.Offline,
            _ => before.State,
        };
    }
}
