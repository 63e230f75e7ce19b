using System.Text;
using KioskLink.Devices.Readers;
using KioskLink.Devices.Readers.HostCommands;
using KioskLink.Devices.Readers.Lines;

namespace KioskLink.Devices.Tests.Readers;

/// <summary>Readings byte by byte, as the makers' papers have them: what is a card, and what is none.</summary>
public sealed class LineFormTests
{
    [Theory]
    [InlineData(LineForm.Hex, "0458A2B26E4F80", "0458A2B26E4F80")]
    [InlineData(LineForm.Hex, "04,58:a2-b2 6e4f80", "0458A2B26E4F80")]
    [InlineData(LineForm.Hex, "0458A2B26E4F8", null)]
    [InlineData(LineForm.Hex, "0458A2B26E4FG0", null)]
    [InlineData(LineForm.Hex, "0,4", null)]
    [InlineData(LineForm.Rdm6300, "0A001234567A", "0A00123456")]
    [InlineData(LineForm.Rdm6300, "0A001234567B", null)]
    [InlineData(LineForm.Rdm6300, "0A0012347A", null)]
    [InlineData(LineForm.Rdm6300, "0A001234560000", null)]
    [InlineData(LineForm.Twn3Bits, "20808001C0", "808001C0")]
    [InlineData(LineForm.Twn3Bits, "1A808001", null)]
    [InlineData(LineForm.Twn3Bits, "1A808001C000", null)]
    [InlineData(LineForm.Twn3Bits, "00", null)]
    [InlineData(LineForm.Twn3IndiTag, ":112233445501", "1122334455")]
    [InlineData(LineForm.Twn3IndiTag, ":112233445502", null)]
    [InlineData(LineForm.Twn3IndiTag, "112233445501", null)]
    [InlineData(LineForm.Twn3IndiTag, ":00", null)]
    [InlineData(LineForm.FacilityHex, "125678", "01822136")]
    [InlineData(LineForm.FacilityHex, "12567", null)]
    [InlineData(LineForm.FacilityHex, "1256780", null)]
    [InlineData(LineForm.Decimal10, "0001201784", "0001201784")]
    [InlineData(LineForm.Decimal10, "4294967295", "4294967295")]
    [InlineData(LineForm.Decimal10, "4294967296", null)]
    [InlineData(LineForm.Decimal10, "001201784", null)]
    [InlineData(LineForm.Decimal10, "000120178A", null)]
    public void A_form_gives_the_card_or_an_unreadable_one(LineForm form, string line, string? number) =>
        Assert.Equal(number, Read(line, new LineSettings { Form = form }).Number);

    [Fact]
    public void A_counted_number_of_bits_is_a_card_of_access_control() =>
        Assert.Equal("00100003", LineCards.Read("1A808001C0"u8, new LineSettings { Form = LineForm.Twn3Bits }, new CardMapping(CardEncoding.Wiegand26))!.Number);

    [Theory]
    [InlineData("", "", "", "]E09781234567897", "9781234567897")]
    [InlineData("", "", "ACF", "]A0*24400000000012*", "24400000000012")]
    [InlineData("", "", "ACF", "]F0A24400000000012B", "24400000000012")]
    [InlineData("", "", "ACF", "]E09781234567897", null)]
    [InlineData("", "", "ACF", "24400000000012", null)]
    [InlineData("", "", "Q", "]Q124400000000012", "24400000000012")]
    [InlineData("", "ab", "", "a24400000000012", "24400000000012")]
    [InlineData("", "ab", "", "c24400000000012", null)]
    [InlineData("", "ab", "", "24400000000012", null)]
    [InlineData("$LIB", "", "", "$LIB24400000000012", "24400000000012")]
    [InlineData("$LIB", "", "", "24400000000012", null)]
    [InlineData("$", "b", "C", "$b]C024400000000012", "24400000000012")]
    [InlineData("", "", "", "]C1\u001D24400000000012", null)]
    public void What_stands_before_a_code_is_taken_off_and_what_has_to_is_asked_for(string prefix, string letters, string kinds, string line, string? number) =>
        Assert.Equal(number, Read(line, new LineSettings { Prefix = prefix, Letters = letters, Kinds = kinds }).Number);

    [Theory]
    [InlineData(LineEnd.Any, "one\rtwo\r\nthree", "one two", "three")]
    [InlineData(LineEnd.Cr, "one\r\ntwo\rthree", "one two", "three")]
    [InlineData(LineEnd.Lf, "one\r\ntwo\nthree\r", "one two", "three")]
    [InlineData(LineEnd.Tab, "one\ttwo\tthree", "one two", "three")]
    [InlineData(LineEnd.Etx, "x\u0002one\u0003y\u0002two\r\n\u0003z\u0003\u0002three", "one two", "three")]
    [InlineData(LineEnd.Pause, "one\r\ntwo", "", "one\r\ntwo")]
    public void A_reading_ends_where_the_settings_say(LineEnd end, string bytes, string whole, string begun)
    {
        var assembler = new LineAssembler(end);
        var all = Encoding.ASCII.GetBytes(bytes);
        var lines = new List<string>();
        for (var at = 0; at < all.Length;)
        {
            at += assembler.Take(all.AsSpan(at), out var line);
            if (Encoding.ASCII.GetString(line).Trim() is { Length: > 0 } text)
                lines.Add(text);
        }

        Assert.Equal(whole, string.Join(' ', lines));
        Assert.Equal(begun, Encoding.ASCII.GetString(assembler.Finish()).Trim().TrimStart('\u0002'));
    }

    [Theory]
    [InlineData("1", "1")]
    [InlineData("12*#", "12*#")]
    [InlineData("AB", "*#")]
    [InlineData("C", null)]
    [InlineData("12345", null)]
    [InlineData("", null)]
    public void Characters_without_an_end_are_keys_or_nothing(string characters, string? keys) =>
        Assert.Equal(keys, Decimal10Line.KeysOf(Encoding.ASCII.GetBytes(characters)) is { } pressed ? new string(pressed.Keys) : null);

    [Theory]
    [InlineData(HostCommandSet.None, "", "")]
    [InlineData(HostCommandSet.Datalogic, "45", "44")]
    [InlineData(HostCommandSet.CipherLab, "45", "44")]
    [InlineData(HostCommandSet.Honeywell, "16540D", "16550D")]
    public void Host_commands_go_out_byte_by_byte(HostCommandSet commands, string on, string off)
    {
        Assert.Equal(on, Convert.ToHexString(EnableScanner.Bytes(commands)));
        Assert.Equal(off, Convert.ToHexString(DisableScanner.Bytes(commands)));
    }

    [Fact]
    public void The_same_reading_is_told_once_while_it_goes_on()
    {
        var again = new SameAgain(TimeSpan.FromSeconds(1.5));
        var (one, other) = (new CardScan("1", 1, "characters"), new CardScan("2", 1, "characters"));

        Assert.True(again.IsNew(one, TimeSpan.FromSeconds(0)));
        Assert.False(again.IsNew(one, TimeSpan.FromSeconds(1.4)));
        Assert.False(again.IsNew(one, TimeSpan.FromSeconds(2.8)));
        Assert.True(again.IsNew(other, TimeSpan.FromSeconds(2.9)));
        Assert.True(again.IsNew(one, TimeSpan.FromSeconds(3)));
        Assert.True(again.IsNew(one, TimeSpan.FromSeconds(4.5)));
        again.Forget();
        Assert.True(again.IsNew(one, TimeSpan.FromSeconds(4.6)));
    }

    private static CardScan Read(string line, LineSettings settings) => LineCards.Read(Encoding.Latin1.GetBytes(line), settings, cards: null)!;
}
