namespace KioskLink.Devices.Osdp;

/// <summary>Tells each reason of a key alarm once until a session is up: an absent key must not fill the log.</summary>
internal sealed class SessionAlarms(string deviceId, Action<DeviceEvent> tell, TimeProvider clock)
{
    private const int None = -1;
    private readonly HashSet<KeyAlarmReason> _told = [];

    private volatile int _last = None;

    /// <summary>What was last wrong with the key; null once a session is up. Read by any thread.</summary>
    public KeyAlarmReason? Standing => _last == None ? null : (KeyAlarmReason)_last;

    public void Raise(KeyAlarmReason reason)
    {
        _last = (int)reason;
        if (_told.Add(reason))
            tell(new KeyAlarm(deviceId, reason, clock.GetUtcNow()));
    }

    public void Clear()
    {
        _last = None;
        _told.Clear();
    }
}
