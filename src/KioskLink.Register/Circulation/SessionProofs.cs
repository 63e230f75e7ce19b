using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using KioskLink.Register.Facts;
using NodaTime;

namespace KioskLink.Register.Circulation;

/// <summary>
/// What stands for a right PIN for a while, so that a machine asks for it once a session: bound to the card, its PIN, the caller and
/// the machine, and to this run of the register. Thread-safe.
/// </summary>
internal sealed class SessionProofs
{
    /// <summary>How long it stands.</summary>
    public static readonly Duration ValidFor = Duration.FromMinutes(5);

    private const int TagBytes = 16;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>A proof for a card whose PIN was right just now.</summary>
    public byte[] Make(CardEntry card, string device, Instant now)
    {
        var proof = new byte[sizeof(long) + TagBytes];
        BinaryPrimitives.WriteInt64BigEndian(proof, (now + ValidFor).ToUnixTimeMilliseconds());
        Tag(card, device, proof.AsSpan(0, sizeof(long))).CopyTo(proof.AsSpan(sizeof(long)));
        return proof;
    }

    /// <summary>Whether a proof still stands for the card's PIN.</summary>
    public bool Holds(ReadOnlySpan<byte> proof, CardEntry card, string device, Instant now) =>
        proof.Length == sizeof(long) + TagBytes
        && CryptographicOperations.FixedTimeEquals(Tag(card, device, proof[..sizeof(long)]), proof[sizeof(long)..])
        && BinaryPrimitives.ReadInt64BigEndian(proof) > now.ToUnixTimeMilliseconds();

    private byte[] Tag(CardEntry card, string device, ReadOnlySpan<byte> until)
    {
        var bound = Encoding.UTF8.GetBytes($"{card.CardId}\0{Convert.ToHexString(card.Pin?.Salt ?? [])}\0{device}\0{Convert.ToHexString(until)}");
        return HMACSHA256.HashData(_key, bound)[..TagBytes];
    }
}
