using KioskLink.Devices.Locks;

namespace KioskLink.Devices.Relays;

/// <summary>The locks of one board: which relay states lock them, until when each may be unlocked, and which this program must lock.</summary>
internal sealed class RelayLocks
{
    private readonly LockOutput[] _locks;
    private readonly bool _timed;
    private readonly TimeSpan?[] _unlockedUntil;

    public RelayLocks(RelayBoardOptions board)
    {
        (_locks, _timed) = ([.. board.Locks], board.Timed);
        _unlockedUntil = new TimeSpan?[_locks.Length];
    }

    /// <summary>The states that leave every lock locked, and all other relays off.</summary>
    public uint LockedStates
    {
        get
        {
            var states = 0u;
            foreach (var output in _locks)
                states |= output.LockedWhenOn ? 1u << output.Output : 0;
            return states;
        }
    }

    public int IndexOf(byte output) => Array.FindIndex(_locks, candidate => candidate.Output == output);

    /// <summary>The board ends the unlock by itself.</summary>
    public bool BoardEnds(int index) => _timed && _locks[index] is { BoardTimed: true, LockedWhenOn: false };

    public RelayRequest Unlock(int index, TimeSpan unlockFor) => BoardEnds(index)
        ? RelayRequest.Pulse(_locks[index].Output, Math.Max(1, (int)(Math.Min(unlockFor.TotalSeconds, int.MaxValue / 10) * 10)))
        : RelayRequest.Set(_locks[index].Output, !_locks[index].LockedWhenOn);

    public RelayRequest Lock(int index) => RelayRequest.Set(_locks[index].Output, _locks[index].LockedWhenOn);

    public bool IsLocked(int index, uint states) => (states >> _locks[index].Output & 1) != 0 == _locks[index].LockedWhenOn;

    /// <summary>The lock may be unlocked until then; what still is after it, <see cref="Due"/> names.</summary>
    public void UnlockedUntil(int index, TimeSpan until) => _unlockedUntil[index] = until;

    public void Locked(int index) => _unlockedUntil[index] = null;

    public void AllLocked() => Array.Clear(_unlockedUntil);

    /// <summary>A lock whose time is over, to be locked by this program; null when there is none.</summary>
    public int? Due(TimeSpan now)
    {
        for (var index = 0; index < _locks.Length; index++)
            if (_unlockedUntil[index] <= now)
                return index;
        return null;
    }

    /// <summary>The earliest time at which <see cref="Due"/> names one.</summary>
    public TimeSpan? NextDue()
    {
        TimeSpan? next = null;
        foreach (var until in _unlockedUntil)
            next = until < next || next is null ? until : next;
        return next;
    }

    /// <summary>A lock that the states show unlocked though nobody has unlocked it: a board that lost its supply, or another program.</summary>
    public int? Astray(uint states)
    {
        for (var index = 0; index < _locks.Length; index++)
            if (_unlockedUntil[index] is null && !IsLocked(index, states))
                return index;
        return null;
    }
}
