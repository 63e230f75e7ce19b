using System.Collections.Concurrent;

namespace KioskLink.Node.Hosting;

/// <summary>
/// A thread of its own for one kind of work, so that work that waits for the disk or takes the processor long delays nobody but those
/// who wait for it. What waits is taken together: several doors share one sync. Thread-safe.
/// </summary>
internal sealed class WorkThread<T> : IDisposable
{
    private readonly BlockingCollection<T> _waiting;
    private readonly Thread _thread;
    private readonly Action<IReadOnlyList<T>> _work;
    private readonly int _batchLimit;

    /// <summary>Starts the thread.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="work">Does a batch; throws nothing.</param>
    /// <param name="queueLimit">How much may wait.</param>
    /// <param name="batchLimit">How much is taken together.</param>
    public WorkThread(string name, Action<IReadOnlyList<T>> work, int queueLimit, int batchLimit)
    {
        (_work, _batchLimit) = (work, batchLimit);
        _waiting = new BlockingCollection<T>(queueLimit);
        _thread = new Thread(WorkAll) { Name = name, IsBackground = true };
        _thread.Start();
    }

    /// <summary>Queues an item; false when the queue is full or closed.</summary>
    public bool TryAdd(T item)
    {
        try
        {
            return _waiting.TryAdd(item);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Does what waits, then ends the thread.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        _thread.Join();
        _waiting.Dispose();
    }

    private void WorkAll()
    {
        var batch = new List<T>(_batchLimit);
        foreach (var first in _waiting.GetConsumingEnumerable())
        {
            batch.Add(first);
            while (batch.Count < _batchLimit && _waiting.TryTake(out var next))
                batch.Add(next);
            _work(batch);
            batch.Clear();
        }
    }
}
