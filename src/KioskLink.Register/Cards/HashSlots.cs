namespace KioskLink.Register.Cards;

/// <summary>
/// Lets as many slow hashes run at once as there are slots. Whoever waits is served by rank, lowest first, and then by
/// arrival: a patron at a door waits for the hash that runs, not for devices that spray PINs or for an import. Thread-safe.
/// </summary>
/// <param name="slots">How many run at once.</param>
internal sealed class HashSlots(int slots)
{
    /// <summary>The rank of work for which no patron waits.</summary>
    public const int Bulk = int.MaxValue;

    private readonly Lock _gate = new();
    private readonly PriorityQueue<TaskCompletionSource, (int Rank, long Arrival)> _waiting = new();
    private int _free = slots;
    private long _arrivals;

    /// <summary>Ends when a slot is the caller's, who gives it back with <see cref="Leave"/>.</summary>
    /// <param name="rank">Recent failures of the device, or <see cref="Bulk"/>.</param>
    public Task EnterAsync(int rank)
    {
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
                return Task.CompletedTask;
            }

            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn, (rank, _arrivals++));
            return turn.Task;
        }
    }

    /// <summary>Gives a slot to whoever is next.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            if (_waiting.TryDequeue(out var next, out _))
            {
                next.SetResult();
            }
            else
            {
                _free++;
            }
        }
    }
}
