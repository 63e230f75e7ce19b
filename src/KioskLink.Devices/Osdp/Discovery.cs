using KioskLink.Devices.Osdp.Commands;
using KioskLink.Devices.Osdp.Replies;

namespace KioskLink.Devices.Osdp;

/// <summary>Looks for devices at every speed and address of a line, as a state machine: says what is sent next, takes the reply or its absence. No port, no clock.</summary>
/// <remarks>Each address is polled; where something answers it is asked who it is and what it can do. All in clear, and nothing is set.</remarks>
internal sealed class Discovery
{
    private readonly IReadOnlyList<int> _bauds;
    private readonly bool _thorough;
    private readonly List<FoundDevice> _found = [];
    private int _baudAt;
    private byte _address;
    private int _step;
    private bool _retried;

    /// <param name="bauds">The speeds, likeliest first.</param>
    /// <param name="thorough">Tries every speed; else those after the first at which something answered are left out, since a line has one speed.</param>
    public Discovery(IReadOnlyList<int> bauds, bool thorough) => (_bauds, _thorough) = (bauds, thorough);

    public IReadOnlyList<FoundDevice> Found => _found;

    public bool Over => _baudAt >= _bauds.Count;

    public int Baud => _bauds[_baudAt];

    public byte Address => _address;

    /// <summary>How much of it is done, from 0 to 1.</summary>
    public double Share => Over ? 1 : (_baudAt + _address / (OsdpLimits.HighestAddress + 1.0)) / _bauds.Count;

    /// <summary>Writes the next frame and returns its length.</summary>
    public int Write(Span<byte> frame) => CommandFrame.Write(frame, _address, (byte)_step, _step switch
    {
        0 => Request.Poll,
        1 => Request.Identify,
        _ => Request.Capabilities,
    }, channel: null);

    /// <summary>Takes a frame. False: it is none of the device that was asked.</summary>
    public bool Take(in Frame reply)
    {
        if (!reply.IsReply || reply.Address != _address)
            return false;
        if (_step == 0)
            _found.Add(new FoundDevice(_address, Baud));
        if (!reply.Secured)
            Note((ReplyId)reply.Id, reply.Body);
        GoOn();
        return true;
    }

    /// <summary>Nothing came, or what came was damaged: two devices at one address, or none at this speed. A damaged answer is asked for once more.</summary>
    public void Missed(bool damaged)
    {
        if (damaged && !_retried)
        {
            _retried = true;
            return;
        }
        if (_step == 0 && damaged)
            _found.Add(new FoundDevice(_address, Baud) { Disturbed = true });
        if (_step == 0)
            NextAddress();
        else
            GoOn();
    }

    private void Note(ReplyId id, ReadOnlySpan<byte> data)
    {
        var found = _found[^1];
        if (id == ReplyId.PdId && PdIdReply.TryRead(data, out var identity))
            found = found with { Identity = identity };
        else if (id == ReplyId.PdCap && PdCapReply.TryRead(data, out var capabilities))
            found = found with { Capabilities = capabilities };
        else if (id == ReplyId.Nak && NakReply.Read(data) == NakReason.EncryptionRequired)
            found = found with { WantsKey = true };
        _found[^1] = found;
    }

    private void GoOn()
    {
        _retried = false;
        if (++_step > 2)
            NextAddress();
    }

    private void NextAddress()
    {
        (_step, _retried) = (0, false);
        if (_address++ < OsdpLimits.HighestAddress)
            return;
        _address = 0;
        _baudAt = !_thorough && _found.Exists(device => !device.Disturbed) ? _bauds.Count : _baudAt + 1;
    }
}

/// <summary>A device found on a line.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Baud">The speed at which it answered.</param>
public sealed record FoundDevice(byte Address, int Baud)
{
    /// <summary>Who made it; null when it did not say in clear.</summary>
    public DeviceIdentity? Identity { get; init; }

    /// <summary>What it can do; null when it did not say in clear.</summary>
    public DeviceCapabilities? Capabilities { get; init; }

    /// <summary>It answers only under a key.</summary>
    public bool WantsKey { get; init; }

    /// <summary>Something answered and could not be read: two devices share the address, or the speed is another.</summary>
    public bool Disturbed { get; init; }
}
