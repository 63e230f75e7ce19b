using KioskLink.Devices.Locks;
using KioskLink.Devices.Osdp.Commands;

namespace KioskLink.Devices.Osdp;

/// <summary>What waits for one device while its session is up, and what of it goes first.</summary>
internal sealed class Backlog(OsdpDeviceOptions device)
{
    private FileTransfer? _file;
    private bool _feedbackTurn;
    private bool _fileTurn;

    /// <summary>Orders to outputs: sent before anything else on the line.</summary>
    public CommandQueue Orders { get; } = new(OsdpLimits.OutputQueue);

    /// <summary>Lights, tones, texts, settings: sent in turn with the polls.</summary>
    public CommandQueue Feedback { get; } = new(OsdpLimits.FeedbackQueue);

    public LockOutputs Locks { get; } = new(device.Locks);

    /// <summary>A file on its way; null for none.</summary>
    public FileTransfer? File => Volatile.Read(ref _file) is { Over: false } file ? file : null;

    /// <summary>Takes a file. False: another one is on its way. Any thread may.</summary>
    public bool TrySend(FileTransfer file)
    {
        var before = Volatile.Read(ref _file);
        return before is not { Over: false } && Interlocked.CompareExchange(ref _file, file, before) == before;
    }

    /// <summary>An order waits, or a lock must be locked.</summary>
    public bool HasOrder(TimeSpan now) => Orders.Count > 0 || Locks.NextRelock() <= now;

    /// <summary>When something is to be sent, if the next poll is due at a time: at once where something waits, and only the file where it bears nothing beside it.</summary>
    public TimeSpan DueAt(TimeSpan pollAt)
    {
        if (Orders.Count > 0)
            return TimeSpan.Zero;
        var file = File;
        if (file is { Exclusive: true })
            return file.PollFirst ? TimeSpan.Zero : file.DueAt;
        if (Feedback.Count > 0)
            return TimeSpan.Zero;
        return file is not null && file.DueAt < pollAt ? file.DueAt : pollAt;
    }

    public void Open()
    {
        Orders.Open();
        Feedback.Open();
    }

    /// <summary>Asks who the device is and what it can do, in turn with the polls.</summary>
    /// <param name="receiveSize">And says how large a frame this panel takes.</param>
    public void AskWho(bool receiveSize)
    {
        Feedback.TryAdd(new QueuedCommand(Request.Identify));
        Feedback.TryAdd(new QueuedCommand(Request.Capabilities));
        if (receiveSize)
            Feedback.TryAdd(new QueuedCommand(ReceiveSizeCommand.Ours));
    }

    public void Close()
    {
        Orders.Close();
        Feedback.Close();
        File?.SessionLost();
    }

    /// <summary>The next fragment of a file; null where a poll goes before it, or it is not due.</summary>
    public static OsdpCommand? NextOf(FileTransfer file, TimeSpan now, int room)
    {
        if (!file.PollFirst)
            return file.DueAt <= now ? file.Next(room) : null;
        file.Polls();
        return null;
    }

    /// <summary>The next command, and what waited for it; null when a poll is next.</summary>
    /// <param name="now">The time.</param>
    /// <param name="room">How much data a frame carries.</param>
    /// <param name="queued">What waited for the command.</param>
    public OsdpCommand? Next(TimeSpan now, int room, out QueuedCommand? queued)
    {
        queued = null;
        // Locking goes before unlocking: it is never too late for it.
        if (Locks.TakeDue(now) is { } relock)
            return relock;
        queued = Orders.TryTake();
        if (queued is null && File is { } file && (file.Exclusive || (file.DueAt <= now && (_fileTurn = !_fileTurn))))
            return NextOf(file, now, room);
        if (queued is null && (_feedbackTurn = !_feedbackTurn))
            queued = Feedback.TryTake();
        return queued?.Make(now);
    }
}
