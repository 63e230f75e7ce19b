namespace KioskLink.Register.Audit;

/// <summary>
/// How many refusals are written one by one: up to <see cref="EachMax"/> a minute. The others are counted, and their number is told at
/// the end of the minute and at the end of the register, so that nobody can fill a disk by knocking. Thread-safe.
/// </summary>
internal sealed class KnockBudget : IDisposable
{
    /// <summary>Refusals that are written one by one in one <see cref="Window"/>.</summary>
    public const int EachMax = 60;

    /// <summary>The span over which they are counted.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly Action<long> _tell;
    private readonly ITimer _timer;
    private DateTimeOffset _end;
    private int _written;
    private long _uncounted;

    /// <summary>Begins to count.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="tell">Tells how many were only counted.</param>
    public KnockBudget(TimeProvider time, Action<long> tell)
    {
        (_time, _tell) = (time, tell);
        _timer = time.CreateTimer(_ => Tell(), null, Window, Window);
    }

    /// <summary>Whether one more is written by itself; if not, it is counted.</summary>
    public bool Take()
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            if (now >= _end)
            {
                (_written, _end) = (0, now + Window);
            }

            if (_written >= EachMax)
            {
                _uncounted++;
                return false;
            }

            _written++;
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        Tell();
    }

    private void Tell()
    {
        long gathered;
        lock (_gate)
        {
            (gathered, _uncounted) = (_uncounted, 0);
        }

        if (gathered > 0)
        {
            _tell(gathered);
        }
    }
}
