using System.Text;
using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2.Tests.Wire;

public sealed class EncodingTests
{
    [Theory]
    [InlineData(TextEncoding.Utf8, "C3A4C3B6C3A5C384C396C385")]
    [InlineData(TextEncoding.Latin1, "E4F6E5C4D6C5")]
    [InlineData(TextEncoding.Windows1252, "E4F6E5C4D6C5")]
    [InlineData(TextEncoding.Cp850, "8494868E998F")]
    [InlineData(TextEncoding.Ascii, "616F61414F41")]
    public void Letters_of_Finnish_and_Swedish_are_written_as_the_device_wants_them(TextEncoding encoding, string hex)
    {
        var written = Encoding.Latin1.GetBytes(Lines.Write(new EndSessionRequest { Institution = "äöåÄÖÅ" }, encoding));
        Assert.Contains(hex, Convert.ToHexString(written), StringComparison.Ordinal);
        if (encoding != TextEncoding.Ascii)
            Assert.Equal("äöåÄÖÅ", Assert.IsType<EndSessionRequest>(Lines.Read(written, encoding)).Institution);
    }

    [Theory]
    [InlineData(TextEncoding.Ascii, "Čáhppe Ŋiŋa, Šárá Ŧuŋ – “Ærø” 5 €…", "Cahppe Nina, Sara Tun - \"AEro\" 5 EUR...")]
    [InlineData(TextEncoding.Latin1, "Čáhppe – Šárá", "C\u00E1hppe - S\u00E1r\u00E1")]
    [InlineData(TextEncoding.Cp850, "Łódź Škoda", "L\u00A2dz Skoda")]
    [InlineData(TextEncoding.Latin1, "Пётр 😀", "???? ?")]
    [InlineData(TextEncoding.Ascii, "A\u030Ake e\u0301", "Ake e")]
    public void Letters_that_an_encoding_lacks_lose_their_marks(TextEncoding encoding, string text, string written)
    {
        var line = Lines.Write(new EndSessionRequest { Institution = text }, encoding);
        Assert.Equal(written, line[(line.IndexOf("AO", StringComparison.Ordinal) + 2)..line.IndexOf('|', StringComparison.Ordinal)]);
    }

    [Fact]
    public void The_table_of_letters_has_a_word_for_each()
    {
        for (var letter = '\u00A0'; letter < '\u0180'; letter++)
            Assert.InRange(LetterFolding.Of(letter).Length, 1, LetterFolding.Longest);
        Assert.Equal("y", LetterFolding.Of('ÿ'));
        Assert.Equal("s", LetterFolding.Of('\u017F'));
        Assert.Equal("z", LetterFolding.Of('ž'));
        Assert.Equal("...", LetterFolding.Of('…'));
        Assert.Equal("?", LetterFolding.Of('Ж'));
    }

    [Theory]
    [InlineData(TextEncoding.Utf8, "AO\u00E4x|")]
    [InlineData(TextEncoding.Ascii, "AO\u00E4x|")]
    public void Bytes_that_mean_nothing_read_as_a_replacement(TextEncoding encoding, string field) =>
        Assert.Equal("\uFFFDx", Lines.Read<EndSessionRequest>("35" + new string(' ', 18) + field, encoding).Institution);

    [Fact]
    public void A_value_holds_no_delimiter_and_no_control_character() =>
        Assert.Equal("35                  AOa b c d e f|AA|", Lines.Write(new EndSessionRequest { Institution = "a|b\rc\nd\0e\u007Ff" }));

    [Fact]
    public void A_long_value_is_cut_and_a_long_text_goes_on_in_another_field()
    {
        var word = new string('x', 9) + " ";
        var message = new EndSessionResponse
        {
            Institution = new string('å', 300),
            ScreenMessages = [string.Concat(Enumerable.Repeat(word, 30))],
            PrintLines = [new string('y', 254) + "😀z"],
        };
        var read = Lines.Read<EndSessionResponse>(Lines.Write(message));
        Assert.Equal(new string('å', 255), read.Institution);
        Assert.Equal([string.Concat(Enumerable.Repeat(word, 25)), string.Concat(Enumerable.Repeat(word, 5))], read.ScreenMessages);
        Assert.Equal([new string('y', 254), "😀z"], read.PrintLines);
    }
}
