namespace KioskLink.Devices.Locks;

/// <summary>An output that moves a lock.</summary>
/// <param name="Output">The output of its device, from 0.</param>
/// <param name="LockedWhenOn">The lock is locked while the output is on (a magnet); otherwise while it is off (a strike).</param>
/// <param name="BoardTimed">Let the board time the unlock where it can; false lets this program do it always.</param>
public sealed record LockOutput(byte Output, bool LockedWhenOn = false, bool BoardTimed = true);

/// <summary>What became of an order to an output. It is final: an order is never sent a second time.</summary>
public enum OutputResult
{
    /// <summary>The device has confirmed it.</summary>
    Acknowledged,

    /// <summary>It went over the line and no confirmation came in time: the lock may have moved or not.</summary>
    Unacknowledged,

    /// <summary>The device has refused it.</summary>
    Rejected,

    /// <summary>It never went over the line: the device is offline, or too much was waiting.</summary>
    NotSent,
}
