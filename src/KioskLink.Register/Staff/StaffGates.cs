using System.Collections.Concurrent;
using Grpc.Core;
using KioskLink.Register.Identity;

namespace KioskLink.Register.Staff;

/// <summary>
/// Lets one change of an account happen at a time, so that no guess is counted over another, and few passwords be hashed at a
/// time, so that no sign-in slows a door. Thread-safe.
/// </summary>
internal sealed class StaffGates : IDisposable
{
    private readonly ConcurrentDictionary<long, SemaphoreSlim> _accounts = new();
    private readonly SemaphoreSlim _hashes = new(StaffLimits.HashesMax);
    private int _waiting;

    /// <summary>Waits for an account; the caller disposes what it gets.</summary>
    public Task<IDisposable> OfAccountAsync(long accountId, CancellationToken cancel) =>
        EnterAsync(_accounts.GetOrAdd(accountId, _ => new SemaphoreSlim(1)), cancel);

    /// <summary>Waits for a password's turn; the caller disposes what it gets.</summary>
    /// <exception cref="RpcException">RESOURCE_EXHAUSTED when too many wait already.</exception>
    public async Task<IDisposable> OfHashAsync(CancellationToken cancel)
    {
        try
        {
            return Interlocked.Increment(ref _waiting) <= StaffLimits.WaitingMax
                ? await EnterAsync(_hashes, cancel)
                : throw Refused.With(StatusCode.ResourceExhausted, "SIGN_IN_BUSY", "Too many sign in at this moment; try again in a minute.");
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _hashes.Dispose();
        foreach (var gate in _accounts.Values)
        {
            gate.Dispose();
        }
    }

    private static async Task<IDisposable> EnterAsync(SemaphoreSlim gate, CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        return new Leave(gate);
    }

    private sealed class Leave(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
