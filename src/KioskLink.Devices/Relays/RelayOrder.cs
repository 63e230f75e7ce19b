using KioskLink.Devices.Locks;

namespace KioskLink.Devices.Relays;

/// <summary>An order to a lock that waits for its turn, and the promise to say what became of it.</summary>
/// <param name="Lock">Index of the lock among the board's.</param>
/// <param name="UnlockFor">How long; null for an order to lock.</param>
/// <param name="Deadline">After this time it must not go over the line any more.</param>
internal sealed record RelayOrder(int Lock, TimeSpan? UnlockFor, TimeSpan Deadline)
{
    private readonly TaskCompletionSource<OutputResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<OutputResult> Completion => _result.Task;

    public void Complete(OutputResult result) => _result.TrySetResult(result);
}
