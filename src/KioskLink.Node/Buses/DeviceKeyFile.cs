using System.Security.Cryptography;
using System.Text.Json;
using KioskLink.Node.Hosting;

namespace KioskLink.Node.Buses;

/// <summary>The keys that a node has given to its devices, sealed under the badge key (AES-256-GCM), mode 0600. Durable before a method returns. Thread-safe.</summary>
internal sealed class DeviceKeyFile
{
    /// <summary>The largest file that is read, bytes.</summary>
    public const int LargestFile = 256 * 1024;

    private const byte Version = 1;
    private const int NonceSize = 12, TagSize = 16;
    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly byte[] _sealingKey;
    private readonly Dictionary<string, HeldKeys> _held;

    private DeviceKeyFile(string path, byte[] sealingKey, Dictionary<string, HeldKeys> held) => (_path, _sealingKey, _held) = (path, sealingKey, held);

    /// <summary>Opens the file, or begins it where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="badgeKey">The key from which the sealing key is made.</param>
    /// <exception cref="StartProblem">It cannot be read, or not with this key: without it devices under their own keys are not heard.</exception>
    public static DeviceKeyFile Open(string path, byte[] badgeKey)
    {
        var sealingKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, badgeKey, 32, info: "kiosklink osdp keys 1"u8.ToArray());
        try
        {
            return new DeviceKeyFile(path, sealingKey, File.Exists(path) ? Unseal(path, sealingKey) : []);
        }
        catch (Exception broken) when (broken is CryptographicException or JsonException)
        {
            throw new StartProblem($"The device keys in {path} are damaged or belong to another node key: restore the file, or remove it and set the devices' keys anew.");
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            throw new StartProblem($"The device keys in {path} cannot be read ({broken.Message}): mend the disk or the file's rights.");
        }
    }

    /// <summary>What is held for a device.</summary>
    public HeldKeys? Of(string deviceId)
    {
        lock (_gate)
            return _held.GetValueOrDefault(deviceId);
    }

    /// <summary>The key that a device is to be given next: the one already on its way, or a new one. It is durable before it is returned.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public byte[] Propose(string deviceId)
    {
        lock (_gate)
        {
            var held = _held.GetValueOrDefault(deviceId) ?? new HeldKeys();
            if (held.Next is { } onItsWay)
                return onItsWay;
            var next = RandomNumberGenerator.GetBytes(OsdpKeys.KeySize);
            Keep(deviceId, held with { Next = next });
            return next;
        }
    }

    /// <summary>A session with the next key is up: the one before is forgotten, also one that came with the configuration.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Confirm(string deviceId, byte[]? configuredHash, DateTimeOffset at)
    {
        lock (_gate)
            if (_held.GetValueOrDefault(deviceId) is { Next: { } next })
                Keep(deviceId, new HeldKeys { Current = next, Replaces = configuredHash, SetAt = at });
    }

    private void Keep(string deviceId, HeldKeys held)
    {
        var all = new Dictionary<string, HeldKeys>(_held) { [deviceId] = held };
        DurableFile.Write(_path, Seal(JsonSerializer.SerializeToUtf8Bytes(all)));
        _held[deviceId] = held;
    }

    private byte[] Seal(byte[] plain)
    {
        var file = new byte[1 + NonceSize + TagSize + plain.Length];
        file[0] = Version;
        RandomNumberGenerator.Fill(file.AsSpan(1, NonceSize));
        using var aes = new AesGcm(_sealingKey, TagSize);
        aes.Encrypt(file.AsSpan(1, NonceSize), plain, file.AsSpan(1 + NonceSize + TagSize), file.AsSpan(1 + NonceSize, TagSize));
        CryptographicOperations.ZeroMemory(plain);
        return file;
    }

    private static Dictionary<string, HeldKeys> Unseal(string path, byte[] sealingKey)
    {
        if (new FileInfo(path).Length is < 1 + NonceSize + TagSize or > LargestFile)
            throw new CryptographicException("the file's size is impossible");
        var file = File.ReadAllBytes(path);
        var plain = new byte[file.Length - 1 - NonceSize - TagSize];
        using var aes = new AesGcm(sealingKey, TagSize);
        aes.Decrypt(file.AsSpan(1, NonceSize), file.AsSpan(1 + NonceSize + TagSize), file.AsSpan(1 + NonceSize, TagSize), plain);
        var held = JsonSerializer.Deserialize<Dictionary<string, HeldKeys>>(plain) ?? [];
        CryptographicOperations.ZeroMemory(plain);
        return held;
    }
}

/// <summary>The keys that one device may hold.</summary>
internal sealed record HeldKeys
{
    /// <summary>The one it has shown to hold; null when it has shown none that this node gave it.</summary>
    public byte[]? Current { get; init; }

    /// <summary>The one on its way to it.</summary>
    public byte[]? Next { get; init; }

    /// <summary>SHA-256 of the key of the configuration that <see cref="Current"/> has replaced: that one opens nothing any more.</summary>
    public byte[]? Replaces { get; init; }

    /// <summary>When <see cref="Current"/> came into use.</summary>
    public DateTimeOffset? SetAt { get; init; }

    /// <summary>Names no key.</summary>
    public override string ToString() => Next is null ? "held" : "changing";
}
