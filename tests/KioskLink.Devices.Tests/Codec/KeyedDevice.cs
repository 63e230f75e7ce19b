using KioskLink.Devices.Osdp;
using KioskLink.Devices.Virtual;

namespace KioskLink.Devices.Tests.Codec;

/// <summary>A reader that holds the panel's key and answers under it whatever it likes: made up, cut, changed, said again.</summary>
internal sealed class KeyedDevice(byte[] key, Random random)
{
    private const byte Ack = 0x40, Nak = 0x41, EncryptionRequired = 6;
    private static readonly byte[] Replies =
        [0x40, 0x41, 0x45, 0x46, 0x48, 0x49, 0x4A, 0x4B, 0x50, 0x51, 0x53, 0x54, 0x57, 0x58, 0x59, 0x76, 0x78, 0x79, 0x7A, 0x80, 0x81, 0x82, 0x83, 0x84, 0x90, 0xB1, 0xEE];
    private static readonly byte[] Types =
        [SecurityBlock.CommandMac, SecurityBlock.CommandEncrypted, SecurityBlock.ReplyMac, SecurityBlock.ReplyMac, SecurityBlock.ReplyEncrypted, SecurityBlock.ReplyEncrypted, SecurityBlock.ReplyEncrypted];
    private VirtualSecureSession? _session;
    private byte[] _last = [];

    /// <summary>The last answer had the MAC that was due: what it tells counts.</summary>
    public bool Signed { get; private set; }

    /// <summary>Answers a command: the steps of the handshake always as a good device does, others hostile where that is asked for.</summary>
    public byte[] Answer(byte[] sent, bool hostile)
    {
        var command = VirtualFrame.TakeFrom([.. sent])!;
        Signed = true;
        return (command.Block.Length > 1 ? command.Block[1] : 0) switch
        {
            SecurityBlock.Challenge => Challenged(command),
            SecurityBlock.ServerCryptogram => VirtualFrame.Reply(1, command.Sequence, [3, SecurityBlock.InitialRMac, SecurityBlock.OwnKey], 0x78, _session!.Accept(command.Data)!),
            _ when _session?.Open(command) is null => VirtualFrame.Reply(1, command.Sequence, [], Nak, [EncryptionRequired]),
            _ when hostile => Hostile(command.Sequence),
            _ => Good(command),
        };
    }

    private byte[] Challenged(VirtualFrame command)
    {
        var nonce = HostileData.Noise(random, SecureChannel.NonceSize);
        _session = new VirtualSecureSession(key, command.Data, nonce);
        return VirtualFrame.Reply(1, command.Sequence, [3, SecurityBlock.ClientCryptogram, SecurityBlock.OwnKey], 0x76, [.. new byte[8], .. nonce, .. _session.ClientCryptogram()]);
    }

    private byte[] Good(VirtualFrame command)
    {
        (byte Id, byte[] Data) reply = command.Id switch
        {
            0x60 => (0x50, [0, 0, 40, 0, 0x24, 0x40, 0, 0, 1]),
            0x61 => (0x45, [0xC0, 0xB0, 0xA0, 7, 1, 1, 2, 3, 4, 1, 2, 3]),
            0x62 => (0x46, [1, 2, 2, 2, 4, 2, 3, 1, 1, 4, 4, 1, 5, 1, 1]),
            0x64 => (0x48, [0, 0]),
            0x65 => (0x49, [0, 0]),
            _ => (Ack, []),
        };
        return reply.Data.Length == 0
            ? Sign(command.Sequence, SecurityBlock.ReplyMac, reply.Id, [])
            : Sign(command.Sequence, SecurityBlock.ReplyEncrypted, reply.Id, _session!.Encrypt(reply.Data));
    }

    private byte[] Hostile(int due)
    {
        Signed = random.Next(16) > 0 || _last.Length == 0;
        if (!Signed)
            return _last;
        var (id, type) = (Replies[random.Next(Replies.Length)], Types[random.Next(Types.Length)]);
        var data = type == SecurityBlock.ReplyMac && random.Next(4) > 0 ? [] : HostileData.Sealed(HostileData.Of(id, random), _session!.Encrypt, random);
        _last = Sign(random.Next(8) == 0 ? random.Next(4) : due, type, id, data);
        Signed = random.Next(2) == 0;
        if (!Signed)
            HostileData.Change(_last, random);
        return _last;
    }

    private byte[] Sign(int sequence, byte type, byte id, byte[] data) => VirtualFrame.Reply(1, sequence, [SecurityBlock.Size, type], id, data, _session!.Sign);
}
