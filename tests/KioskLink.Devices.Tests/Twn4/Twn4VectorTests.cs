using System.Text;
using KioskLink.Devices.Readers.Twn4;

namespace KioskLink.Devices.Tests.Twn4;

/// <summary>Requests and answers of the Simple Protocol byte by byte, as open clients of it have them.</summary>
public sealed class Twn4VectorTests
{
    private delegate int Writer(Span<byte> target);

    [Theory]
    [InlineData("123456789", 0x6F91)]
    [InlineData("\u0005\u0000\u0010", 0x100F)]
    public void The_check_field_has_its_catalogued_values(string bytes, int check) => Assert.Equal(check, Twn4Crc.Compute(Encoding.Latin1.GetBytes(bytes)));

    [Fact]
    public void Requests_go_out_byte_by_byte()
    {
        Assert.Equal("050010\r", Text(SearchTag.Write));
        Assert.Equal("0500100F10\r", Text(SearchTag.Write, check: true));
        Assert.Equal("000440\r", Text(GetVersion.Write));
        Assert.Equal("0502FFFFFFFFFFFFFFFF\r", Text(target => SetTagTypes.Write(target, lowFrequency: true)));
        Assert.Equal("050200000000FFFFFFFF\r", Text(target => SetTagTypes.Write(target, lowFrequency: false)));
        Assert.Equal("040764600964000000\r", Text(target => SoundBeep.Write(target, TimeSpan.FromMilliseconds(100), TimeSpan.Zero)));
        Assert.Equal("041007\r", Text(SwitchLeds.WriteInit));
        Assert.Equal("041101\r", Text(target => SwitchLeds.WriteOn(target, SwitchLeds.Red)));
        Assert.Equal("041207\r", Text(target => SwitchLeds.WriteOff(target, SwitchLeds.All)));
        Assert.Equal("0414020A00F401\r", Text(target => SwitchLeds.WriteBlink(target, SwitchLeds.Green, TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(500))));
        Assert.Equal("0D050304\r", Text(target => ReadBlock.Write(target, 3)));
    }

    [Theory]
    [InlineData("00018038070458A2B26E4F80", "80 56 0458A2B26E4F80")]
    [InlineData("0000", "00 0 ")]
    [InlineData("0001803807", null)]
    [InlineData("000180380704", null)]
    [InlineData("00018000070458A2B26E4F80", null)]
    [InlineData("00018039070458A2B26E4F80", null)]
    [InlineData("01", null)]
    [InlineData("0002", null)]
    [InlineData("00018038070458A2B26E4F8", null)]
    [InlineData("", null)]
    public void An_answer_to_a_search_is_a_card_or_none_or_broken(string line, string? tag)
    {
        Span<byte> answer = stackalloc byte[Twn4Frame.Longest];
        var read = Twn4Frame.Read(Encoding.ASCII.GetBytes(line), check: false, answer) is { } length && SearchTag.TryRead(answer[..length], out var found)
            ? $"{found.Type:X2} {found.Bits} {Convert.ToHexString(found.Id)}"
            : null;

        Assert.Equal(tag, read);
    }

    [Theory]
    [InlineData("0000", false, false)]
    [InlineData("0000F9A1", true, false)]
    public void A_check_field_is_asked_for_where_it_is_set(string line, bool check, bool taken)
    {
        Span<byte> answer = stackalloc byte[Twn4Frame.Longest];

        Assert.Equal(check ? taken : !taken, Twn4Frame.Read(Encoding.ASCII.GetBytes(line), check, answer) is not null);
    }

    [Theory]
    [InlineData("000C54574E342F434858312E3030", true)]
    [InlineData("000B54574E342F434858312E3030", false)]
    [InlineData("000454574E33", false)]
    [InlineData("0000", false)]
    public void Only_a_twn4_is_one(string line, bool isTwn4)
    {
        Span<byte> answer = stackalloc byte[Twn4Frame.Longest];
        var length = Twn4Frame.Read(Encoding.ASCII.GetBytes(line), check: false, answer)!.Value;

        Assert.Equal(isTwn4, GetVersion.IsTwn4(answer[..length]));
    }

    private static string Text(Writer writer, bool check = false)
    {
        Span<byte> request = stackalloc byte[Twn4Frame.Longest], text = stackalloc byte[Twn4Frame.LongestText];
        var length = writer(request);
        return Encoding.ASCII.GetString(text[..Twn4Frame.Write(request[..length], check, text)]);
    }
}
