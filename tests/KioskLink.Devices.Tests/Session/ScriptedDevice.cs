using KioskLink.Devices.Osdp;
using KioskLink.Devices.Virtual;

namespace KioskLink.Devices.Tests.Session;

/// <summary>A secure device of a few lines and a session with it, in virtual time and without a port: each step says what the panel sent and lets the test answer.</summary>
internal sealed class ScriptedDevice : IDisposable
{
    public static readonly byte[] Key = Convert.FromHexString("000102030405060708090A0B0C0D0E0F");
    private const byte KeySet = 0x75;
    private VirtualSecureSession? _secure;
    private byte _challenges;

    public ScriptedDevice(OsdpLimits? limits = null, SecureMode mode = SecureMode.Scbk, params byte[][] keys)
    {
        var device = new OsdpDeviceOptions
        {
            Id = "reader",
            Address = 1,
            Secure = mode,
            Keys = [.. (keys.Length > 0 || mode == SecureMode.Install ? keys : [Key]).Select(key => (ReadOnlyMemory<byte>)key)],
            Locks = [new(0)],
        };
        Session = new DeviceSession(device, limits ?? new OsdpLimits(), Events.Add, TimeProvider.System, nonce => nonce.Fill(++_challenges));
    }

    public DeviceSession Session { get; }

    /// <summary>The key the device holds, and whether it is the one every device knows.</summary>
    public (byte[] Key, bool Install) Held { get; set; } = (Key, false);

    public List<DeviceEvent> Events { get; } = [];

    public TimeSpan Now { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The frame the panel sent last.</summary>
    public byte[] Sent { get; private set; } = [];

    /// <summary>Lets the panel send its next frame, at the time it is due.</summary>
    public byte SendNext()
    {
        Now = Session.DueAt > Now ? Session.DueAt : Now;
        Sent = Session.NextFrame(Now).ToArray();
        return Sent.Length == 0 ? (byte)0 : Capture(Sent).Id;
    }

    /// <summary>Answers as a good device would.</summary>
    public void AnswerWell() => Deliver(GoodAnswer());

    /// <summary>The answer of a good device, which the test delivers when it likes.</summary>
    public byte[] GoodAnswer()
    {
        var command = Capture(Sent);
        return command.Block.Length > 1 ? command.Block[1] switch
        {
            0x11 => Challenged(command),
            0x13 => VirtualFrame.Reply(1, command.Sequence, [3, 0x14, 1], 0x78, _secure!.Accept(command.Data)!),
            _ => Sealed(command, ReplyTo(command.Id)),
        } : VirtualFrame.Reply(1, command.Sequence, [], ReplyTo(command.Id).Id, ReplyTo(command.Id).Data);
    }

    /// <summary>Answers inside the session with what the test wants, by any security block.</summary>
    public void AnswerSealed(byte id, byte[] data, byte blockType) => Deliver(Sealed(Capture(Sent), (id, data), blockType));

    /// <summary>Does what the panel says, and the answer is lost.</summary>
    public void ObeyInSilence()
    {
        Sealed(Capture(Sent), (0x40, []));
        StaySilent();
    }

    /// <summary>Answers in clear.</summary>
    public void AnswerClear(byte id, byte[] data, int? sequence = null) =>
        Deliver(VirtualFrame.Reply(1, sequence ?? Capture(Sent).Sequence, [], id, data));

    /// <summary>Lets the session come up.</summary>
    public ScriptedDevice BringUp()
    {
        while (!Session.Online)
        {
            SendNext();
            AnswerWell();
        }
        return this;
    }

    public void StaySilent() => Session.Fail(ExchangeFailure.Silent, Now += TimeSpan.FromMilliseconds(200));

    public void Dispose() => Session.Dispose();

    /// <summary>A frame comes from the device.</summary>
    public void Deliver(byte[] bytes)
    {
        Assert.True(Frame.TryParse(bytes, out var frame));
        Session.Take(frame, Now += TimeSpan.FromMilliseconds(10));
    }

    private byte[] Challenged(VirtualFrame command)
    {
        var nonce = Convert.FromHexString("0386A8CBBECCFB72");
        _secure = new VirtualSecureSession(Held.Key, command.Data, nonce);
        return VirtualFrame.Reply(1, command.Sequence, [3, 0x12, (byte)(Held.Install ? 0 : 1)], 0x76, [.. new byte[8], .. nonce, .. _secure.ClientCryptogram()]);
    }

    private byte[] Sealed(VirtualFrame command, (byte Id, byte[] Data) reply, byte? blockType = null)
    {
        var data = _secure!.Open(command);
        Assert.NotNull(data);
        if (command.Id == KeySet)
            Held = (data[2..], false);
        var type = blockType ?? (byte)(reply.Data.Length > 0 ? 0x18 : 0x16);
        return VirtualFrame.Reply(1, command.Sequence, [2, type], reply.Id, type == 0x18 ? _secure.Encrypt(reply.Data) : reply.Data, _secure.Sign);
    }

    private static (byte Id, byte[] Data) ReplyTo(byte command) => command switch
    {
        0x61 => (0x45, [0xC0, 0xB0, 0xA0, 7, 1, 1, 2, 3, 4, 1, 2, 3]),
        0x62 => (0x46, [2, 4, 1, 5, 1, 1]),
        0x64 => (0x48, [0, 0]),
        _ => (0x40, []),
    };

    private static VirtualFrame Capture(byte[] bytes) => VirtualFrame.TakeFrom([.. bytes])!;
}
