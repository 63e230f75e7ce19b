using System.Collections.Concurrent;

namespace KioskLink.Node.Journal;

/// <summary>
/// Work for the one thread that writes the journal. What waits is taken together, so that several doors share one sync, and a slow
/// disk stops nobody but those who wait for their own record.
/// </summary>
internal sealed class AppendQueue<T> : IDisposable
{
    private readonly BlockingCollection<T> _waiting;
    private readonly Thread _writer;
    private readonly Action<IReadOnlyList<T>> _write;
    private readonly int _batchLimit;

    /// <summary>Starts the thread.</summary>
    /// <param name="write">Writes a batch; throws nothing.</param>
    /// <param name="queueLimit">How much may wait.</param>
    /// <param name="batchLimit">How much is taken together.</param>
    public AppendQueue(Action<IReadOnlyList<T>> write, int queueLimit, int batchLimit)
    {
        (_write, _batchLimit) = (write, batchLimit);
        _waiting = new BlockingCollection<T>(queueLimit);
        _writer = new Thread(WriteAll) { Name = "journal", IsBackground = true };
        _writer.Start();
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

    /// <summary>Writes what waits, then ends the thread.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        _writer.Join();
        _waiting.Dispose();
    }

    private void WriteAll()
    {
        var batch = new List<T>(_batchLimit);
        foreach (var first in _waiting.GetConsumingEnumerable())
        {
            batch.Add(first);
            while (batch.Count < _batchLimit && _waiting.TryTake(out var next))
                batch.Add(next);
            _write(batch);
            batch.Clear();
        }
    }
}
