namespace KioskLink.Devices.Serial;

/// <summary>What ends the wait of a loop early: an eventfd that is waited for beside the line.</summary>
internal sealed class WakeEvent : IDisposable
{
    private readonly Lock _gate = new();
    private bool _disposed;

    /// <summary>The descriptor to wait for.</summary>
    public int Fd { get; } = Libc.EventFd(0, Libc.NonBlocking | Libc.CloseOnExec);

    /// <summary>Wakes the loop. Safe from any thread, also after the end.</summary>
    public void Signal()
    {
        // The number of a closed descriptor is soon another file's.
        lock (_gate)
            if (!_disposed)
                _ = Libc.Write(Fd, [1, 0, 0, 0, 0, 0, 0, 0]);
    }

    /// <summary>Takes the signals that have come.</summary>
    public void Drain()
    {
        Span<byte> count = stackalloc byte[8];
        _ = Libc.Read(Fd, count);
    }

    /// <summary>Closes the descriptor. The loop must have ended.</summary>
    public void Dispose()
    {
        lock (_gate)
            if (!_disposed)
                _ = Libc.Close(Fd);
        _disposed = true;
    }
}
