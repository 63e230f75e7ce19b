using System.Text;
using KioskLink.Devices.Readers;

namespace KioskLink.Devices.Tests.Readers;

/// <summary>Lines and identifiers without a port.</summary>
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
