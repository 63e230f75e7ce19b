namespace KioskLink.Devices.Serial;

/// <summary>When to try a lost port again: at once, then after 0.25 s, then every 0.5 s, for ever. And whether what hinders it is worth telling.</summary>
internal sealed class Reopening
{
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);

    // 2 s would miss "usable within 1 s of its return" on its own; the kernel's lookup of a missing path costs microseconds.
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500);

    private TimeSpan _wait = First;
    private TimeSpan _next;
    private PortProblemKind _known = PortProblemKind.Missing;

    public TimeSpan DueIn(TimeSpan now) => _next > now ? _next - now : TimeSpan.Zero;

    /// <summary>The port could not be opened. True when what hinders it is another thing than was known: that it is missing has been told when it was lost.</summary>
    public bool Failed(PortProblemKind kind, TimeSpan now)
    {
        _next = now + _wait;
        _wait = _wait * 2 < Longest ? _wait * 2 : Longest;
        var news = kind != _known && kind != PortProblemKind.Missing;
        _known = kind;
        return news;
    }

    public void Opened()
    {
        _wait = First;
        _next = TimeSpan.Zero;
        _known = PortProblemKind.Missing;
    }
}
