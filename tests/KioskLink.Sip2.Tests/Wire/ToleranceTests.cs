using System.Buffers;
using System.Text;
using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2.Tests.Wire;

/// <summary>What devices and library systems write that SIP2 does not say.</summary>
public sealed class ToleranceTests
{
    private const string Time = "20261121    233000";

    [Theory]
    [InlineData("a\rb\r", "a b")]
    [InlineData("a\r\nb\r\n", "a b")]
    [InlineData("a\nb\n", "a b")]
    [InlineData("a\n\r\n\rb\n\r", "a b")]
    [InlineData("\r\n\r\n", "")]
    [InlineData("a\rb", "a")]
    public void Messages_end_with_CR_or_LF_or_both(string stream, string lines)
    {
        var buffer = new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(stream));
        var found = new List<string>();
        while (MessageLines.TryTake(ref buffer, out var line))
            found.Add(Encoding.ASCII.GetString(line));
        Assert.Equal(lines, string.Join(' ', found));
    }

    [Theory]
    [InlineData("\n9900802.00AY1AZFCA0")]
    [InlineData(" \0\u00EF\u00BB\u00BF9900802.00AY1AZFCA0")]
    [InlineData("\u00FF\u00FB\u00019900802.00AY1AZFCA0")]
    public void Junk_in_front_of_a_command_is_skipped(string line)
    {
        Assert.Equal(FrameProblem.None, Frame.Read(Encoding.Latin1.GetBytes(line), new WireLimits(), out var frame));
        Assert.Equal((MessageCode.ScStatus, FrameCheck.Right), (frame.Code, frame.Check));
    }

    [Fact]
    public void The_last_field_need_not_end_with_a_delimiter()
    {
        Assert.Equal("12345", Lines.Read<EndSessionRequest>($"35{Time}AOKIRJ|AA12345").Patron);
        Assert.Equal("12345", Lines.Read<EndSessionRequest>($"35{Time}AOKIRJ|AA12345AY2AZ0000").Patron);
    }

    [Fact]
    public void A_stray_delimiter_is_skipped()
    {
        Assert.Equal("2.00", Lines.Read<ScStatusRequest>("9900802.00|AY2AZFC24").ProtocolVersion);
        Assert.Equal("12345", Lines.Read<EndSessionRequest>($"35{Time}||AOKIRJ||AA12345||").Patron);
    }

    [Fact]
    public void Surplus_characters_behind_the_fixed_part_are_skipped()
    {
        var read = Lines.Read<ItemInformationRequest>($"17001{Time}AOKIRJ|ABITEM1|");
        Assert.Equal(("KIRJ", "ITEM1"), (read.Institution, read.Item));
    }

    [Theory]
    [InlineData("65")]
    [InlineData("35")]
    [InlineData("25")]
    public void A_time_may_be_left_out(string code)
    {
        var message = Lines.Read(Encoding.ASCII.GetBytes($"{code}AOKIRJ|AA12345|AD1234|"))!;
        Assert.Contains("AOKIRJ|AA12345|", Lines.Write(message), StringComparison.Ordinal);
        Assert.StartsWith(code + new string(' ', 18), Lines.Write(message), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("990 802.00", 80)]
    [InlineData("9900802.00", 80)]
    [InlineData("990   2.00", null)]
    public void A_print_width_may_be_padded_with_blanks(string line, int? width) => Assert.Equal(width, Lines.Read<ScStatusRequest>(line).PrintWidth);

    [Fact]
    public void A_payment_answered_with_the_time_first_is_read()
    {
        var read = Lines.Read<FeePaidResponse>($"38{Time}YAOKIRJ|AA12345|");
        Assert.Equal((true, Time, "KIRJ"), (read.Accepted, read.At.ToString(), read.Institution));
    }

    [Fact]
    public void Twelve_says_nothing_of_a_right_PIN_where_it_is_silent()
    {
        Assert.Null(Lines.Read<PatronInformationResponse>("64" + new string(' ', 14) + "000" + Time + new string('0', 24) + "AOKIRJ|AA1|AE|BLY|").ValidPin);
        Assert.Null(Lines.Read<PatronStatusResponse>("24" + new string(' ', 14) + "000" + Time + "AOKIRJ|AA1|AE|BLY|CQ |").ValidPin);
    }

    [Theory]
    [InlineData("BXYY|", SupportedMessages.PatronStatus | SupportedMessages.Checkout)]
    [InlineData("BXNNNNNNNNNNNNNNNYY    ", SupportedMessages.RenewAll)]
    [InlineData("BX|", SupportedMessages.None)]
    public void Lists_of_supported_messages_may_be_longer_and_shorter(string field, object supported) =>
        Assert.Equal((SupportedMessages)supported, Lines.Read<AcsStatusResponse>($"98YYYYYN100003{Time}2.00AOKIRJ|{field}").Supported);

    [Theory]
    [InlineData("12.50", 12.50)]
    [InlineData("1,234.50", 1234.50)]
    [InlineData("12,50", 12.50)]
    [InlineData("1.234,50", 1234.50)]
    [InlineData("1,234", 1234.0)]
    [InlineData("€ 3.00", 3.00)]
    [InlineData("EUR 3", 3.0)]
    [InlineData("-2.5", -2.5)]
    [InlineData("1 000", 1000.0)]
    [InlineData("", null)]
    [InlineData("free", null)]
    [InlineData("1e9", 19.0)]
    public void Amounts_are_read_as_people_write_them(string text, double? amount) =>
        Assert.Equal((decimal?)amount, Lines.Read<FeePaidRequest>($"37{Time}0400EURBV{text}|AOKIRJ|AA1|").Amount);

    [Fact]
    public void Numbers_too_large_for_their_place_are_written_as_the_largest() =>
        Assert.Contains("9999", Lines.Write(new RenewAllResponse { RenewedCount = 12_345 }), StringComparison.Ordinal);

    [Theory]
    [InlineData("20261121    233000", "2026-11-21T21:30:00Z")]
    [InlineData("20261121   Z233000", "2026-11-21T23:30:00Z")]
    [InlineData("20261121   B233000", "2026-11-21T21:30:00Z")]
    [InlineData("20261121   Q233000", "2026-11-22T03:30:00Z")]
    [InlineData("20261121   K233000", "2026-11-21T13:30:00Z")]
    [InlineData("20261121   M233000", "2026-11-21T11:30:00Z")]
    [InlineData("20261121   Y233000", "2026-11-22T11:30:00Z")]
    [InlineData("20261131    233000", null)]
    [InlineData("                  ", null)]
    [InlineData("000000000000000000", null)]
    [InlineData("00010101   M000000", null)]
    public void Times_have_zones_of_letters(string text, string? instant)
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("winter", TimeSpan.FromHours(2), null, null);
        var isTime = WireTime.Read(Encoding.ASCII.GetBytes(text)).TryGet(zone, out var time);
        Assert.Equal(instant, isTime ? time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture) : null);
    }

    [Theory]
    [InlineData("63007", Language.Finnish)]
    [InlineData("63006", Language.Swedish)]
    [InlineData("63099", Language.Unknown)]
    [InlineData("63xyz", Language.Unknown)]
    public void A_language_without_a_number_is_unknown(string start, object language) =>
        Assert.Equal((Language)language, Lines.Read<PatronInformationRequest>($"{start}{Time}          AOKIRJ|AA1|").Language);

    [Theory]
    [InlineData("  Y       ", PatronList.Charged)]
    [InlineData("  YY      ", PatronList.Charged)]
    [InlineData("      Y   ", PatronList.ExtendedFees)]
    [InlineData("NNNNNNNNNN", PatronList.None)]
    public void The_first_Y_says_which_list_is_asked_for(string summary, object list) =>
        Assert.Equal((PatronList)list, Lines.Read<PatronInformationRequest>($"63007{Time}{summary}AOKIRJ|AA1|BP00001|").Summary);

    [Fact]
    public void What_is_too_large_is_refused_by_name()
    {
        var limits = new WireLimits { MessageBytes = 1000, Fields = 20, FieldBytes = 300 };
        Assert.Equal(FrameProblem.TooLong, Frame.Read(new byte[1001], limits, out _));
        Assert.Equal(FrameProblem.TooManyFields, Frame.Read(Encoding.ASCII.GetBytes("35" + new string('|', 21)), limits, out _));
        Assert.Equal(FrameProblem.FieldTooLong, Frame.Read(Encoding.ASCII.GetBytes("35AA" + new string('x', 400)), limits, out _));
        Assert.Equal(FrameProblem.NoCommand, Frame.Read("GET / HTTP/1.1"u8, limits, out _));
        Assert.Equal(FrameProblem.Empty, Frame.Read("  "u8, limits, out _));
        Assert.NotNull(new WireLimits { Fields = 1 }.Problem);
        Assert.Null(new WireLimits().Problem);
    }

    [Fact]
    public void Fields_of_vendors_are_kept_with_their_names()
    {
        var read = Lines.Read<PatronInformationResponse>($"64{new string(' ', 14)}007{Time}{new string('0', 24)}AOKIRJ|AA1|AEx|PA0|zz9|PB19800101|PA1|");
        Assert.Equal(["PA=0", "PB=19800101", "PA=1"], read.Extra.Select(field => $"{field.Id}={field.Value}"));
    }
}
