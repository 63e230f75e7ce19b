namespace KioskLink.Devices.Osdp.Replies;

/// <summary>CCRYPT: the device's unique id, its random number (RND.B) and its proof of the key, 32 bytes.</summary>
internal readonly ref struct ClientCryptogramReply
{
    public ReadOnlySpan<byte> UniqueId { get; private init; }

    public ReadOnlySpan<byte> Nonce { get; private init; }

    public ReadOnlySpan<byte> Cryptogram { get; private init; }

    public static bool TryRead(ReadOnlySpan<byte> data, out ClientCryptogramReply reply)
    {
        reply = default;
        if (data.Length != 2 * SecureChannel.NonceSize + SecureChannel.CryptogramSize)
            return false;
        reply = new() { UniqueId = data[..8], Nonce = data[8..16], Cryptogram = data[16..] };
        return true;
    }
}
