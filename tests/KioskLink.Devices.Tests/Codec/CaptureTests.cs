using KioskLink.Devices.Osdp;
using KioskLink.Devices.Osdp.Commands;
using KioskLink.Devices.Osdp.Replies;
using KioskLink.Devices.Readers;

namespace KioskLink.Devices.Tests.Codec;

/// <summary>Every frame of three recorded sessions, ours rebuilt byte for byte from what it says, theirs read and every MAC checked.</summary>
public sealed class CaptureTests
{
    private static readonly byte[] Scbk = Convert.FromHexString("000102030405060708090A0B0C0D0E0F");

    [Fact]
    public void The_clear_session_is_rebuilt_and_read()
    {
        var frames = Capture.Load("clear.log");
        Assert.True(frames.Count > 100);

        foreach (var (direction, bytes) in frames)
        {
            var frame = Capture.Parse(bytes);
            if (direction == FrameDirection.Sent)
                Assert.Equal(Convert.ToHexString(bytes), Rebuild(CommandOf(frame.Id, frame.Body), frame, channel: null));
            else
                Assert.True(Reads((ReplyId)frame.Id, frame.Body), Convert.ToHexString(bytes));
        }
    }

    [Theory]
    [InlineData("scbk.log", false)]
    [InlineData("scbk-d.log", true)]
    public void A_secure_session_is_rebuilt_and_every_mac_is_right(string name, bool installKey)
    {
        var key = installKey ? SecureChannel.DefaultKey() : Scbk;
        using var channel = new SecureChannel();
        var frames = Capture.Load(name);
        Assert.True(frames.Count > 100);
        byte[] nonce = [.. Capture.Parse(frames[0].Bytes).Body];

        foreach (var (direction, bytes) in frames)
        {
            var frame = Capture.Parse(bytes);
            switch (direction, frame.BlockType)
            {
                case (FrameDirection.Sent, SecurityBlock.Challenge):
                    channel.Begin(nonce);
                    Assert.Equal(Convert.ToHexString(bytes), Rebuild(new ChallengeCommand(nonce, frame.Block[2]), frame, channel));
                    break;
                case (FrameDirection.Received, SecurityBlock.ClientCryptogram):
                    Assert.True(ClientCryptogramReply.TryRead(frame.Body, out var reply));
                    Assert.True(channel.Accept(key, reply.Nonce, reply.Cryptogram));
                    break;
                case (FrameDirection.Sent, SecurityBlock.ServerCryptogram):
                    var proof = new byte[SecureChannel.CryptogramSize];
                    channel.WriteServerCryptogram(proof);
                    Assert.Equal(Convert.ToHexString(bytes), Rebuild(new ServerCryptogramCommand(proof, frame.Block[2]), frame, channel));
                    break;
                case (FrameDirection.Received, SecurityBlock.InitialRMac):
                    Assert.True(channel.Establish(frame.Body));
                    break;
                case (FrameDirection.Sent, _):
                    Assert.Equal(Convert.ToHexString(bytes), Rebuild(CommandOf(frame.Id, PlainOf(frame.Id)), frame, channel));
                    break;
                default:
                    var plain = new ReplyReader(channel).Read(frame, Request.Poll, out var failure);
                    Assert.Null(failure);
                    Assert.True(Reads((ReplyId)frame.Id, plain), Convert.ToHexString(bytes));
                    break;
            }
        }
    }

    // The text is the one command that is copied and not made: the same as in the clear session.
    private static byte[] PlainOf(byte id) => (CommandId)id switch
    {
        CommandId.Text => Convert.FromHexString("00030501010757656C636F6D65"),
        _ => [],
    };

    private static string Rebuild(OsdpCommand command, in Frame original, SecureChannel? channel)
    {
        var frame = new byte[256];
        var length = CommandFrame.Write(frame, original.Address, original.Sequence, command, channel);
        return Convert.ToHexString(frame.AsSpan(0, length));
    }

    private static OsdpCommand CommandOf(byte id, ReadOnlySpan<byte> data) => (CommandId)id switch
    {
        CommandId.Poll => Request.Poll,
        CommandId.Id => Request.Identify,
        CommandId.Cap => Request.Capabilities,
        CommandId.LocalStatus => Request.LocalStatus,
        CommandId.InputStatus => Request.InputStatus,
        CommandId.OutputStatus => Request.OutputStatus,
        CommandId.ReaderStatus => Request.ReaderStatus,
        CommandId.Output => new OutputCommand(new OutputRecord(0, OutputCode.TimedOn, 50)),
        CommandId.Led => new LedCommand(Light),
        CommandId.Buzzer => new BuzzerCommand(new BeepPattern(TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(200), 3)),
        CommandId.Text => new RecordedText([.. data]),
        _ => throw new InvalidOperationException($"the capture holds command {id:X2}"),
    };

    private static LedSetting Light => new()
    {
        Temporary = new LedPattern(LedColor.Green, LedColor.Black, TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(200)),
        TemporaryFor = TimeSpan.FromSeconds(3),
        Permanent = new LedPattern(LedColor.Red, LedColor.Red, TimeSpan.FromMilliseconds(500), TimeSpan.Zero),
    };

    private static bool Reads(ReplyId id, ReadOnlySpan<byte> data) => id switch
    {
        ReplyId.Ack => data.Length == 0,
        ReplyId.PdId => PdIdReply.TryRead(data, out var identity) && identity is { Vendor: 0xC0B0A0, Model: 7, Serial: 0x01020304 },
        ReplyId.PdCap => PdCapReply.TryRead(data, out var can) && can is { Inputs: 8, Outputs: 8, OutputsTimed: false, Leds: 1, ReceiveSize: 256 },
        ReplyId.LocalStatus => LocalStatusReply.TryRead(data, out _),
        ReplyId.InputStatus or ReplyId.OutputStatus => data.Length == 8,
        ReplyId.ReaderStatus => data.Length == 1,
        ReplyId.RawCard => RawCardReply.TryRead(data, out var card) && card.BitCount == 26 && card.Bits.SequenceEqual(Convert.FromHexString("A1B2C340")),
        ReplyId.Keypad => KeypadReply.TryRead(data, out var keypad) && keypad.Keys.SequenceEqual("1234\r"u8),
        _ => false,
    };

    /// <summary>The recorded panel showed its text without wrapping for five seconds, which ours never does.</summary>
    private sealed class RecordedText(byte[] recorded) : OsdpCommand(CommandId.Text)
    {
        public override int Write(Span<byte> data)
        {
            recorded.CopyTo(data);
            return recorded.Length;
        }
    }
}
