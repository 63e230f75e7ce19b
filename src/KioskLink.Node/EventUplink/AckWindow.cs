namespace KioskLink.Node.EventUplink;

/// <summary>How far the register has acknowledged, for the sender to wait on. Thread-safe.</summary>
internal sealed class AckWindow(long acknowledged)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _acknowledged = acknowledged;

    /// <summary>Takes note of an acknowledgement.</summary>
    public void Acknowledge(long sequence)
    {
        lock (_gate)
        {
            _acknowledged = Math.Max(_acknowledged, sequence);
            _moved.SetResult();
            _moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Waits until a sequence is acknowledged.</summary>
    /// <exception cref="TimeoutException">It takes too long: the register is gone.</exception>
    public async Task RoomAsync(long sequence, TimeSpan limit, CancellationToken ended)
    {
        while (true)
        {
            Task moved;
            lock (_gate)
            {
                if (_acknowledged >= sequence)
                    return;
                moved = _moved.Task;
            }
            await moved.WaitAsync(limit, ended);
        }
    }
}
