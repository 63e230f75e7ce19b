using KioskLink.Devices.Locks;

namespace KioskLink.Devices.Osdp;

/// <summary>The commands that wait for one device, first come first sent, never more than the limit, and only while its session is up. Any thread adds, the bus loop takes.</summary>
internal sealed class CommandQueue(int limit)
{
    private readonly Lock _lock = new();
    private readonly List<QueuedCommand> _waiting = new(limit);
    private volatile int _count;
    private bool _open;

    public int Count => _count;

    /// <summary>Takes commands from here on.</summary>
    public void Open()
    {
        lock (_lock)
            _open = true;
    }

    /// <summary>Takes no more commands and answers those that wait.</summary>
    public void Close()
    {
        lock (_lock)
            _open = false;
        Drop(_ => true);
    }

    /// <summary>Adds at the end, or in the place of an older one that it makes pointless. False when the queue is full or closed.</summary>
    public bool TryAdd(QueuedCommand command)
    {
        lock (_lock)
        {
            if (!_open)
                return false;
            var older = command.Command is { } newer ? _waiting.FindIndex(waiting => waiting.Command is { } old && newer.Supersedes(old)) : -1;
            if (older >= 0)
                _waiting[older] = command;
            else if (_waiting.Count < limit)
                _waiting.Add(command);
            else
                return false;
            _count = _waiting.Count;
            return true;
        }
    }

    public QueuedCommand? TryTake()
    {
        if (_count == 0)
            return null;
        lock (_lock)
        {
            if (_waiting.Count == 0)
                return null;
            var first = _waiting[0];
            _waiting.RemoveAt(0);
            _count = _waiting.Count;
            return first;
        }
    }

    /// <summary>Takes out what must not be sent any more and answers it.</summary>
    public void Expire(TimeSpan now)
    {
        // Asked before every frame: an empty queue must cost nothing, not even a closure.
        if (_count > 0)
            DropExpired(now);
    }

    private void DropExpired(TimeSpan now) => Drop(waiting => waiting.Expired(now));

    private void Drop(Predicate<QueuedCommand> which)
    {
        if (_count == 0)
            return;
        lock (_lock)
        {
            foreach (var dropped in _waiting.FindAll(which))
                dropped.Complete(OutputResult.NotSent);
            _waiting.RemoveAll(which);
            _count = _waiting.Count;
        }
    }
}
