using System.Security.Cryptography;

namespace KioskLink.Devices.Osdp;

/// <summary>AES-128 on single blocks in place, without allocation per block: OSDP chains blocks with two keys, which no mode of the framework does.</summary>
internal sealed class BlockCipher : IDisposable
{
    private readonly ICryptoTransform _encryptor;
    private readonly ICryptoTransform _decryptor;

    // The framework rents a buffer where input and output are the same.
    private readonly byte[] _output = new byte[SecureChannel.CryptogramSize];

    public BlockCipher(ReadOnlySpan<byte> key)
    {
        using var aes = Aes.Create();
        aes.Mode = CipherMode.ECB;
        aes.Padding = PaddingMode.None;
        aes.Key = key.ToArray();
        _encryptor = aes.CreateEncryptor();
        _decryptor = aes.CreateDecryptor();
    }

    public void Encrypt(byte[] block) => Transform(_encryptor, block);

    public void Decrypt(byte[] block) => Transform(_decryptor, block);

    private void Transform(ICryptoTransform cipher, byte[] block)
    {
        cipher.TransformBlock(block, 0, SecureChannel.CryptogramSize, _output, 0);
        _output.CopyTo(block, 0);
    }

    public void Dispose()
    {
        _encryptor.Dispose();
        _decryptor.Dispose();
    }
}
