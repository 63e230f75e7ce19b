using System.Text;
using KioskLink.Devices.Readers;

namespace KioskLink.Devices.Tests.Readers;

/// <summary>Lines, identifiers and bits without a port.</summary>
public sealed class LineTests
{
    [Theory]
    [InlineData("]E09781234567897", "9781234567897")]
    [InlineData("]F0A21234000123455B", "21234000123455")]
    [InlineData("]A0*LIB00123*", "LIB00123")]
    [InlineData("24400000000012", "24400000000012")]
    [InlineData("A21234000123455B", "A21234000123455B")]
    public void An_identifier_and_what_belongs_to_its_kind_of_code_goes(string line, string code) =>
        Assert.Equal(code, Encoding.ASCII.GetString(Symbology.Strip(Encoding.ASCII.GetBytes(line))));

    [Theory]
    [InlineData("one\rtwo\r")]
    [InlineData("one\r\n\r\ntwo\n")]
    [InlineData("\n\none\n\rtwo\r\n")]
    public void Lines_end_at_any_of_the_line_ends_and_empty_ones_are_dropped(string bytes) => Assert.Equal(["one", "two"], Lines(bytes));

    [Fact]
    public void A_line_without_end_is_dropped_whole_and_the_next_is_read() =>
        Assert.Equal(["two"], Lines(new string('x', LineAssembler.Longest + 1) + "\rtwo\r"));

    [Theory]
    [InlineData(CardEncoding.Bcd, "24400000000012", 56, "24400000000012")]
    [InlineData(CardEncoding.Bcd, "1230", 12, null)]
    [InlineData(CardEncoding.Bcd, "12340", 20, "12340")]
    [InlineData(CardEncoding.Bcd, "A1B2C340", 26, null)]
    [InlineData(CardEncoding.Ascii, "323434303030", 48, "244000")]
    [InlineData(CardEncoding.Hex, "E004010012345678", 64, "E004010012345678")]
    [InlineData(CardEncoding.Wiegand26, "0915 9E40", 26, null)]
    public void Bits_spell_a_number_as_the_profile_says(CardEncoding encoding, string bits, int count, string? number)
    {
        var hex = bits.Replace(" ", "", StringComparison.Ordinal);
        Assert.Equal(number, new CardMapping(encoding).Read(Convert.FromHexString(hex.Length % 2 == 0 ? hex : hex + "0"), count).Number);
    }

    [Fact]
    public void Wiegand_26_is_facility_and_number()
    {
        // Facility 18, card 22136: 0 00010010 0101011001111000 1, left-justified.
        var bits = Convert.FromHexString("092B3C40");

        Assert.Equal("01822136", new CardMapping(CardEncoding.Wiegand26).Read(bits, 26).Number);
    }

    private static List<string> Lines(string bytes)
    {
        var assembler = new LineAssembler();
        var all = Encoding.ASCII.GetBytes(bytes);
        var lines = new List<string>();
        for (var at = 0; at < all.Length;)
        {
            at += assembler.Take(all.AsSpan(at), out var line);
            if (line.Length > 0)
                lines.Add(Encoding.ASCII.GetString(line));
        }
        return lines;
    }
}
