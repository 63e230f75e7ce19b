using FsCheck;
using FsCheck.Fluent;
using KioskLink.Devices.Osdp;
using KioskLink.Devices.Osdp.Commands;
using KioskLink.Devices.Virtual;

namespace KioskLink.Devices.Tests.Codec;

/// <summary>The panel's codec and the virtual device's, written apart, understand each other for any data, key and nonce.</summary>
public sealed class PropertyTests
{
    private const byte Address = 0x12;

    private static readonly Arbitrary<byte[]> Data = Gen.Choose(0, OsdpCommand.LargestData - SecureChannel.KeySize)
        .SelectMany(length => Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(length)).ToArbitrary();

    private static readonly Arbitrary<byte[]> Secrets = Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(32).ToArbitrary();

    [Fact]
    public void What_the_panel_writes_in_clear_the_device_reads() => Prop.ForAll(Data, data =>
    {
        var command = VirtualFrame.TakeFrom([.. Write(data, channel: null)])!;
        return command.Id == (byte)CommandId.Output && command.Data.SequenceEqual(data) && command.Address == Address;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_the_device_writes_in_clear_the_panel_reads() => Prop.ForAll(Data, data =>
    {
        var bytes = VirtualFrame.Reply(Address, 3, [], (byte)ReplyId.RawCard, data);
        return Frame.TryParse(bytes, out var frame) && frame.Body.SequenceEqual(data) && frame is { Address: Address, Sequence: 3, IsReply: true };
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Conversations_in_a_secure_session_arrive_as_they_were_sent() => Prop.ForAll(Secrets, Data, Data, (secrets, first, second) =>
    {
        using var channel = new SecureChannel();
        var device = Shake(channel, secrets);
        return Converse(channel, device, first) && Converse(channel, device, second) && Converse(channel, device, first);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_changed_bit_anywhere_in_a_secured_reply_is_noticed() => Prop.ForAll(Secrets, Data, Gen.Choose(0, 1 << 20).ToArbitrary(), (secrets, data, where) =>
    {
        using var channel = new SecureChannel();
        var device = Shake(channel, secrets);
        device.Open(VirtualFrame.TakeFrom([.. Write([], channel)])!);
        byte[] block = [2, 0x18];
        var bytes = VirtualFrame.Reply(Address, 1, block, (byte)ReplyId.RawCard, device.Encrypt(data), device.Sign);
        // Behind the id, where a change leaves the frame well-formed; its CRC is made right again.
        var at = 8 + where % (bytes.Length - 10);
        bytes[at] ^= (byte)(1 << (where % 8));
        var crc = Crc16.Compute(bytes.AsSpan(0, bytes.Length - 2));
        (bytes[^2], bytes[^1]) = ((byte)crc, (byte)(crc >> 8));
        new ReplyReader(channel).Read(Parse(bytes), Request.Poll, out var failure);
        return failure == ExchangeFailure.Unauthentic;
    }).QuickCheckThrowOnFailure();

    private static VirtualSecureSession Shake(SecureChannel channel, byte[] secrets)
    {
        byte[] key = secrets[..16], panelNonce = secrets[16..24], deviceNonce = secrets[24..];
        var device = new VirtualSecureSession(key, panelNonce, deviceNonce);
        channel.Begin(panelNonce);
        Assert.True(channel.Accept(key, deviceNonce, device.ClientCryptogram()));
        var proof = new byte[SecureChannel.CryptogramSize];
        channel.WriteServerCryptogram(proof);
        Assert.True(channel.Establish(device.Accept(proof)));
        return device;
    }

    private static bool Converse(SecureChannel channel, VirtualSecureSession device, byte[] data)
    {
        var heard = device.Open(VirtualFrame.TakeFrom([.. Write(data, channel)])!);
        var type = (byte)(data.Length > 0 ? 0x18 : 0x16);
        var reply = VirtualFrame.Reply(Address, 1, [2, type], (byte)ReplyId.RawCard, data.Length > 0 ? device.Encrypt(data) : data, device.Sign);
        var plain = new ReplyReader(channel).Read(Parse(reply), Request.Poll, out var failure);
        return failure is null && heard!.SequenceEqual(data) && plain.SequenceEqual(data);
    }

    private static byte[] Write(byte[] data, SecureChannel? channel)
    {
        var frame = new byte[256];
        return frame[..CommandFrame.Write(frame, Address, 1, new AnyCommand(data), channel)];
    }

    private static Frame Parse(byte[] bytes)
    {
        Assert.True(Frame.TryParse(bytes, out var frame));
        return frame;
    }

    /// <summary>A command with any data.</summary>
    private sealed class AnyCommand(byte[] content) : OsdpCommand(CommandId.Output)
    {
        public override int Write(Span<byte> data)
        {
            content.CopyTo(data);
            return content.Length;
        }
    }
}
