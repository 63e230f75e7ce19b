using KioskLink.Devices.Locks;

namespace KioskLink.Devices.Osdp;

/// <summary>A key on its way to a device: whoever ordered it is answered only when a session tells which key the device holds.</summary>
internal sealed class KeyChange(Handshake handshake)
{
    private QueuedCommand? _awaited;

    /// <summary>The device may hold the new key: only the next session tells.</summary>
    public void Await(QueuedCommand? change)
    {
        _awaited = change;
        handshake.TryNewestKey();
    }

    /// <summary>The device will not take the new key and keeps its own.</summary>
    public void Refused() => handshake.Withdraw();

    /// <summary>A session is up. True: with the new key.</summary>
    public bool Settle()
    {
        var changed = handshake.SettleOffer();
        End(changed ? OutputResult.Acknowledged : OutputResult.Rejected);
        return changed;
    }

    /// <summary>No session has come up in time: both keys are kept, and nobody waits any longer.</summary>
    public void GiveUp() => End(OutputResult.Unacknowledged);

    private void End(OutputResult result)
    {
        _awaited?.Complete(result);
        _awaited = null;
    }
}
