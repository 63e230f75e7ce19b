using KioskLink.Devices.Osdp;
using KioskLink.Devices.Osdp.Commands;
using KioskLink.Devices.Osdp.Replies;

namespace KioskLink.Devices.Tests.Codec;

/// <summary>The seldom commands and replies of SIA OSDP 2.2, byte for byte; check fields computed by another program.</summary>
public sealed class MessageTests
{
    [Fact]
    public void Identify_in_words() => Assert.Equal("53010900066101215D", Write(Request.ExtendedIdentify));

    [Fact]
    public void A_template_is_asked_for() => Assert.Equal("53010C00067300010203AA36", Write(new BiometricReadCommand(0, 1, 2, 3)));

    [Fact]
    public void A_template_is_compared() =>
        Assert.Equal("530112000674000102030400DEADBEEF1703", Write(new BiometricMatchCommand(0, 1, 2, 3, Convert.FromHexString("DEADBEEF"))));

    [Fact]
    public void The_panels_receive_size_is_the_largest_frame() => Assert.Equal("53010A00067BA005F09E", Write(ReceiveSizeCommand.Ours));

    [Fact]
    public void A_fragment_of_a_file() =>
        Assert.Equal("53011700067C012C010000640000000400010203041495", Write(new FileTransferCommand(1, 300, 100, new byte[] { 1, 2, 3, 4 })));

    [Fact]
    public void An_empty_fragment_at_the_end_of_a_file() =>
        Assert.Equal("53011300067C012C0100002C0100000000CD85", Write(new FileTransferCommand(1, 300, 300, default)));

    [Fact]
    public void A_makers_own_command() => Assert.Equal("53010F000680CAFE01010203045BD1", Write(new ManufacturerCommand(0xCAFE01, new byte[] { 1, 2, 3, 4 })));

    [Fact]
    public void Words_to_a_smart_card() => Assert.Equal("53010C0006A10101AABB7B81", Write(new TransparentCommand(1, 1, new byte[] { 0xAA, 0xBB })));

    [Fact]
    public void An_end_to_what_the_device_does() => Assert.Equal("5301080006A2D69F", Write(Request.Abort));

    [Fact]
    public void An_object_on_a_card() => Assert.Equal("53010E0006A35FC1070100015C60", Write(new PivDataCommand(0x5FC107, 1, 256)));

    [Fact]
    public void What_a_card_is_to_sign_in_one_part() =>
        Assert.Equal("5301110006A40300000003001122337538", Write(MultiPartCommand.Cut(CommandId.GeneralAuthenticate, new byte[] { 0x11, 0x22, 0x33 }, room: 9)[0]));

    [Fact]
    public void What_a_card_is_to_sign_in_two_parts()
    {
        var parts = MultiPartCommand.Cut(CommandId.ChallengeResponse, new byte[] { 0x11, 0x22, 0x33 }, room: 8);

        Assert.Equal(2, parts.Count);
        Assert.Equal("53010F0006A5030002000100339A7C", Write(parts[1]));
    }

    [Fact]
    public void A_card_is_kept_powered() => Assert.Equal("53010A0006A7E803A66A", Write(new KeepActiveCommand(TimeSpan.FromSeconds(1))));

    [Theory]
    [InlineData(128, false, 120)]
    [InlineData(128, true, 111)]
    [InlineData(1440, true, 1423)]
    public void A_frame_carries_so_much(int frameSize, bool secured, int data) => Assert.Equal(data, FrameRoom.Of(frameSize, secured));

    [Fact]
    public void What_fits_the_room_fits_the_frame_also_when_secured()
    {
        using var channel = new SecureChannel();
        channel.Begin(Convert.FromHexString("B0B1B2B3B4B5B6B7"));
        Assert.True(channel.Accept(SecureChannel.DefaultKey(), Convert.FromHexString("A0A1A2A3A4A5A6A7"), Convert.FromHexString("FDE5D2F428EC16312471EA3C02BD7796")));
        Assert.True(channel.Establish(Convert.FromHexString("B2A30057EB98BA2229EC1F875662B524")));
        var frame = new byte[FrameLayout.Largest];

        var length = CommandFrame.Write(frame, 1, 1, new ManufacturerCommand(1, new byte[FrameRoom.Of(FrameRoom.SmallestFrame, secured: true) - 3]), channel);

        Assert.InRange(length, FrameRoom.SmallestFrame - 15, FrameRoom.SmallestFrame);
    }

    [Fact]
    public void A_template_and_its_quality()
    {
        Assert.True(BiometricReadReply.TryRead([0, 1, 2, 99, 3, 0, 7, 8, 9], out var reply));
        Assert.Equal((0, 1, 2, 99), (reply.Reader, reply.Status, reply.Type, reply.Quality));
        Assert.Equal([7, 8, 9], reply.Template.ToArray());
        Assert.False(BiometricReadReply.TryRead([0, 1, 2, 99, 3, 0, 7, 8], out _));
    }

    [Fact]
    public void How_well_a_template_fits()
    {
        Assert.True(BiometricMatchReply.TryRead([1, 0, 200], out var reply));
        Assert.Equal(new BiometricMatchReply(1, 0, 200), reply);
        Assert.False(BiometricMatchReply.TryRead([1, 0], out _));
    }

    [Fact]
    public void What_a_device_says_of_a_file()
    {
        Assert.True(FileStatusReply.TryRead([5, 0xE8, 0x03, 0xFD, 0xFF, 0x80, 0x00], out var reply));
        Assert.Equal(new FileStatusReply(5, TimeSpan.FromSeconds(1), FileStatus.Malformed, 128), reply);
        Assert.Equal((true, false, true), (reply.MayInterleave, reply.LeaveSecureChannel, reply.PollWanted));
        Assert.False(FileStatusReply.TryRead([5, 0, 0, 0, 0, 0], out _));
    }

    [Fact]
    public void A_makers_own_reply()
    {
        Assert.True(ManufacturerReply.TryRead([0xCA, 0xFE, 0x01, 1, 2], out var reply));
        Assert.Equal(0xCAFE01, reply.Vendor);
        Assert.Equal([1, 2], reply.Content.ToArray());
        Assert.False(ManufacturerReply.TryRead([0xCA, 0xFE], out _));
    }

    [Fact]
    public void What_a_smart_card_answers()
    {
        Assert.True(TransparentReply.TryRead([1, 2, 0x90, 0x00], out var reply));
        Assert.Equal((1, 2), (reply.Mode, reply.Code));
        Assert.Equal([0x90, 0x00], reply.Content.ToArray());
        Assert.False(TransparentReply.TryRead([1], out _));
    }

    [Fact]
    public void Readers_behind_a_device() =>
        Assert.Equal([ReaderState.InOrder, ReaderState.NotConnected, ReaderState.Tampered], ((byte[])[0, 1, 2]).Select(ReaderStatusReply.StateOf));

    [Fact]
    public void A_device_in_words()
    {
        Assert.True(ExtendedIdReply.TryRead([0, 2, 0, 0x41, 0x42, 3, 1, 0, 0x31, 3, 1, 0, 0x32, 77, 1, 0, 0x30], out var details));
        Assert.Equal("AB", details.Manufacturer);
        Assert.Equal(["1", "2"], details.Firmware);
        Assert.False(ExtendedIdReply.TryRead([0, 3, 0, 0x41, 0x42], out _));
    }

    [Fact]
    public void Parts_in_order_make_a_whole()
    {
        var parts = new MultiPart();

        Assert.Equal(MultiPartState.Missing, parts.Take([3, 0, 0, 0, 2, 0, 0x11, 0x22]));
        Assert.Equal(MultiPartState.Whole, parts.Take([3, 0, 2, 0, 1, 0, 0x33]));
        Assert.Equal([0x11, 0x22, 0x33], parts.Bytes);
    }

    [Theory]
    [InlineData("0300 0100 0200 2233")]
    [InlineData("0400 0200 0100 33")]
    [InlineData("0300 0200 0200 3344")]
    [InlineData("0300 0200 0100")]
    [InlineData("0300 0200 0000")]
    [InlineData("FFFF 0000 0100 33")]
    public void A_part_that_does_not_belong_breaks_the_whole(string second)
    {
        var parts = new MultiPart();
        parts.Take([3, 0, 0, 0, 2, 0, 0x11, 0x22]);

        Assert.Equal(MultiPartState.Broken, parts.Take(Convert.FromHexString(second.Replace(" ", "", StringComparison.Ordinal))));
        Assert.Empty(parts.Bytes);
    }

    [Fact]
    public void A_first_part_begins_anew()
    {
        var parts = new MultiPart();
        parts.Take([9, 0, 0, 0, 1, 0, 0x77]);

        Assert.Equal(MultiPartState.Whole, parts.Take([1, 0, 0, 0, 1, 0, 0x11]));
        Assert.Equal([0x11], parts.Bytes);
    }

    [Fact]
    public void Reply_times_are_told_to_an_eighth()
    {
        var times = new ReplyTimes();
        for (var milliseconds = 1; milliseconds <= 100; milliseconds++)
            times.Add(TimeSpan.FromMilliseconds(milliseconds));

        var told = times.Percentiles();

        Assert.InRange(told.Median.TotalMilliseconds, 50, 50 * 1.13);
        Assert.InRange(told.P95.TotalMilliseconds, 95, 100);
        Assert.InRange(told.P99.TotalMilliseconds, 99, 100);
        Assert.Equal(TimeSpan.FromMilliseconds(100), told.Longest);
        Assert.Equal(default, new ReplyTimes().Percentiles());
    }

    private static string Write(OsdpCommand command)
    {
        var frame = new byte[256];
        return Convert.ToHexString(frame.AsSpan(0, CommandFrame.Write(frame, 1, 2, command, channel: null)));
    }
}
