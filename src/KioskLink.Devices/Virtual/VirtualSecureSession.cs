using System.Security.Cryptography;

namespace KioskLink.Devices.Virtual;

/// <summary>The device's side of a secure channel, with the framework's CBC where the panel chains blocks itself.</summary>
internal sealed class VirtualSecureSession
{
    private readonly byte[] _panelNonce;
    private readonly byte[] _deviceNonce;
    private readonly byte[] _encryptionKey;
    private readonly byte[] _macKey1;
    private readonly byte[] _macKey2;
    private byte[] _commandMac = new byte[16];
    private byte[] _replyMac = new byte[16];

    public VirtualSecureSession(byte[] key, byte[] panelNonce, byte[] deviceNonce)
    {
        (_panelNonce, _deviceNonce) = (panelNonce, deviceNonce);
        _encryptionKey = SessionKey(key, 0x82);
        _macKey1 = SessionKey(key, 0x01);
        _macKey2 = SessionKey(key, 0x02);
    }

    /// <summary>The panel has proven the key and frames are secured.</summary>
    public bool Active { get; private set; }

    public byte[] ClientCryptogram() => Ecb(_encryptionKey, [.. _panelNonce, .. _deviceNonce]);

    /// <summary>Checks the panel's proof and returns RMAC_I, or null.</summary>
    public byte[]? Accept(byte[] serverCryptogram)
    {
        if (!serverCryptogram.AsSpan().SequenceEqual(Ecb(_encryptionKey, [.. _deviceNonce, .. _panelNonce])))
            return null;
        Active = true;
        return _replyMac = Ecb(_macKey2, Ecb(_macKey1, serverCryptogram));
    }

    /// <summary>Checks a command's MAC and decrypts its data; null when the MAC or the padding is wrong.</summary>
    public byte[]? Open(VirtualFrame command)
    {
        var mac = Mac(command.Signed, _replyMac);
        if (!mac.AsSpan(0, 4).SequenceEqual(command.Mac))
            return null;
        var plain = command.Data.Length == 0 ? [] : Decrypt(command.Data);
        if (plain is not null)
            _commandMac = mac;
        return plain;
    }

    public byte[] Encrypt(byte[] data)
    {
        byte[] padded = [.. data, 0x80, .. new byte[15 - data.Length % 16]];
        return Cbc(encrypt: true, _encryptionKey, Inverse(_commandMac), padded);
    }

    /// <summary>The four MAC bytes of a reply.</summary>
    public byte[] Sign(byte[] signed)
    {
        _replyMac = Mac(signed, _commandMac);
        return _replyMac[..4];
    }

    private byte[] SessionKey(byte[] key, byte purpose) => Ecb(key, [0x01, purpose, .. _panelNonce[..6], 0, 0, 0, 0, 0, 0, 0, 0]);

    private byte[] Mac(byte[] signed, byte[] iv)
    {
        byte[] padded = signed.Length % 16 == 0 ? signed : [.. signed, 0x80, .. new byte[15 - signed.Length % 16]];
        var head = padded[..^16];
        var chained = head.Length > 0 ? Cbc(encrypt: true, _macKey1, iv, head)[^16..] : iv;
        return Cbc(encrypt: true, _macKey2, chained, padded[^16..]);
    }

    private byte[]? Decrypt(byte[] data)
    {
        if (data.Length % 16 != 0)
            return null;
        var plain = Cbc(encrypt: false, _encryptionKey, Inverse(_replyMac), data);
        var end = Array.LastIndexOf(plain, (byte)0x80);
        return end < 0 ? null : plain[..end];
    }

    private static byte[] Inverse(byte[] mac) => [.. mac.Select(value => (byte)(255 - value))];

    private static byte[] Ecb(byte[] key, byte[] block)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        return aes.EncryptEcb(block, PaddingMode.None);
    }

    private static byte[] Cbc(bool encrypt, byte[] key, byte[] iv, byte[] data)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        return encrypt ? aes.EncryptCbc(data, iv, PaddingMode.None) : aes.DecryptCbc(data, iv, PaddingMode.None);
    }
}
