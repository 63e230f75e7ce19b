using KioskLink.Devices.Osdp.Commands;

namespace KioskLink.Devices.Locks;

/// <summary>The lock outputs of one device: which OUT records lock and unlock them, and when those without a timer of their own must be locked again.</summary>
internal sealed class LockOutputs
{
    private readonly LockOutput[] _outputs;
    private readonly TimeSpan?[] _relockAt;
    private readonly TimeSpan?[] _before;
    private readonly bool[] _refused;

    public LockOutputs(IEnumerable<LockOutput> outputs)
    {
        _outputs = [.. outputs];
        _relockAt = new TimeSpan?[_outputs.Length];
        _before = new TimeSpan?[_outputs.Length];
        _refused = new bool[_outputs.Length];
    }

    public bool Any => _outputs.Length > 0;

    /// <summary>The device has refused to lock an output and has not locked it since.</summary>
    public bool AnyRefused => Array.IndexOf(_refused, true) >= 0;

    public int IndexOf(byte output) => Array.FindIndex(_outputs, lockOutput => lockOutput.Output == output);

    /// <summary>The order that leaves every lock locked. With <paramref name="letTimersEnd"/> a running board timer may finish: it locks by itself.</summary>
    public OutputCommand LockAll(bool letTimersEnd)
    {
        Array.Fill(_before, TimeSpan.Zero);
        Array.Clear(_relockAt);
        return new OutputCommand([.. _outputs.Select(lockOutput => Lock(lockOutput, letTimersEnd && lockOutput.BoardTimed))]);
    }

    public OutputCommand Lock(int index)
    {
        _relockAt.CopyTo(_before, 0);
        _relockAt[index] = null;
        return new OutputCommand(Lock(_outputs[index], letTimersEnd: false));
    }

    /// <summary>The order that unlocks for a time: with the board's timer where it has one, else until the <see cref="RelockAt"/> that follows it.</summary>
    public OutputCommand Unlock(int index, TimeSpan unlockFor, bool outputsTimed)
    {
        _relockAt.CopyTo(_before, 0);
        var (output, lockedWhenOn, boardTimed) = _outputs[index];
        // A timed code with timer 0 would be undefined: one tenth is the shortest.
        var tenths = Math.Max(Tenths.Of(unlockFor, ushort.MaxValue), (ushort)1);
        return (boardTimed && outputsTimed, lockedWhenOn) switch
        {
            (true, false) => new OutputCommand(new OutputRecord(output, OutputCode.TimedOn, tenths)),
            (true, true) => new OutputCommand(new OutputRecord(output, OutputCode.TimedOff, tenths)),
            (false, false) => new OutputCommand(new OutputRecord(output, OutputCode.OnAbortTimed)),
            (false, true) => new OutputCommand(new OutputRecord(output, OutputCode.OffAbortTimed)),
        };
    }

    /// <summary>Whether this program has to lock the output again after an unlock.</summary>
    public bool HostTimed(int index, bool outputsTimed) => !(_outputs[index].BoardTimed && outputsTimed);

    public void RelockAt(int index, TimeSpan at) => _relockAt[index] = at;

    /// <summary>The earliest time at which <see cref="TakeDue"/> has something to do.</summary>
    public TimeSpan? NextRelock()
    {
        TimeSpan? next = null;
        foreach (var at in _relockAt)
            next = at < next || next is null ? at : next;
        return next;
    }

    /// <summary>The order that locks an output which has been unlocked long enough, or null. One at a time: an output that is refused must not hold another one open.</summary>
    public OutputCommand? TakeDue(TimeSpan now)
    {
        for (var index = 0; index < _relockAt.Length; index++)
            if (_relockAt[index] <= now)
                return Lock(index);
        return null;
    }

    /// <summary>The device has confirmed the order last made.</summary>
    public void Confirmed()
    {
        for (var index = 0; index < _refused.Length; index++)
            _refused[index] &= _relockAt[index] is not null;
    }

    /// <summary>The device has refused the order last made: what was to be locked before it is to be locked still, and what it was to lock is due again later.</summary>
    /// <param name="again">The earliest time at which what it was to lock is due again.</param>
    public void Refused(TimeSpan again)
    {
        for (var index = 0; index < _relockAt.Length; index++)
        {
            var locks = _relockAt[index] is null && _before[index] is not null;
            _refused[index] |= locks;
            _relockAt[index] = locks && _before[index] < again ? again : _before[index];
        }
    }

    private static OutputRecord Lock(LockOutput lockOutput, bool letTimersEnd) => new(lockOutput.Output, (lockOutput.LockedWhenOn, letTimersEnd) switch
    {
        (false, false) => OutputCode.OffAbortTimed,
        (true, false) => OutputCode.OnAbortTimed,
        (false, true) => OutputCode.OffAllowTimed,
        (true, true) => OutputCode.OnAllowTimed,
    });
}
