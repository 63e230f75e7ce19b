using System.Text;
using KioskLink.Devices.Osdp;
using KioskLink.Devices.Osdp.Commands;
using KioskLink.Devices.Osdp.Replies;

namespace KioskLink.Devices.Tests.Codec;

/// <summary>Known answers: check fields, frames seen between two foreign stacks, and annex E of SIA OSDP 2.2.</summary>
public sealed class VectorTests
{
    [Fact]
    public void The_crc_has_its_catalogued_check_value() => Assert.Equal(0xE5CC, Crc16.Compute("123456789"u8));

    [Theory]
    [InlineData("537F0D00046E0080250000", 0x386E)]
    [InlineData("5300090004 6100", 0x66C0)]
    public void Annex_e_crc(string frame, int crc) => Assert.Equal(crc, Crc16.Compute(Hex(frame)));

    [Theory]
    [InlineData("537F0C00006E0080250000", 0x0F)]
    [InlineData("53000800006100", 0x44)]
    public void Annex_e_checksum(string frame, byte checksum) => Assert.Equal(checksum, Crc16.Checksum(Hex(frame)));

    [Fact]
    public void Annex_e_session_with_the_install_key()
    {
        using var channel = new SecureChannel();
        channel.Begin(Hex("B0B1B2B3B4B5B6B7"));

        Assert.True(channel.Accept(SecureChannel.DefaultKey(), Hex("A0A1A2A3A4A5A6A7"), Hex("FDE5D2F428EC16312471EA3C02BD7796")));
        var proof = new byte[16];
        channel.WriteServerCryptogram(proof);
        Assert.Equal("26D3356E07762D262801FC8E6665A891", Convert.ToHexString(proof));
        Assert.True(channel.Establish(Hex("B2A30057EB98BA2229EC1F875662B524")));
    }

    [Fact]
    public void Another_key_is_not_accepted()
    {
        using var channel = new SecureChannel();
        channel.Begin(Hex("B0B1B2B3B4B5B6B7"));

        Assert.False(channel.Accept(new byte[16], Hex("A0A1A2A3A4A5A6A7"), Hex("FDE5D2F428EC16312471EA3C02BD7796")));
        Assert.False(channel.Established);
    }

    [Theory]
    [InlineData(0, "53010800 04 60 BA00")]
    [InlineData(1, "53010800 05 60 8B33")]
    public void Poll(byte sequence, string frame) => Assert.Equal(Convert.ToHexString(Hex(frame)), Write(sequence, Request.Poll));

    [Fact]
    public void Identify_and_capabilities()
    {
        Assert.Equal("53010900076100307A", Write(3, Request.Identify));
        Assert.Equal("530109000562000341", Write(1, Request.Capabilities));
    }

    [Fact]
    public void Status_requests()
    {
        Assert.Equal("5301080006645C26", Write(2, Request.LocalStatus));
        Assert.Equal("5301080007654C05", Write(3, Request.InputStatus));
        Assert.Equal("5301080005664D53", Write(1, Request.OutputStatus));
        Assert.Equal("5301080006673F16", Write(2, Request.ReaderStatus));
    }

    [Fact]
    public void Output_on_for_five_seconds() =>
        Assert.Equal("53010C000768000532009972", Write(3, new OutputCommand(new OutputRecord(0, OutputCode.TimedOn, 50))));

    [Fact]
    public void Communication_settings_as_in_annex_e() =>
        Assert.Equal("537F0D00046E00802500006E38", Write(0, new ComSetCommand(0, 9600), address: 0x7F));

    [Fact]
    public void A_new_key_carries_kind_length_and_key()
    {
        var data = new byte[OsdpCommand.LargestData];

        Assert.Equal(18, new KeySetCommand(Hex("000102030405060708090A0B0C0D0E0F")).Write(data));
        Assert.Equal("0110000102030405060708090A0B0C0D0E0F", Convert.ToHexString(data.AsSpan(0, 18)));
    }

    [Fact]
    public void A_text_is_cut_to_what_a_small_frame_holds()
    {
        var data = new byte[OsdpCommand.LargestData];

        var length = new TextCommand(new(new string('ä', 300), TimeSpan.FromSeconds(5))).Write(data);

        Assert.Equal(OsdpCommand.LargestData, length);
        Assert.Equal([0, 4, 5, 1, 1, 90], data[..6]);
        Assert.Equal(new string('ä', 90), Encoding.Latin1.GetString(data.AsSpan(6, 90)));
    }

    [Fact]
    public void A_reply_with_checksum_and_mark_is_found()
    {
        var assembler = new FrameAssembler();
        byte[] ack = [0x53, 0xE5, 0x07, 0x00, 0x00, 0x40];
        byte[] bytes = [0xFF, .. ack, Crc16.Checksum(ack)];
        bytes.CopyTo(assembler.Room());
        assembler.Filled(bytes.Length);

        Assert.Equal(Assembled.Frame, assembler.Take(out var frame));
        Assert.Equal((0x65, (byte)ReplyId.Ack), (frame.Address, frame.Id));
    }

    [Fact]
    public void A_nak_with_mark_and_crc_is_read()
    {
        var frame = Capture.Parse(Hex("53E509000541010E8F"));

        Assert.Equal(NakReason.CheckCharacter, NakReply.Read(frame.Body));
    }

    private static string Write(byte sequence, OsdpCommand command, byte address = 1)
    {
        var frame = new byte[256];
        return Convert.ToHexString(frame.AsSpan(0, CommandFrame.Write(frame, address, sequence, command, channel: null)));
    }

    private static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
