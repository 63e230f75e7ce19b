using System.Security.Cryptography;

namespace KioskLink.Devices.Osdp;

/// <summary>AES-128 on single blocks in place, without allocation per block: OSDP chains blocks with two keys, which no mode of the framework does.</summary>
internal sealed class BlockCipher : IDisposable
{
    private readonly ICryptoTransform _encryptor;
    private readonly ICryptoTransform _decryptor;

    public BlockCipher(ReadOnlySpan<byte> key)
    {
        using var aes = Aes.Create();
        aes.Mode = CipherMode.ECB;
        aes.Padding = PaddingMode.None;
        aes.Key = key.ToArray();
        _encryptor = aes.CreateEncryptor();
        _decryptor = aes.CreateDecryptor();
    }

    public void Encrypt(byte[] block) => _encryptor.TransformBlock(block, 0, SecureChannel.CryptogramSize, block, 0);

    public void Decrypt(byte[] block) => _decryptor.TransformBlock(block, 0, SecureChannel.CryptogramSize, block, 0);

    public void Dispose()
    {
        _encryptor.Dispose();
        _decryptor.Dispose();
    }
}
