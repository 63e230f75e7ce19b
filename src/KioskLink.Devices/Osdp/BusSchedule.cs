namespace KioskLink.Devices.Osdp;

/// <summary>Whose turn it is on the line: a device with an order first, unless it has just been silent, then each in turn as it falls due.</summary>
internal sealed class BusSchedule(IReadOnlyList<DeviceSession> sessions)
{
    private int _last = -1;
    private int _ordered = -1;

    /// <summary>The device to speak to now, or null when none is due.</summary>
    public DeviceSession? Next(TimeSpan now)
    {
        PassOverSilent();
        if (NextOrder(now) is { } ordered)
            return ordered;
        for (var step = 1; step <= sessions.Count; step++)
        {
            var index = (_last + step) % sessions.Count;
            if (sessions[index].DueAt > now)
                continue;
            _last = index;
            return sessions[index];
        }
        return null;
    }

    /// <summary>The device for which an order waits, or null.</summary>
    public DeviceSession? NextOrder(TimeSpan now)
    {
        for (var index = 0; index < sessions.Count; index++)
            if (sessions[index].HasOrder(now))
                return sessions[_ordered = index];
        return null;
    }

    /// <summary>When the next device falls due if nothing is ordered meanwhile.</summary>
    public TimeSpan NextDue()
    {
        var next = TimeSpan.MaxValue;
        for (var index = 0; index < sessions.Count; index++)
            next = sessions[index].NextDue() < next ? sessions[index].NextDue() : next;
        return next;
    }

    // Who has just kept the line waiting for an order in vain is tried again after a round of the others: their doors must not wait for it.
    private void PassOverSilent()
    {
        if (_ordered >= 0 && sessions[_ordered].Silent)
            _last = _ordered;
        _ordered = -1;
    }
}
