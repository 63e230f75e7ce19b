namespace KioskLink.Devices.Osdp;

/// <summary>Tells each reason of a key alarm once until a session is up: an absent key must not fill the log.</summary>
internal sealed class SessionAlarms(string deviceId, Action<DeviceEvent> tell, TimeProvider clock)
{
    private readonly HashSet<KeyAlarmReason> _told = [];

    public void Raise(KeyAlarmReason reason)
    {
        if (_told.Add(reason))
            tell(new KeyAlarm(deviceId, reason, clock.GetUtcNow()));
    }

    public void Clear() => _told.Clear();
}
