using KioskLink.Devices.Locks;
using KioskLink.Devices.Osdp.Commands;

namespace KioskLink.Devices.Osdp;

/// <summary>What waits for one device while its session is up, and what of it goes first.</summary>
internal sealed class Backlog(OsdpDeviceOptions device)
{
    private bool _feedbackTurn;

    /// <summary>Orders to outputs: sent before anything else on the line.</summary>
    public CommandQueue Orders { get; } = new(OsdpLimits.OutputQueue);

    /// <summary>Lights, tones, texts, settings: sent in turn with the polls.</summary>
    public CommandQueue Feedback { get; } = new(OsdpLimits.FeedbackQueue);

    public LockOutputs Locks { get; } = new(device.Locks);

    public bool IsEmpty => Orders.Count == 0 && Feedback.Count == 0;

    /// <summary>An order waits, or a lock must be locked.</summary>
    public bool HasOrder(TimeSpan now) => Orders.Count > 0 || Locks.NextRelock() <= now;

    public void Open()
    {
        Orders.Open();
        Feedback.Open();
    }

    public void Close()
    {
        Orders.Close();
        Feedback.Close();
    }

    /// <summary>The next command, and what waited for it; null when a poll is next.</summary>
    public OsdpCommand? Next(TimeSpan now, out QueuedCommand? queued)
    {
        queued = null;
        // Locking goes before unlocking: it is never too late for it.
        if (Locks.TakeDue(now) is { } relock)
            return relock;
        queued = Orders.TryTake();
        if (queued is null && (_feedbackTurn = !_feedbackTurn))
            queued = Feedback.TryTake();
        return queued?.Make(now);
    }
}
