using KioskLink.Devices.Locks;

namespace KioskLink.Devices.Osdp;

/// <summary>Tells when a device refuses to lock, and when it has locked after all: once each, not with each try.</summary>
internal sealed class LockReports(string deviceId, LockOutputs locks, Action<DeviceEvent> tell, TimeProvider clock)
{
    private bool _told;

    public void Confirmed()
    {
        locks.Confirmed();
        TellChange();
    }

    /// <summary>The device has refused the order last made; what it was to lock is due again at a time.</summary>
    public void Refused(TimeSpan again)
    {
        locks.Refused(again);
        TellChange();
    }

    private void TellChange()
    {
        if (locks.AnyRefused == _told)
            return;
        _told = !_told;
        tell(new RelockReported(deviceId, Refused: _told, clock.GetUtcNow()));
    }
}
