using KioskLink.Devices.Osdp;
using KioskLink.Devices.Osdp.Commands;
using KioskLink.Devices.Osdp.Replies;

namespace KioskLink.Devices.Tests.Codec;

/// <summary>A panel that holds the device's key and says under it whatever it likes: made up, cut, changed, said again.</summary>
internal sealed class KeyedPanel(BareLine line, Func<byte[]> key, Random random) : IDisposable
{
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(5);

    // As long as a panel waits in vain, and what the device holds of half a frame is forgotten.
    private static readonly TimeSpan NoAnswer = TimeSpan.FromMilliseconds(210);
    private static readonly byte[] Commands =
        [0x60, 0x61, 0x62, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6A, 0x6B, 0x6E, 0x73, 0x74, 0x75, 0x76, 0x77, 0x7B, 0x7C, 0x80, 0xA1, 0xA2, 0xA3, 0xA4, 0xA5, 0xA7];
    private static readonly byte[] Types =
        [SecurityBlock.ReplyMac, SecurityBlock.ReplyEncrypted, SecurityBlock.CommandMac, SecurityBlock.CommandMac, SecurityBlock.CommandEncrypted, SecurityBlock.CommandEncrypted, SecurityBlock.CommandEncrypted];
    private readonly SecureChannel _channel = new();
    private byte[] _last = [];
    private byte _sequence;

    /// <summary>The device has answered the last command under the key.</summary>
    public bool Secured { get; private set; }

    /// <summary>Proves the key with sequence number 0. False: the device did not take it.</summary>
    public bool Begin()
    {
        line.Ask([], NoAnswer);
        _channel.Forget();
        _sequence = 0;
        var nonce = HostileData.Noise(random, SecureChannel.NonceSize);
        _channel.Begin(nonce);
        if (!Frame.TryParse(Say(new ChallengeCommand(nonce, SecurityBlock.OwnKey)), out var challenged)
            || !ClientCryptogramReply.TryRead(challenged.Body, out var proof) || !_channel.Accept(key(), proof.Nonce, proof.Cryptogram))
            return false;
        var cryptogram = new byte[SecureChannel.CryptogramSize];
        _channel.WriteServerCryptogram(cryptogram);
        return Secured = Frame.TryParse(Say(new ServerCryptogramCommand(cryptogram, SecurityBlock.OwnKey)), out var proven) && _channel.Establish(proven.Body);
    }

    /// <summary>Polls as a good panel does. True: the device has answered under the key.</summary>
    public bool Poll() => Hear(Say(Request.Poll));

    /// <summary>Says something hostile inside the session, half of it with a right MAC. True: the device has answered under the key.</summary>
    public bool SayHostile()
    {
        if (random.Next(16) > 0)
        {
            _last = MakeUp();
            if (random.Next(2) == 0)
                HostileData.Change(_last, random);
        }
        return Hear(line.Ask(_last, Turn) ?? []);
    }

    public void Dispose() => _channel.Dispose();

    private byte[] MakeUp()
    {
        var (command, type) = (Commands[random.Next(Commands.Length)], Types[random.Next(Types.Length)]);
        var data = type == SecurityBlock.CommandMac && random.Next(4) > 0 ? [] : HostileData.Sealed(HostileData.Of(command, random), Encrypt, random);
        var sequence = random.Next(8) == 0 ? (byte)random.Next(4) : _sequence;
        var length = FrameLayout.HeaderSize + SecurityBlock.Size + 1 + data.Length + FrameLayout.MacSize + FrameLayout.CrcSize;
        var control = (byte)(FrameLayout.CrcFlag | FrameLayout.SecurityBlockFlag | sequence);
        byte[] authenticated = [FrameLayout.Start, 1, (byte)length, (byte)(length >> 8), control, SecurityBlock.Size, type, command, .. data];
        byte[] bytes = [.. authenticated, .. _channel.SignCommand(authenticated), 0, 0];
        HostileFrames.Repair(bytes);
        return bytes;
    }

    private byte[] Encrypt(byte[] plain)
    {
        var data = new byte[SecureChannel.SealedLength(plain.Length)];
        plain.CopyTo(data, 0);
        _channel.Encrypt(data, plain.Length);
        return data;
    }

    private byte[] Say(OsdpCommand command)
    {
        var frame = new byte[FrameLayout.Largest];
        _last = frame[..CommandFrame.Write(frame, 1, _sequence, command, _channel)];
        _sequence = (byte)(_sequence % 3 + 1);
        return line.Ask(_last, Turn) ?? [];
    }

    // Only a reply with a right MAC goes on with the session.
    private bool Hear(byte[] answer)
    {
        Secured = Frame.TryParse(answer, out var reply) && reply.Secured && _channel.VerifyReply(reply.Authenticated, reply.Mac);
        if (Secured)
            _sequence = (byte)(reply.Sequence % 3 + 1);
        return Secured;
    }
}
