using KioskLink.Devices.Osdp.Replies;

namespace KioskLink.Devices.Osdp;

/// <summary>Everything a device has told: who it is, what it can do, its states, cards and keys. Turns replies into events.</summary>
internal sealed class DeviceReports(OsdpDeviceOptions device, OsdpLimits limits, Action<DeviceEvent> tell, TimeProvider clock)
{
    private readonly StatusTracker _status = new(device.Id, tell, clock);

    public Presentations Presentations { get; } = new(device, limits, tell, clock);

    public DeviceIdentity Identity { get; private set; } = new();

    public DeviceAbilities Abilities { get; } = new(device.Profile);

    public void SessionBegins()
    {
        _status.Forget();
        Presentations.Doubt();
    }

    /// <summary>Who waits for a reply of a kind.</summary>
    public ReplyWaits Waits { get; } = new();

    /// <summary>False: nobody knows such a reply.</summary>
    public bool Take(ReplyId id, ReadOnlySpan<byte> data)
    {
        Waits.Take(id, data);
        switch (id)
        {
            case ReplyId.PdId when PdIdReply.TryRead(data, out var identity):
                Identity = identity;
                break;
            case ReplyId.PdCap when PdCapReply.TryRead(data, out var capabilities):
                Abilities.Told = capabilities;
                break;
            case ReplyId.LocalStatus:
                _status.Local(data);
                break;
            case ReplyId.InputStatus:
                _status.Inputs(data);
                break;
            case ReplyId.OutputStatus:
                _status.Outputs(data);
                break;
            case ReplyId.ReaderStatus:
                _status.Readers(data);
                break;
            case ReplyId.RawCard:
                Presentations.Raw(data);
                break;
            case ReplyId.FormattedCard:
                Presentations.Formatted(data);
                break;
            case ReplyId.Keypad:
                Presentations.Keys(data);
                break;
            default:
                // Replies of later standards are no reason to drop a session.
                return Enum.IsDefined(id);
        }
        return true;
    }
}
