using System.Security.Cryptography;

namespace KioskLink.Devices.Osdp;

/// <summary>One OSDP secure channel of AES-128 from the panel's side (SIA OSDP 2.2, annex D): session keys, cryptograms, rolling MACs, encryption.</summary>
/// <remarks>Allocates only while a session is set up. Not thread-safe. Compares in constant time.</remarks>
internal sealed class SecureChannel : IDisposable
{
    public const int KeySize = 16, NonceSize = 8, CryptogramSize = 16;

    private const byte Padding = 0x80;
    private readonly byte[] _panelNonce = new byte[NonceSize];
    private readonly byte[] _earlierNonce = new byte[NonceSize];
    private readonly byte[] _deviceNonce = new byte[NonceSize];
    private readonly byte[] _panelMac = new byte[CryptogramSize];
    private readonly byte[] _deviceMac = new byte[CryptogramSize];
    private readonly byte[] _block = new byte[CryptogramSize];
    private BlockCipher? _encryption;
    private BlockCipher? _macFirst;
    private BlockCipher? _macLast;

    /// <summary>Both sides have proven the key; commands and replies are secured from here on.</summary>
    public bool Established { get; private set; }

    /// <summary>The install key SCBK-D that every OSDP device knows: good for setting a real key on a bench, and for nothing else.</summary>
    public static byte[] DefaultKey() => [.. Enumerable.Range(0x30, KeySize).Select(value => (byte)value)];

    /// <summary>Starts anew with the panel's random number (RND.A).</summary>
    public void Begin(ReadOnlySpan<byte> panelNonce)
    {
        Established = false;
        _panelNonce.CopyTo(_earlierNonce, 0);
        panelNonce.CopyTo(_panelNonce);
    }

    /// <summary>Derives the session keys from the key and both random numbers, and checks the device's proof. False: the device holds another key.</summary>
    public bool Accept(ReadOnlySpan<byte> key, ReadOnlySpan<byte> deviceNonce, ReadOnlySpan<byte> clientCryptogram)
    {
        Forget();
        deviceNonce.CopyTo(_deviceNonce);
        using var master = new BlockCipher(key);
        _encryption = Derive(master, 0x82, _panelNonce);
        _macFirst = Derive(master, 0x01, _panelNonce);
        _macLast = Derive(master, 0x02, _panelNonce);
        Span<byte> expected = stackalloc byte[CryptogramSize];
        WriteCryptogram(_encryption, _panelNonce, _deviceNonce, expected);
        return CryptographicOperations.FixedTimeEquals(expected, clientCryptogram);
    }

    /// <summary>Whether it is the device's proof to the challenge before this one, which comes late and says nothing of this one.</summary>
    public bool IsProofOfEarlier(ReadOnlySpan<byte> key, ReadOnlySpan<byte> deviceNonce, ReadOnlySpan<byte> clientCryptogram)
    {
        using var master = new BlockCipher(key);
        using var encryption = Derive(master, 0x82, _earlierNonce);
        Span<byte> expected = stackalloc byte[CryptogramSize];
        WriteCryptogram(encryption, _earlierNonce, deviceNonce, expected);
        return CryptographicOperations.FixedTimeEquals(expected, clientCryptogram) && !_earlierNonce.AsSpan().SequenceEqual(_panelNonce);
    }

    /// <summary>The panel's proof for SCRYPT.</summary>
    public void WriteServerCryptogram(Span<byte> cryptogram) => WriteCryptogram(_encryption!, _deviceNonce, _panelNonce, cryptogram);

    /// <summary>Checks the device's first MAC (RMAC_I) against the one computed here; when equal the channel is up.</summary>
    public bool Establish(ReadOnlySpan<byte> initialRMac)
    {
        WriteServerCryptogram(_block);
        _macFirst!.Encrypt(_block);
        _macLast!.Encrypt(_block);
        Established = CryptographicOperations.FixedTimeEquals(_block, initialRMac);
        _block.CopyTo(_deviceMac, 0);
        return Established;
    }

    /// <summary>Length of <paramref name="length"/> bytes once padded and encrypted: always at least one padding byte.</summary>
    public static int SealedLength(int length) => (length / CryptogramSize + 1) * CryptogramSize;

    /// <summary>Pads and encrypts a command's data in place; the span is <see cref="SealedLength"/> long.</summary>
    public void Encrypt(Span<byte> data, int plainLength)
    {
        data[plainLength] = Padding;
        data[(plainLength + 1)..].Clear();
        Invert(_deviceMac, _block);
        for (var at = 0; at < data.Length; at += CryptogramSize)
        {
            Xor(_block, data.Slice(at, CryptogramSize));
            _encryption!.Encrypt(_block);
            _block.CopyTo(data[at..]);
        }
    }

    /// <summary>Decrypts a reply's data into <paramref name="plain"/>. The length without padding, or -1 when there is no whole block or no padding.</summary>
    public int Decrypt(ReadOnlySpan<byte> data, Span<byte> plain)
    {
        if (data.Length == 0 || data.Length % CryptogramSize != 0 || data.Length > plain.Length)
            return -1;
        Span<byte> chain = stackalloc byte[CryptogramSize];
        Invert(_panelMac, chain);
        for (var at = 0; at < data.Length; at += CryptogramSize)
        {
            data.Slice(at, CryptogramSize).CopyTo(_block);
            _encryption!.Decrypt(_block);
            Xor(_block, chain);
            _block.CopyTo(plain[at..]);
            data.Slice(at, CryptogramSize).CopyTo(chain);
        }
        var last = plain[..data.Length].LastIndexOfAnyExcept((byte)0);
        return last >= data.Length - CryptogramSize && plain[last] == Padding ? last : -1;
    }

    /// <summary>The MAC of a command; becomes the start of the next reply's.</summary>
    public ReadOnlySpan<byte> SignCommand(ReadOnlySpan<byte> authenticated)
    {
        ComputeMac(authenticated, _deviceMac, _panelMac);
        return _panelMac.AsSpan(0, FrameLayout.MacSize);
    }

    /// <summary>Checks a reply's MAC. Only a right one moves the chain on, so a damaged reply can be asked for again.</summary>
    public bool VerifyReply(ReadOnlySpan<byte> authenticated, ReadOnlySpan<byte> mac)
    {
        Span<byte> full = stackalloc byte[CryptogramSize];
        ComputeMac(authenticated, _panelMac, full);
        if (!CryptographicOperations.FixedTimeEquals(full[..FrameLayout.MacSize], mac))
            return false;
        full.CopyTo(_deviceMac);
        return true;
    }

    /// <summary>Ends the session and forgets its keys.</summary>
    public void Forget()
    {
        Established = false;
        _encryption?.Dispose();
        _macFirst?.Dispose();
        _macLast?.Dispose();
        (_encryption, _macFirst, _macLast) = (null, null, null);
    }

    public void Dispose() => Forget();

    private BlockCipher Derive(BlockCipher master, byte purpose, ReadOnlySpan<byte> panelNonce)
    {
        Array.Clear(_block);
        _block[0] = 0x01;
        _block[1] = purpose;
        panelNonce[..6].CopyTo(_block.AsSpan(2));
        master.Encrypt(_block);
        return new BlockCipher(_block);
    }

    private void WriteCryptogram(BlockCipher encryption, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> cryptogram)
    {
        first.CopyTo(_block);
        second.CopyTo(_block.AsSpan(NonceSize));
        encryption.Encrypt(_block);
        _block.CopyTo(cryptogram);
    }

    private void ComputeMac(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> start, Span<byte> mac)
    {
        start.CopyTo(_block);
        while (bytes.Length > CryptogramSize)
        {
            Xor(_block, bytes[..CryptogramSize]);
            _macFirst!.Encrypt(_block);
            bytes = bytes[CryptogramSize..];
        }
        Xor(_block.AsSpan(0, bytes.Length), bytes);
        if (bytes.Length < CryptogramSize)
            _block[bytes.Length] ^= Padding;
        _macLast!.Encrypt(_block);
        _block.CopyTo(mac);
    }

    private static void Xor(Span<byte> target, ReadOnlySpan<byte> other)
    {
        for (var index = 0; index < target.Length; index++)
            target[index] ^= other[index];
    }

    private static void Invert(ReadOnlySpan<byte> source, Span<byte> target)
    {
        for (var index = 0; index < target.Length; index++)
            target[index] = (byte)~source[index];
    }
}
