namespace KioskLink.Register.Sync;

/// <summary>Lets at most <see cref="AtOnceMax"/> snapshots run at once; the others wait their turn, which nodes bear, since priority changes and decisions do not.</summary>
internal sealed class SnapshotGate : IDisposable
{
    /// <summary>Snapshots at once.</summary>
    public const int AtOnceMax = 8;

    private readonly SemaphoreSlim _places = new(AtOnceMax, AtOnceMax);

    /// <summary>Waits for a place; disposing the result gives it back, more than once does no harm.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancel)
    {
        await _places.WaitAsync(cancel);
        return new Place(_places);
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) places.Release();
        }
    }
}
