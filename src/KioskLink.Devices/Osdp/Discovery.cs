using KioskLink.Devices.Osdp.Commands;
using KioskLink.Devices.Osdp.Replies;

namespace KioskLink.Devices.Osdp;

/// <summary>Looks for devices at every speed and address of a line, as a state machine: says what is sent next, takes the reply or its absence. No port, no clock.</summary>
/// <remarks>Each address is polled; where something answers it is asked who it is and what it can do. All in clear, and nothing is set.</remarks>
internal sealed class Discovery
{
    private readonly SearchPlan _plan;
    private readonly List<FoundDevice> _found = [];
    private int _at;
    private int _step;
    private bool _retried;

    public Discovery(SearchPlan plan) => _plan = plan;

    public IReadOnlyList<FoundDevice> Found => _found;

    public bool Over => _at >= _plan.Steps.Count;

    public int Baud => _plan.Steps[_at].Baud;

    public byte Address => _plan.Steps[_at].Address;

    /// <summary>How much of it is done, from 0 to 1.</summary>
    public double Share => Over ? 1 : (double)_at / _plan.Steps.Count;

    /// <summary>Writes the next frame and returns its length.</summary>
    public int Write(Span<byte> frame) => CommandFrame.Write(frame, Address, (byte)_step, _step switch
    {
        0 => Request.Poll,
        1 => Request.Identify,
        _ => Request.Capabilities,
    }, channel: null);

    /// <summary>Takes a frame. False: it is none of the device that was asked.</summary>
    public bool Take(in Frame reply)
    {
        if (!reply.IsReply || reply.Address != Address)
            return false;
        if (_step == 0)
            _found.Add(new FoundDevice(Address, Baud));
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
            _found.Add(new FoundDevice(Address, Baud) { Disturbed = true });
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
        var baud = Baud;
        _at++;
        if (_found.Count >= _plan.Enough || (_plan.StopsAtOneSpeed && !Over && Baud != baud && _found.Exists(device => !device.Disturbed)))
            _at = _plan.Steps.Count;
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
