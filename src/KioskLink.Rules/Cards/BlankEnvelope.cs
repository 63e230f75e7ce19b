using System.Security.Cryptography;
using System.Text;

namespace KioskLink.Rules.Cards;

/// <summary>
/// A <see cref="CardEnvelope"/> before its number: the ephemeral key is made and agreed on, which is nearly all of the work, so that
/// it can be done before a card comes. Takes one number; the key is wiped with it. Not thread-safe.
/// </summary>
public sealed class BlankEnvelope
{
    private readonly byte[] _envelope = new byte[CardEnvelope.Length];
    private byte[]? _key;

    /// <summary>Makes the ephemeral key.</summary>
    /// <param name="register">The register's P-256 public key.</param>
    /// <exception cref="CryptographicException">It is on another curve.</exception>
    public BlankEnvelope(ECDiffieHellmanPublicKey register)
    {
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var spki = ephemeral.ExportSubjectPublicKeyInfo();
        _envelope[0] = CardEnvelope.Version;
        spki.CopyTo(_envelope, 1);
        _key = CardEnvelope.DeriveKey(ephemeral, register, spki);
    }

    /// <summary>Seals a normalised card number and wipes the key.</summary>
    /// <param name="cardNumber">The number, ASCII, at most <see cref="CardNumber.MaxLength"/> characters.</param>
    /// <exception cref="InvalidOperationException">It holds a number already.</exception>
    public byte[] Seal(string cardNumber)
    {
        ArgumentNullException.ThrowIfNull(cardNumber);
        var key = _key ?? throw new InvalidOperationException("An envelope takes one card number: make another.");
        var padded = new byte[CardNumber.MaxLength];
        Encoding.ASCII.GetBytes(cardNumber, padded);
        using (var aes = new AesGcm(key, CardEnvelope.TagLength))
        {
            aes.Encrypt(CardEnvelope.Nonce, padded, CardEnvelope.Sealed(_envelope), CardEnvelope.Tag(_envelope), CardEnvelope.Header(_envelope));
        }

        CryptographicOperations.ZeroMemory(padded);
        CryptographicOperations.ZeroMemory(key);
        _key = null;
        return _envelope;
    }
}
