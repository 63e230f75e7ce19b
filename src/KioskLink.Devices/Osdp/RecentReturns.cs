namespace KioskLink.Devices.Osdp;

/// <summary>When a device last came back from a session that it had lost. One thread adds, any counts.</summary>
internal sealed class RecentReturns
{
    /// <summary>How many are kept: whoever needs more to see a fault is blind.</summary>
    public const int Limit = 8;

    /// <summary>How long one counts.</summary>
    public static readonly TimeSpan CountsFor = TimeSpan.FromMinutes(10);

    private readonly long[] _times = new long[Limit];
    private int _next;

    public void Add(TimeSpan now)
    {
        Volatile.Write(ref _times[_next], now.Ticks);
        _next = (_next + 1) % Limit;
    }

    public int CountAt(TimeSpan now)
    {
        var count = 0;
        for (var at = 0; at < Limit; at++)
            count += Volatile.Read(ref _times[at]) is var time && time > 0 && now.Ticks - time <= CountsFor.Ticks ? 1 : 0;
        return count;
    }
}
