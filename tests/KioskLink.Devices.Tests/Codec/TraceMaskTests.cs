using KioskLink.Devices.Osdp;
using KioskLink.Devices.Readers;
using KioskLink.Devices.Virtual;

namespace KioskLink.Devices.Tests.Codec;

/// <summary>What a trace shows in the place of cards, keys and base keys: nobody's, which a replay still reads.</summary>
public sealed class TraceMaskTests
{
    private const byte Raw = 0x50, Formatted = 0x51, Keypad = 0x53, KeySet = 0x75;
    private static readonly CardMapping Bcd = new(CardEncoding.Bcd);

    [Theory]
    [InlineData(CardEncoding.Bcd, false, UidOrder.AsRead, "24400000000012", 56, "20000000000006")]
    [InlineData(CardEncoding.Bcd, false, UidOrder.AsRead, "123450", 20, "20008")]
    [InlineData(CardEncoding.Bcd, true, UidOrder.AsRead, "9220000000000940", 58, "20000000000006")]
    [InlineData(CardEncoding.Ascii, false, UidOrder.AsRead, "3234343030303030", 64, "20000006")]
    [InlineData(CardEncoding.Hex, false, UidOrder.AsRead, "04A2B3C4", 32, "00000000")]
    [InlineData(CardEncoding.Hex, false, UidOrder.E0First, "78563412000104E0", 64, "E000000000000000")]
    [InlineData(CardEncoding.Decimal, true, UidOrder.AsRead, "025159E240", 34, "0000000000")]
    [InlineData(CardEncoding.Wiegand26, false, UidOrder.AsRead, "092B3C40", 26, "00000000")]
    [InlineData(CardEncoding.Wiegand37, false, UidOrder.AsRead, "ADFDC1C350", 37, "00000000000")]
    public void A_card_is_shown_as_nobodys_that_its_profile_still_reads(CardEncoding encoding, bool parity, UidOrder order, string bits, int count, string shown)
    {
        var cards = new CardMapping(encoding, Parity: parity, ByteOrder: order);
        byte[] data = [0, 1, (byte)count, 0, .. Convert.FromHexString(bits)];

        var frame = Shown(VirtualFrame.Reply(1, 1, [], Raw, data), cards);

        Assert.NotNull(cards.Read(Convert.FromHexString(bits), count).Number);
        Assert.Equal(data[..4], frame[6..10]);
        Assert.Equal(shown, cards.Read(frame.AsSpan(10..^2), count).Number);
    }

    [Fact]
    public void Bits_that_the_profile_does_not_read_are_blanked() =>
        Assert.Equal("00000D00" + "0000", Convert.ToHexString(Shown(VirtualFrame.Reply(1, 1, [], Raw, [0, 0, 13, 0, 0xAB, 0xC0]), Bcd)[6..^2]));

    [Fact]
    public void Characters_become_digits_with_a_valid_check() =>
        Assert.Equal("20000000000006", Text(Shown(VirtualFrame.Reply(1, 1, [], Formatted, [0, 0, 14, .. "24400000000012"u8]), Bcd)[9..^2]));

    [Fact]
    public void Digits_of_a_pin_become_zeros_and_the_keys_that_end_it_stay() =>
        Assert.Equal("0000\r\u007f", Text(Shown(VirtualFrame.Reply(1, 1, [], Keypad, [0, 6, .. "9753\r\u007f"u8]), Bcd)[8..^2]));

    [Fact]
    public void What_a_session_with_the_install_key_carries_is_blanked_since_anyone_could_read_it()
    {
        var reply = VirtualFrame.Reply(1, 1, [2, 0x18], Keypad, [.. Enumerable.Repeat((byte)0xAA, 16)], _ => [1, 2, 3, 4]);

        Assert.Equal(Convert.ToHexString(reply), Convert.ToHexString(Show(FrameDirection.Received, reply, Bcd, readable: false).Frame));
        Assert.Equal(new string('0', 32), Convert.ToHexString(Shown(reply, Bcd, readable: true)[8..24]));
    }

    [Fact]
    public void A_new_base_key_is_blanked_under_any_key()
    {
        var command = VirtualFrame.Reply(1, 1, [2, 0x17], KeySet, [.. Enumerable.Repeat((byte)0xAA, 32)], _ => [1, 2, 3, 4]);
        command[1] = 1;
        WriteCrc(command);

        var (frame, masked) = Show(FrameDirection.Sent, command, Bcd, readable: false);

        Assert.True(masked);
        Assert.Equal(new string('0', 64), Convert.ToHexString(frame[8..40]));
    }

    [Fact]
    public void Everything_else_stays_as_it_was()
    {
        var reply = Convert.FromHexString("53810A00064801 0016D7".Replace(" ", "", StringComparison.Ordinal));

        Assert.Equal((Convert.ToHexString(reply), false), (Convert.ToHexString(Show(FrameDirection.Received, reply, Bcd, false).Frame), Show(FrameDirection.Received, reply, Bcd, false).Masked));
    }

    private static byte[] Shown(byte[] reply, CardMapping cards, bool readable = false)
    {
        var (frame, masked) = Show(FrameDirection.Received, reply, cards, readable);
        Assert.True(masked);
        Assert.True(Frame.TryParse(frame, out _));
        return frame;
    }

    private static (byte[] Frame, bool Masked) Show(FrameDirection way, byte[] bytes, CardMapping cards, bool readable)
    {
        (byte[] Frame, bool Masked) shown = default;
        TraceMask.Show((_, frame, masked) => shown = (frame.ToArray(), masked), way, bytes, cards, readable);
        return shown;
    }

    private static void WriteCrc(byte[] frame)
    {
        var crc = Crc16.Compute(frame.AsSpan(0, frame.Length - 2));
        (frame[^2], frame[^1]) = ((byte)crc, (byte)(crc >> 8));
    }

    private static string Text(byte[] bytes) => System.Text.Encoding.ASCII.GetString(bytes);
}
