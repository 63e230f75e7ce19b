using KioskLink.Register.Console.Qr;
using ZXing;
using ZXing.Common;
using ZXing.QrCode.Internal;

namespace KioskLink.Register.Tests.Console;

/// <summary>QR codes, read by somebody else's reader.</summary>
public sealed class QrCodeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(62)]
    [InlineData(106)]
    [InlineData(122)]
    [InlineData(180)]
    [InlineData(181)]
    [InlineData(330)]
    [InlineData(666)]
    public void A_reader_reads_what_was_written_in_every_size(int length)
    {
        var text = string.Concat(Enumerable.Range(0, length).Select(at => (char)('A' + (at * 7 % 26))));
        Assert.Equal(text, Read(QrCode.Of(text)));
    }

    [Fact]
    public void An_apps_address_with_letters_beyond_ascii_is_read()
    {
        const string Address = "otpauth://totp/Lastu-kirjastot:mäkinen?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Lastu&algorithm=SHA1&digits=6&period=30";
        Assert.Equal(Address, Read(QrCode.Of(Address)));
    }

    [Fact]
    public void A_text_that_no_code_holds_is_refused() => Assert.Throws<ArgumentException>(() => QrCode.Of(new string('x', 667)));

    // The reader's inner part: it takes the modules as they are and corrects no error that is not there.
    private static string Read(QrCode code)
    {
        var bits = new BitMatrix(code.Size);
        for (var y = 0; y < code.Size; y++)
        {
            for (var x = 0; x < code.Size; x++) bits[x, y] = code[x, y];
        }

        var hints = new Dictionary<DecodeHintType, object> { [DecodeHintType.CHARACTER_SET] = "UTF-8" };
        return new Decoder().decode(bits, hints)?.Text ?? "not read";
    }
}
