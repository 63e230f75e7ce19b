using NodaTime;

namespace KioskLink.Node.Clock;

/// <summary>
/// The node's time: the last watermark and CLOCK_BOOTTIME since. Until something vouches for it, the machine's clock is shown
/// but not trusted. Thread-safe.
/// </summary>
internal sealed class NodeClock
{
    private static readonly Duration KeepEvery = Duration.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly BootClock _boot;
    private readonly TimeProvider _machine;
    private readonly ClockFile? _file;
    private ClockAnchor? _anchor;
    private Duration? _keptAt;
    private int _unkept;

    /// <summary>Starts from what the disk holds.</summary>
    /// <param name="boot">The boot.</param>
    /// <param name="machine">The machine's clock; believed only where it runs on a declared battery.</param>
    /// <param name="file">Where the anchor is kept; null keeps nothing.</param>
    /// <param name="batteryClock">Whether the machine's clock runs on a battery.</param>
    /// <param name="maxAhead">How far after the kept time the battery clock is believed.</param>
    public NodeClock(BootClock boot, TimeProvider machine, ClockFile? file = null, bool batteryClock = false, Duration? maxAhead = null)
    {
        (_boot, _machine, _file) = (boot, machine, file);
        Instant? battery = batteryClock ? MachineTime : null;
        _anchor = ClockRules.AtStart(file?.Read(), boot.BootId, boot.Elapsed, battery, maxAhead ?? Duration.FromDays(7));
    }

    /// <summary>This boot's id.</summary>
    public string BootId => _boot.BootId;

    /// <summary>Time since the boot: monotonic, for ages and waits.</summary>
    public Duration BootTime => _boot.Elapsed;

    /// <summary>Whether the time is vouched for.</summary>
    public bool Trusted
    {
        get
        {
            lock (_gate)
                return _anchor is not null;
        }
    }

    /// <summary>The time; the machine's own while nothing vouches for another.</summary>
    public Instant Now
    {
        get
        {
            lock (_gate)
                return _anchor is null ? MachineTime : ClockRules.TimeAt(_anchor, _boot.Elapsed);
        }
    }

    private Instant MachineTime => Instant.FromDateTimeOffset(_machine.GetUtcNow());

    /// <summary>How often the disk did not take the time.</summary>
    public int Unkept => _unkept;

    /// <summary>Takes the register's word; keeps it on disk at the first one and then each minute.</summary>
    public void OnWatermark(Instant asOf)
    {
        ClockAnchor anchor;
        lock (_gate)
        {
            var elapsed = _boot.Elapsed;
            anchor = _anchor = ClockRules.OnWatermark(_anchor, _boot.BootId, elapsed, asOf);
            if (_keptAt is { } kept && elapsed - kept < KeepEvery)
                return;
            _keptAt = elapsed;
        }
        if (_file?.TryWrite(anchor) == false)
            Interlocked.Increment(ref _unkept);
    }
}
