using KioskLink.Node.Replica;

namespace KioskLink.Node.Hosting;

/// <summary>Whether the node is ready: the replica complete once, the branch known, one dummy decision with its KDF made.</summary>
internal sealed class Readiness(NodeReplica replica)
{
    private volatile bool _warm;

    /// <summary>Whether everything is there.</summary>
    public bool IsReady => _warm && replica.Mark.IsComplete && replica.Branch is not null;

    /// <summary>Notes that the dummy decision is made.</summary>
    public void OnWarm() => _warm = true;

    /// <summary>Waits until the node is ready.</summary>
    public async Task WhenReadyAsync(TimeProvider time, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50), time);
        while (!IsReady)
            await timer.WaitForNextTickAsync(stopping);
    }
}
