using System.Text;
using KioskLink.Sip2.Transcript;

namespace KioskLink.Sip2.Tests.Wire;

public sealed class SecrecyTests
{
    private const string Checkout = "11YN20261121    233000                  AOKIRJ|AA2990012345|ABITEM1|ACterm|AD4711|BON|";

    [Fact]
    public void A_message_shows_its_name_alone() => Assert.Equal("Checkout", Lines.Read<CheckoutRequest>(Checkout).ToString());

    [Fact]
    public void A_secret_shows_nothing_and_can_be_wiped()
    {
        var request = Lines.Read<CheckoutRequest>(Checkout);
        Assert.Equal("4711", Encoding.UTF8.GetString(request.Pin!.Utf8));
        Assert.Equal("***", $"{request.Pin}");
        Assert.True(request.Pin.IsSame(Secret.From("4711")));
        request.Wipe();
        Assert.Equal("00000000", Convert.ToHexString(request.Pin.Utf8));
        Assert.Equal("00000000", Convert.ToHexString(request.TerminalPassword!.Utf8));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("   ", true)]
    [InlineData("0", false)]
    public void Blanks_are_no_secret(string typed, bool empty) => Assert.Equal(empty, Secret.From(typed).IsEmpty);

    [Fact]
    public void A_password_reads_the_same_in_every_encoding()
    {
        var message = new LoginRequest { UserId = "k", Password = Secret.From("pässwörd") };
        foreach (var encoding in new[] { TextEncoding.Utf8, TextEncoding.Latin1, TextEncoding.Windows1252, TextEncoding.Cp850 })
            Assert.True(Lines.Read<LoginRequest>(Lines.Write(message, encoding), encoding).Password!.IsSame(message.Password));
    }

    [Theory]
    [InlineData(Checkout, "11YN20261121    233000                  AOKIRJ|AA***|ABITEM1|AC***|AD***|BON|")]
    [InlineData("9300CNkiosk1|COs3cret|CPHALL|AY0AZF4DE", "9300CNkiosk1|CO***|CPHALL|AY0 (check right)")]
    [InlineData("6300720261121    233000          77AOKIRJ|AA1|AD12|34|ad99|", "6300720261121    233000          ***AOKIRJ|AA***|AD***|***|***|")]
    [InlineData("63AD1234", "63AD***|")]
    [InlineData("35AOKIRJ|AA1|AD1234", "35AOKIRJ|AA***|AD***|")]
    [InlineData("64              00720261121    233000000000000001000000000000AOKIRJ|AA1|AEVirtanen Ville|BLY|PB19800101|BDKatu 1|", "64              00720261121    233000000000000001000000000000AOKIRJ|AA***|AE***|BLY|PB***|BD***|")]
    [InlineData("AD1234 hello", "(13 bytes that are no message)")]
    [InlineData("42AD1234", "(9 bytes that are no message)")]
    public void A_transcript_shows_no_secret_no_card_and_no_name(string line, string shown) =>
        Assert.Equal(shown, new MaskedTranscript(CardMask.Hidden).Line(Encoding.ASCII.GetBytes(line + "\r"), TextEncoding.Utf8));

    [Fact]
    public void A_transcript_may_tell_cards_apart_without_telling_them()
    {
        var transcript = new MaskedTranscript(CardMask.SameWord);
        string Show(string card) => transcript.Line(Encoding.ASCII.GetBytes($"35{new string(' ', 18)}AO|AA{card}|"), TextEncoding.Utf8);
        Assert.Equal(Show("2990012345"), Show("2990012345"));
        Assert.NotEqual(Show("2990012345"), Show("2990012346"));
        Assert.DoesNotContain("2990012345", Show("2990012345"), StringComparison.Ordinal);
        Assert.NotEqual(Show("1"), new MaskedTranscript(CardMask.SameWord).Line("35                  AO|AA1|"u8, TextEncoding.Utf8));
    }

    [Fact]
    public void A_transcript_masks_every_secret_of_every_vector() => Assert.All(Lines.Vectors, vector =>
    {
        var shown = new MaskedTranscript(CardMask.Hidden).Line(Encoding.ASCII.GetBytes(vector.Line), TextEncoding.Utf8);
        Assert.DoesNotContain("12345", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("AD1234", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Virtanen", shown, StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("PA", true)]
    [InlineData("U1", true)]
    [InlineData("pa", false)]
    [InlineData("P", false)]
    [InlineData("AY", false)]
    [InlineData("P|", false)]
    public void A_field_of_a_vendor_has_a_name_that_can_stand_in_a_message(string id, bool can) => Assert.Equal(can, ExtraField.IsId(id));

    [Fact]
    public void An_extra_field_shows_its_name_alone() => Assert.Equal("PB", new ExtraField("PB", "19800101").ToString());

    [Fact]
    public void Values_of_a_time_are_compared_by_their_characters()
    {
        Assert.Equal(WireTime.None, default);
        Assert.True(WireTime.None == default(WireTime));
        Assert.True(WireTime.NotSupported != WireTime.None);
        Assert.Equal(new string('0', WireTime.Length), WireTime.NotSupported.ToString());
        Assert.False(WireTime.NotSupported.IsTime);
        Assert.True(WireTime.Local(new DateTime(2026, 1, 2, 3, 4, 5)).IsTime);
    }
}
