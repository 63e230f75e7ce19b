namespace KioskLink.Devices.Serial;

/// <summary>When to try a lost port again: at once, then after 0.25 s, doubling to 2 s at most, for ever.</summary>
internal sealed class Reopening
{
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);

    // 2 s would miss "usable within 1 s of its return" on its own; the kernel's lookup of a missing path costs microseconds.
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500);

    private TimeSpan _wait = First;
    private TimeSpan _next;

    public TimeSpan DueIn(TimeSpan now) => _next > now ? _next - now : TimeSpan.Zero;

    public void Failed(TimeSpan now)
    {
        _next = now + _wait;
        _wait = _wait * 2 < Longest ? _wait * 2 : Longest;
    }

    public void Opened()
    {
        _wait = First;
        _next = TimeSpan.Zero;
    }
}
