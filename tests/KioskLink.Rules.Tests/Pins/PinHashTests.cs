using System.Text;
using KioskLink.Rules.Cards;
using KioskLink.Rules.Pins;

namespace KioskLink.Rules.Tests.Pins;

public class PinHashTests
{
    private static readonly byte[] Salt = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];

    [Fact]
    public void Pbkdf2_gives_the_answer_of_another_implementation_with_600_000_iterations()
    {
        // Computed with Python's hashlib.pbkdf2_hmac("sha256", b"1379", bytes(range(16)), 600000).
        Assert.Equal("19dd5ce1df4d44f1fa7568e62028dc78c94b7defb9104d1802948b49beb8ff9d", Hex(new Pbkdf2PinHash(), "1379", Salt));
    }

    [Fact]
    public void Argon2id_gives_the_answer_of_RFC_9106_with_19_MiB_two_passes_one_lane()
    {
        // Computed with an implementation of RFC 9106 in Python that gives the RFC's own test vector (5.3).
        Assert.True(Argon2idPinHash.IsAvailable, "libsodium23 must be installed for this test");
        Assert.Equal("6a3690b7c5ff838694ca65cafac0845436d6aa479bf8914c2b454d17de635fbb", Hex(new Argon2idPinHash(), "1379", Salt));
    }

    [Fact]
    public void Another_pin_or_another_salt_is_another_verifier()
    {
        var otherSalt = Salt.Reverse().ToArray();
        var hash = PinHashes.Best;
        Assert.Equal(Hex(hash, "1379", Salt), Hex(hash, "1379", Salt));
        Assert.NotEqual(Hex(hash, "1379", Salt), Hex(hash, "1378", Salt));
        Assert.NotEqual(Hex(hash, "1379", Salt), Hex(hash, "1379", otherSalt));
    }

    [Fact]
    public void A_hash_is_found_by_the_id_that_is_stored_beside_its_verifiers()
    {
        Assert.Equal("pbkdf2-sha256-600000", PinHashes.Find("pbkdf2-sha256-600000")?.Algorithm);
        Assert.Equal("argon2id-19m-t2-p1", PinHashes.Find("argon2id-19m-t2-p1")?.Algorithm);
        Assert.Equal("argon2id-19m-t2-p1", PinHashes.Best.Algorithm);
        Assert.Null(PinHashes.Find("md5"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    public void A_salt_of_another_length_is_refused(int length)
    {
        Assert.Throws<ArgumentException>(() => new Pbkdf2PinHash().Hash("1379"u8, new byte[length]));
        Assert.Throws<ArgumentException>(() => new Argon2idPinHash().Hash("1379"u8, new byte[length]));
    }

    [Fact]
    public void A_proof_is_bound_to_key_card_salt_and_verifier()
    {
        var token = Enumerable.Repeat((byte)7, 16).ToArray();
        var verifier = Enumerable.Repeat((byte)9, 32).ToArray();
        var proof = PinProofs.Of(Salt, token, Salt, verifier);
        Assert.Equal(PinProofs.Length, proof.Length);
        Assert.True(PinProofs.Matches(proof, PinProofs.Of(Salt, token, Salt, verifier)));
        Assert.False(PinProofs.Matches(proof, PinProofs.Of(token, token, Salt, verifier)));
        Assert.False(PinProofs.Matches(proof, PinProofs.Of(Salt, Salt, Salt, verifier)));
        Assert.False(PinProofs.Matches(proof, PinProofs.Of(Salt, token, token, verifier)));
        Assert.False(PinProofs.Matches(proof, PinProofs.Of(Salt, token, Salt, [.. verifier.Skip(1), 0])));
        Assert.False(PinProofs.Matches([], proof));
        Assert.Throws<ArgumentException>(() => PinProofs.Of(Salt, new byte[CardToken.Length - 1], Salt, verifier));
    }

    private static string Hex(IPinHash hash, string pin, byte[] salt) => Convert.ToHexStringLower(hash.Hash(Encoding.ASCII.GetBytes(pin), salt));
}
