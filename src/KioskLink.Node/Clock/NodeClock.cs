using NodaTime;

namespace KioskLink.Node.Clock;

/// <summary>
/// The node's time: the last watermark and CLOCK_BOOTTIME since. Until something vouches for it, the machine's clock is shown
/// but not trusted. Beside it, the time that has passed for certain, which nobody moves by setting a clock. Thread-safe.
/// </summary>
internal sealed class NodeClock
{
    /// <summary>How often the time is to be kept on disk.</summary>
    public static readonly Duration KeepEvery = Duration.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Lock _writing = new();
    private readonly BootClock _boot;
    private readonly TimeProvider _machine;
    private readonly ClockFile? _file;
    private ClockAnchor? _anchor;
    private ClockAnchor? _told;
    private ClockAnchor _lived;
    private bool _isKept;

    /// <summary>Starts from what the disk holds.</summary>
    /// <param name="boot">The boot.</param>
    /// <param name="machine">The machine's clock; believed only where it runs on a declared battery.</param>
    /// <param name="file">Where the time is kept; null keeps nothing.</param>
    /// <param name="batteryClock">Whether the machine's clock runs on a battery.</param>
    /// <param name="maxAhead">How far after the kept time the battery clock is believed.</param>
    public NodeClock(BootClock boot, TimeProvider machine, ClockFile? file = null, bool batteryClock = false, Duration? maxAhead = null)
    {
        (_boot, _machine, _file) = (boot, machine, file);
        Instant? battery = batteryClock ? MachineTime : null;
        var kept = file?.Read() ?? KeptTime.Nothing;
        var elapsed = boot.Elapsed;
        _told = kept.Told;
        _anchor = ClockRules.AtStart(kept.Told, boot.BootId, elapsed, battery, maxAhead ?? Duration.FromDays(7));
        _lived = ClockRules.LivedAtStart(kept.Lived, boot.BootId, elapsed);
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

    /// <summary>
    /// The time that has passed for certain: what the register told, and what this node has lived through since. It may lie behind
    /// the time, never before it by anybody's setting a clock; what is to end after a span of it ends no sooner.
    /// </summary>
    public Instant Lived
    {
        get
        {
            lock (_gate)
                return ClockRules.TimeAt(_lived, _boot.Elapsed);
        }
    }

    private Instant MachineTime => Instant.FromDateTimeOffset(_machine.GetUtcNow());

    /// <summary>Takes the register's word, and keeps the first one on disk at once.</summary>
    public void OnWatermark(Instant asOf)
    {
        lock (_gate)
        {
            var elapsed = _boot.Elapsed;
            _told = _anchor = ClockRules.OnWatermark(_anchor, _boot.BootId, elapsed, asOf);
            _lived = ClockRules.LivedOnWatermark(_lived, elapsed, asOf);
            if (_isKept)
                return;
            _isKept = true;
        }
        Keep();
    }

    /// <summary>Keeps on disk what is known of time; to be called each <see cref="KeepEvery"/>. False when the disk does not take it.</summary>
    public bool Keep()
    {
        lock (_writing)
            return _file?.TryWrite(Known()) != false;
    }

    private KeptTime Known()
    {
        lock (_gate)
        {
            var elapsed = _boot.Elapsed;
            return new KeptTime(_told, new ClockAnchor(_boot.BootId, elapsed, ClockRules.TimeAt(_lived, elapsed)));
        }
    }
}
