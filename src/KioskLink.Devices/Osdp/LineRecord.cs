namespace KioskLink.Devices.Osdp;

/// <summary>Counts what the line to one device has been like, and keeps how long its last reply took.</summary>
internal sealed class LineRecord
{
    private readonly ReplyTimes _times = new();
    private readonly RecentTurns _damaged = new();
    private readonly RecentReturns _returns = new();
    private bool _lost;
    private TimeSpan _sentAt;

    public DeviceCounters Counters { get; private set; }

    /// <summary>From the command's first byte; null before the first reply.</summary>
    public TimeSpan? LastReply { get; private set; }

    /// <summary>When a reply was last taken.</summary>
    public TimeSpan LastReplyAt { get; private set; }

    public ReplyPercentiles Times => _times.Percentiles();

    /// <summary>Replies of late with a wrong check field.</summary>
    public Share Damaged => _damaged.Share;

    /// <summary>How often of late it came back from a session that it had lost.</summary>
    public int ReturnsAt(TimeSpan now) => _returns.CountAt(now);

    /// <summary>A session has ended that was up, and not because the port was gone or somebody wanted it so.</summary>
    public void LostSession() => _lost = true;

    public void Sent(TimeSpan now) => _sentAt = now;

    public void SentAgain() => Counters = Counters with { Retries = Counters.Retries + 1 };

    public void Replied(TimeSpan now)
    {
        Counters = Counters with { Exchanges = Counters.Exchanges + 1 };
        (LastReply, LastReplyAt) = (now - _sentAt, now);
        _times.Add(now - _sentAt);
        _damaged.Add(was: false);
    }

    public void Failed(ExchangeFailure failure)
    {
        Counters = Counters.After(failure);
        if (failure != ExchangeFailure.Silent)
            _damaged.Add(was: true);
    }

    public void Busy() => Counters = Counters with { Busy = Counters.Busy + 1 };

    public void Refused() => Counters = Counters with { Naks = Counters.Naks + 1 };

    public void NotUnderstood() => Counters = Counters with { Unknown = Counters.Unknown + 1 };

    public void CameUp(TimeSpan now)
    {
        Counters = Counters with { Sessions = Counters.Sessions + 1 };
        if (_lost)
            _returns.Add(now);
        _lost = false;
    }
}
