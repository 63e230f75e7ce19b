using System.Security.Cryptography;
using System.Text;
using KioskLink.Rules.Cards;

namespace KioskLink.Rules.Tests.Cards;

public class CardSecretsTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void A_token_is_the_start_of_an_hmac_over_consortium_and_number()
    {
        var expected = HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes("lastu\024400000000012"));
        Assert.Equal(expected[..16], CardToken.Of(Key, "lastu", "24400000000012"));
    }

    [Fact]
    public void Tokens_of_two_keys_consortia_or_numbers_cannot_be_joined()
    {
        var other = SHA256.HashData(Key);
        string[] tokens =
        [
            .. new[] { (Key, "lastu", "12"), (other, "lastu", "12"), (Key, "heili", "12"), (Key, "lastu1", "2") }
                .Select(x => Convert.ToHexString(CardToken.Of(x.Item1, x.Item2, x.Item3))),
        ];
        Assert.Equal(tokens.Length, tokens.Distinct().Count());
    }

    [Fact]
    public void The_keys_of_a_node_differ_from_each_other_and_from_its_key()
    {
        var keys = NodeKeys.Derive(Key);
        Assert.Equal(4, new[] { Key, keys.KCard, keys.KPin, keys.KBadge }.Select(Convert.ToHexString).Distinct().Count());
        Assert.DoesNotContain(Convert.ToHexString(keys.KeyId), Convert.ToHexString([.. keys.KCard, .. keys.KPin]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_key_always_gives_the_same_keys() =>
        Assert.Equal(NodeKeys.Derive(Key).KPin, NodeKeys.Derive([.. Key]).KPin);

    [Fact]
    public void A_node_key_of_another_length_is_refused() => Assert.Throws<ArgumentException>(() => NodeKeys.Derive(new byte[16]));

    [Theory]
    [InlineData("24400000000012")]
    [InlineData("1")]
    [InlineData("837A-12 34")]
    public void Only_the_register_opens_an_envelope(string number)
    {
        using var register = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var stranger = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var envelope = CardEnvelope.Seal(register.ExportSubjectPublicKeyInfo(), number);
        Assert.Equal(number, CardEnvelope.Open(register, envelope));
        Assert.Null(CardEnvelope.Open(stranger, envelope));
    }

    [Fact]
    public void An_envelope_tells_neither_the_number_nor_its_length()
    {
        using var register = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var spki = register.ExportSubjectPublicKeyInfo();
        var longer = CardEnvelope.Seal(spki, "24400000000012");
        Assert.Equal(CardEnvelope.Length, longer.Length);
        Assert.Equal(CardEnvelope.Length, CardEnvelope.Seal(spki, "1").Length);
        Assert.NotEqual(longer, CardEnvelope.Seal(spki, "24400000000012"));
        Assert.DoesNotContain("24400000000012", Encoding.Latin1.GetString(longer), StringComparison.Ordinal);
    }

    [Fact]
    public void An_envelope_with_one_changed_bit_does_not_open()
    {
        using var register = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var envelope = CardEnvelope.Seal(register.ExportSubjectPublicKeyInfo(), "24400000000012");
        for (var at = 0; at < envelope.Length; at++)
        {
            envelope[at] ^= 1;
            Assert.Null(CardEnvelope.Open(register, envelope));
            envelope[at] ^= 1;
        }

        Assert.Null(CardEnvelope.Open(register, envelope.AsSpan(1)));
        Assert.Null(CardEnvelope.Open(register, []));
    }

    [Fact]
    public void A_blank_envelope_takes_one_number_and_no_second()
    {
        using var register = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var blank = new BlankEnvelope(register.PublicKey);

        Assert.Equal("24400000000012", CardEnvelope.Open(register, blank.Seal("24400000000012")));
        Assert.Throws<InvalidOperationException>(() => blank.Seal("24400000000020"));
    }
}
