using System.Text;
using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2.Tests.Wire;

public sealed class ChecksumTests
{
    [Theory]
    [InlineData("9900802.00AY1AZFCA0")]
    [InlineData("9300CNkiosk1|COs3cret|CPHALL|AY0AZF4DE")]
    [InlineData("941AY1AZFDFC")]
    [InlineData("9900302.00AY2AZFCA4")]
    [InlineData("9300CNOV|COOV|CPWES|AY1AZF86B")]
    [InlineData("2300120250522    154913AO|AA0310000000253|AC|AD0213|AY0AZF30D")]
    [InlineData("9900302.0E|AY1AZFC14")]
    [InlineData("97AZFEF5")]
    [InlineData("96AZFEF6")]
    [InlineData("97azfef5", false)]
    [InlineData("9900802.00AY1AZfca0")]
    [InlineData("9900802.00AY1AZFCA1", false)]
    [InlineData("9900902.00AY1AZFCA0", false)]
    public void Checks_of_the_wire_fit_as_they_should(string line, bool right = true)
    {
        Frame.Read(Encoding.ASCII.GetBytes(line), new WireLimits(), out var frame);
        Assert.Equal(right, frame.Check == FrameCheck.Right);
    }

    [Theory]
    [InlineData("AY1AZ1234")]
    [InlineData("20000000000014AY9AZFFFF")]
    public void A_value_that_ends_as_check_digits_do_is_none_where_there_is_no_error_detection(string patron)
    {
        var line = MessageWriter.Write(new EndSessionResponse { Institution = "KIRJ", Patron = patron }, new WireStyle(TextEncoding.Utf8), [], withCheck: false).AsSpan()[..^1];

        Assert.Equal(FrameProblem.None, Frame.Read(line, new WireLimits(), out var frame));
        Assert.Equal(FrameCheck.Absent, frame.Check);
        Assert.Equal(patron, Assert.IsType<EndSessionResponse>(MessageCodec.ReadResponse(frame, TextEncoding.Utf8)).Patron);
    }

    [Fact]
    public void Checks_without_leading_zeros_fit()
    {
        // Bytes whose sum is over 61440 modulo 65536: the number has three digits.
        var body = Encoding.ASCII.GetBytes("64" + new string('z', 503) + "|AY1AZ");
        var number = Checksum.Of(body);
        Assert.InRange(number, 0x100, 0xFFF);
        byte[] line = [.. body, .. Encoding.ASCII.GetBytes(number.ToString("X", System.Globalization.CultureInfo.InvariantCulture))];
        Frame.Read(line, new WireLimits(), out var frame);
        Assert.Equal(FrameCheck.Right, frame.Check);
    }

    [Theory]
    [InlineData(TextEncoding.Utf8, "E7CC")]
    [InlineData(TextEncoding.Latin1, "E8D2")]
    [InlineData(TextEncoding.Windows1252, "E8D2")]
    [InlineData(TextEncoding.Cp850, "E968")]
    public void Checks_are_of_the_bytes_that_are_sent(TextEncoding encoding, string check)
    {
        var message = new PatronInformationResponse
        {
            Language = Language.Finnish,
            At = WireTime.Local(new DateTime(2026, 11, 21, 12, 0, 0)),
            HoldCount = 0,
            OverdueCount = 0,
            ChargedCount = 0,
            FineCount = 0,
            RecallCount = 0,
            UnavailableHoldCount = 0,
            Institution = "KIRJ",
            Patron = "AA100"[2..],
            Name = "Mäki Åke",
            ValidPatron = true,
            ValidPin = true,
        };
        var line = Encoding.Latin1.GetString(MessageWriter.Write(message, new WireStyle(encoding), "3"u8, withCheck: true));
        Assert.Equal($"AY3AZ{check}\r", line[^10..]);
    }

    [Fact]
    public void A_sequence_number_of_any_length_comes_back_as_it_stands()
    {
        Frame.Read("9900802.00AY10AZFC70"u8, new WireLimits(), out var frame);
        Assert.Equal("10", Encoding.ASCII.GetString(frame.Sequence));
        Assert.Equal(FrameCheck.Right, frame.Check);
    }

    [Theory]
    [InlineData("3520261121    233000AOKIRJ|AA12345|", FrameCheck.Absent)]
    [InlineData("3520261121    233000AOKIRJ|AZ1234", FrameCheck.Absent)]
    [InlineData("3520261121    233000AOKIRJ|AA12345AY2AZF6C1", FrameCheck.Wrong)]
    [InlineData("3520261121    233000AOKIRJ|AA12345|AY2AZF6C1 ", FrameCheck.Right)]
    [InlineData("3520261121    233000AOKIRJ|AA12345|AY2AZF6C1|", FrameCheck.Right)]
    [InlineData("AY0AZF000", FrameCheck.Absent)]
    public void A_tail_is_found_only_where_one_is(string line, object check)
    {
        Frame.Read(Encoding.ASCII.GetBytes(line), new WireLimits(), out var frame);
        Assert.Equal((FrameCheck)check, frame.Check);
    }
}
