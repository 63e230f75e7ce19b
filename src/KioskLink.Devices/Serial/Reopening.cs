namespace KioskLink.Devices.Serial;

/// <summary>When to try a lost port again: at once, then every 0.1 s, for ever. And whether what hinders it is worth telling.</summary>
internal sealed class Reopening
{
    // A slow line needs most of "usable within 1 s of its return" for its sessions; the kernel's lookup of a missing path costs microseconds.
    public static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);

    private TimeSpan _next;
    private PortProblemKind _known = PortProblemKind.Missing;

    public TimeSpan DueIn(TimeSpan now) => _next > now ? _next - now : TimeSpan.Zero;

    /// <summary>The port could not be opened. True when what hinders it is another thing than was known: that it is missing has been told when it was lost.</summary>
    public bool Failed(PortProblemKind kind, TimeSpan now)
    {
        _next = now + Every;
        var news = kind != _known && kind != PortProblemKind.Missing;
        _known = kind;
        return news;
    }

    public void Opened()
    {
        _next = TimeSpan.Zero;
        _known = PortProblemKind.Missing;
    }
}
