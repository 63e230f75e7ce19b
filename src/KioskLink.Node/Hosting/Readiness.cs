using KioskLink.Node.Replica;

namespace KioskLink.Node.Hosting;

/// <summary>Whether the node is ready: the replica complete once, the branch known, one dummy decision with its KDF made.</summary>
internal sealed class Readiness(NodeReplica replica)
{
    private volatile bool _rehearsed;

    /// <summary>Whether everything is there.</summary>
    public bool IsReady => _rehearsed && IsFilled;

    private bool IsFilled => replica.Mark.IsComplete && replica.Branch is not null;

    /// <summary>Notes that the dummy decision is made.</summary>
    public void OnRehearsed() => _rehearsed = true;

    /// <summary>Waits until the replica is complete and the branch known.</summary>
    public Task WhenFilledAsync(TimeProvider time, CancellationToken stopping) => WhenAsync(() => IsFilled, time, stopping);

    /// <summary>Waits until the node is ready.</summary>
    public Task WhenReadyAsync(TimeProvider time, CancellationToken stopping) => WhenAsync(() => IsReady, time, stopping);

    private static async Task WhenAsync(Func<bool> condition, TimeProvider time, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50), time);
        while (!condition())
            await timer.WaitForNextTickAsync(stopping);
    }
}
