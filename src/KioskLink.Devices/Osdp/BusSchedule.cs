namespace KioskLink.Devices.Osdp;

/// <summary>Whose turn it is on the line: a device with an order first, then each in turn as it falls due.</summary>
internal sealed class BusSchedule(IReadOnlyList<DeviceSession> sessions)
{
    private int _last = -1;

    /// <summary>The device to speak to now, or null when none is due.</summary>
    public DeviceSession? Next(TimeSpan now)
    {
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
                return sessions[index];
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
}
