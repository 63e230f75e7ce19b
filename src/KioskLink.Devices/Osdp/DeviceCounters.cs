namespace KioskLink.Devices.Osdp;

/// <summary>What the line to one device has been like since the start.</summary>
/// <param name="Exchanges">Commands answered.</param>
/// <param name="Retries">Commands sent again.</param>
/// <param name="Silences">Replies that did not come in time.</param>
/// <param name="Damaged">Replies with a wrong check field.</param>
/// <param name="Unauthentic">Replies with a wrong MAC or in clear inside a secure session.</param>
/// <param name="Busy">BUSY replies.</param>
/// <param name="Naks">Refusals.</param>
/// <param name="Sessions">Sessions that came up.</param>
/// <param name="Unknown">Replies of a kind that this program does not know; they are let pass, and a trace shows them.</param>
public readonly record struct DeviceCounters(
    long Exchanges, long Retries, long Silences, long Damaged, long Unauthentic, long Busy, long Naks, long Sessions, long Unknown = 0)
{
    internal DeviceCounters After(ExchangeFailure failure) => failure switch
    {
        ExchangeFailure.Silent => this with { Silences = Silences + 1 },
        ExchangeFailure.Damaged => this with { Damaged = Damaged + 1 },
        _ => this with { Unauthentic = Unauthentic + 1 },
    };
}

/// <summary>One device as a technician sees it.</summary>
/// <param name="Id">The device.</param>
/// <param name="Address">Its address.</param>
/// <param name="Online">A session is up.</param>
/// <param name="Security">What protects it.</param>
/// <param name="Identity">Who made it, once known.</param>
/// <param name="Capabilities">What it can do, once known.</param>
/// <param name="Counters">What its line has been like.</param>
/// <param name="LastReply">How long the last reply took from the command's first byte, or null before the first.</param>
/// <param name="Replies">How long replies take.</param>
public sealed record DeviceStatus(
    string Id,
    byte Address,
    bool Online,
    SessionSecurity Security,
    DeviceIdentity? Identity,
    DeviceCapabilities? Capabilities,
    DeviceCounters Counters,
    TimeSpan? LastReply,
    ReplyPercentiles Replies = default)
{
    /// <summary>Replies of late with a wrong check field, or that were not of the session.</summary>
    public Share RecentlyDamaged { get; init; }

    /// <summary>Replies that came when nobody waited for them any more.</summary>
    public long LateReplies { get; init; }

    /// <summary>How often, in the last ten minutes, it came back from a session that it had lost: a reader without supply for a moment does so.</summary>
    public int RecentReturns { get; init; }

    /// <summary>Why its key is not accepted; null while a session is up, and where that is not what is wrong.</summary>
    public KeyAlarmReason? KeyProblem { get; init; }
}

/// <summary>How long replies took since the start, from the command's first byte, each rounded up to an eighth of itself. Zero before the first.</summary>
/// <param name="Median">Half were faster.</param>
/// <param name="P95">95 of 100 were faster.</param>
/// <param name="P99">99 of 100 were faster.</param>
/// <param name="Longest">The slowest.</param>
public readonly record struct ReplyPercentiles(TimeSpan Median, TimeSpan P95, TimeSpan P99, TimeSpan Longest);
