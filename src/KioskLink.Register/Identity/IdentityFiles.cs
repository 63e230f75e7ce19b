using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KioskLink.Register.Hosting;

namespace KioskLink.Register.Identity;

/// <summary>Where the register's keys and certificates lie, and how they are read. Private keys are readable by their owner only.</summary>
/// <param name="data">The data folder.</param>
/// <param name="masterKeyPath">The master key's file.</param>
internal sealed class IdentityFiles(string data, string masterKeyPath)
{
    /// <summary>Length of the master key in bytes.</summary>
    public const int MasterKeyLength = 32;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The CA's certificate.</summary>
    public string CaCertificate { get; } = Path.Combine(data, "ca.pem");

    /// <summary>The CA's private key.</summary>
    public string CaKey { get; } = Path.Combine(data, "ca.key");

    /// <summary>The server's certificate.</summary>
    public string ServerCertificate { get; } = Path.Combine(data, "server.pem");

    /// <summary>The server's private key.</summary>
    public string ServerKey { get; } = Path.Combine(data, "server.key");

    /// <summary>The administrator's client certificate.</summary>
    public string AdminCertificate { get; } = Path.Combine(data, "admin.pem");

    /// <summary>The administrator's private key.</summary>
    public string AdminKey { get; } = Path.Combine(data, "admin.key");

    /// <summary>The private key that opens envelopes of card numbers.</summary>
    public string EnvelopeKey { get; } = Path.Combine(data, "envelope.key");

    /// <summary>The master key.</summary>
    public string MasterKey { get; } = masterKeyPath;

    /// <summary>Every file that init writes.</summary>
    public IReadOnlyList<string> All =>
        [CaCertificate, CaKey, ServerCertificate, ServerKey, AdminCertificate, AdminKey, EnvelopeKey, MasterKey];

    /// <summary>Reads the master key: 32 bytes in Base64 on one line. The store proves that it is the right one.</summary>
    /// <exception cref="StartProblem">It is missing or malformed.</exception>
    public byte[] ReadMasterKey()
    {
        var text = Read(MasterKey, File.ReadAllText).Trim();
        var key = new byte[MasterKeyLength];
        return Convert.TryFromBase64String(text, key, out var length) && length == MasterKeyLength
            ? key
            : throw new StartProblem($"The master key file {MasterKey} does not hold {MasterKeyLength} bytes in Base64; put the register's own key file back.");
    }

    /// <summary>Reads the CA.</summary>
    public CertificateAuthority LoadAuthority() => new(Read(CaCertificate, _ => X509Certificate2.CreateFromPemFile(CaCertificate, CaKey)));

    /// <summary>Reads the server's certificate with its key.</summary>
    public X509Certificate2 LoadServerCertificate() => Read(ServerCertificate, _ => X509Certificate2.CreateFromPemFile(ServerCertificate, ServerKey));

    /// <summary>Reads the key that opens envelopes.</summary>
    public ECDiffieHellman LoadEnvelopeKey() => Read(EnvelopeKey, path =>
    {
        var key = ECDiffieHellman.Create();
        key.ImportFromPem(File.ReadAllText(path));
        return key;
    });

    /// <summary>Writes a private key, readable by its owner only from the first byte on.</summary>
    public static void WriteSecret(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly };
        using var writer = new StreamWriter(path, options);
        writer.Write(text);
    }

    private static T Read<T>(string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            throw new StartProblem($"{path} cannot be read; make the register's keys with `KioskLink.Register init --config …`, or put the file back.");
        }
        catch (Exception broken) when (broken is CryptographicException or ArgumentException)
        {
            throw new StartProblem($"{path} or its key is damaged; put the file back from the register's backup.");
        }
    }
}
