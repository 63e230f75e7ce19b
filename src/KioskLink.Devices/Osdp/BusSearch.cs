using KioskLink.Devices.Serial;

namespace KioskLink.Devices.Osdp;

/// <summary>A search for the silent devices of a running line, a question between two turns: whoever is online goes on. The bus's thread alone steps it.</summary>
internal sealed class BusSearch(SearchPlan plan, DiscoveryExchange exchange, IProgress<double>? progress, CancellationToken cancellation)
{
    /// <summary>The pause after each question while a device of the line is online: its cards and keys have the line for at least half of the time.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Discovery _discovery = new(plan);
    private readonly TaskCompletionSource<IReadOnlyList<FoundDevice>> _found = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>When the next question may go out.</summary>
    public TimeSpan DueAt { get; set; }

    /// <summary>What was found, at the end.</summary>
    public Task<IReadOnlyList<FoundDevice>> Completion => _found.Task;

    /// <summary>All is asked, or nobody waits any more.</summary>
    public bool Over => _discovery.Over || cancellation.IsCancellationRequested;

    /// <summary>Asks the next question, at its speed, and sets the line's own again. False: the port has vanished.</summary>
    public bool Step(ISerialLink link, int lineBaud)
    {
        var baud = _discovery.Baud;
        if (baud != lineBaud && !link.SetBaud(baud))
            return false;
        var isThere = exchange.Ask(_discovery);
        progress?.Report(_discovery.Share);
        return isThere && (baud == lineBaud || link.SetBaud(lineBaud));
    }

    /// <summary>Ends it with what was found so far.</summary>
    public void End() => _found.TrySetResult(_discovery.Found);
}
