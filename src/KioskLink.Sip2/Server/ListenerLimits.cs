namespace KioskLink.Sip2.Server;

/// <summary>How much of a listener anybody may take.</summary>
public sealed record ListenerLimits
{
    /// <summary>Connections in all. More are refused at once.</summary>
    public int Connections { get; init; } = 8192;

    /// <summary>Connections from one address.</summary>
    public int ConnectionsPerSource { get; init; } = 1024;

    /// <summary>Connections of one login.</summary>
    public int ConnectionsPerLogin { get; init; } = 1024;

    /// <summary>Connections that have not logged in yet, where a login is needed; the oldest of them makes room for a new one.</summary>
    public int ConnectionsWithoutLogin { get; init; } = 512;

    /// <summary>A login must come within this time, where one is needed; encryption is agreed upon within it everywhere.</summary>
    public TimeSpan FirstLogin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A message must end within this time after it has begun.</summary>
    public TimeSpan Message { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>An answer must be taken by the machine within this time.</summary>
    public TimeSpan Send { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whoever answers is asked to hurry after this time.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Where no answer comes that long after <see cref="Answer"/>, the connection is closed: nobody knows what was done.</summary>
    public TimeSpan AnswerGrace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Questions that wait for their answers at once; the rest of the connections wait for their turn.</summary>
    public int PendingAnswers { get; init; } = 1024;

    /// <summary>Bytes of half messages in all. Where there are more, the connections with large ones are closed.</summary>
    public long HalfMessageBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Half messages up to this size are never closed for memory; no ordinary request is longer.</summary>
    public int SmallMessageBytes { get; init; } = 4 * 1024;

    /// <summary>How often the times are looked at.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What is wrong with the limits; null when nothing is.</summary>
    public string? Problem
    {
        get
        {
            TimeSpan[] times = [FirstLogin, Message, Send, Answer, AnswerGrace, Look];
            if (times.Any(time => time <= TimeSpan.Zero))
                return "a time limit is zero or less, and no machine could keep it";
            return Connections < 1 || ConnectionsPerSource < 1 || ConnectionsPerLogin < 1 || ConnectionsWithoutLogin < 1 || PendingAnswers < 1 || HalfMessageBytes < SmallMessageBytes
                ? "a limit is smaller than one machine needs"
                : null;
        }
    }
}
