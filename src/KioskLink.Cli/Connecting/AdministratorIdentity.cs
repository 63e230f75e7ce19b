using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KioskLink.Cli.Connecting;

/// <summary>An administrator's certificate and the one CA that is trusted: no other CA of this machine can vouch for the register.</summary>
internal static class AdministratorIdentity
{
    /// <summary>The name in certificates from before they named persons.</summary>
    public const string Nobody = "administrator";

    private static readonly string[] Files = ["admin.pem", "admin.key", "ca.pem"];

    /// <summary>Reads admin.pem, admin.key and ca.pem of a folder into the settings of a TLS client.</summary>
    /// <exception cref="CommandProblem">A file is missing or is not what its name says.</exception>
    public static SslClientAuthenticationOptions Read(string folder)
    {
        if (Files.FirstOrDefault(file => !File.Exists(Path.Combine(folder, file))) is { } missing)
            throw CommandProblem.Usage($"The identity folder {folder} must hold {string.Join(", ", Files)}; {missing} is not there.");
        try
        {
            var authority = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder, "ca.pem"));
            var own = X509Certificate2.CreateFromPemFile(Path.Combine(folder, "admin.pem"), Path.Combine(folder, "admin.key"));
            return new SslClientAuthenticationOptions
            {
                ClientCertificateContext = SslStreamCertificateContext.Create(own, null, offline: true),
                CertificateChainPolicy = TrustOnly(authority),
            };
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            throw CommandProblem.Usage($"The files in the identity folder {folder} must be readable by you: {gone.Message}");
        }
        catch (CryptographicException)
        {
            throw CommandProblem.Usage($"The files admin.pem, admin.key and ca.pem in {folder} do not belong together; copy all three from the register's data folder again.");
        }
    }

    /// <summary>The administrator's certificate of a folder; null where there is none that can be read.</summary>
    public static X509Certificate2? Certificate(string folder)
    {
        try
        {
            return X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder, "admin.pem"));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Puts a new key and its certificate into a folder, both written before either takes the place of the old.</summary>
    /// <exception cref="CommandProblem">They cannot be written.</exception>
    public static void Replace(string folder, X509Certificate2 certificate, ECDsa key)
    {
        var (certificatePath, keyPath) = (Path.Combine(folder, "admin.pem"), Path.Combine(folder, "admin.key"));
        try
        {
            using (var secret = new FileStream(keyPath + ".next", new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }))
            {
                secret.Write(System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
                secret.Flush(flushToDisk: true);
            }

            File.WriteAllText(certificatePath + ".next", certificate.ExportCertificatePem() + "\n");
            File.Move(keyPath + ".next", keyPath, overwrite: true);
            File.Move(certificatePath + ".next", certificatePath, overwrite: true);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            throw CommandProblem.Usage($"The new key and certificate cannot be written to {folder}: {gone.Message}");
        }
    }

    /// <summary>Reads ca.pem of a folder alone: for persons, who have a session instead of a certificate.</summary>
    /// <exception cref="CommandProblem">It is missing or no certificate.</exception>
    public static SslClientAuthenticationOptions ReadAuthority(string folder)
    {
        try
        {
            return new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = TrustOnly(X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder, "ca.pem"))),
            };
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw CommandProblem.Usage($"The identity folder {folder} must hold the register's ca.pem, readable by you; copy it from the register's data folder.");
        }
    }

    private static X509ChainPolicy TrustOnly(X509Certificate2 authority)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(authority);
        return policy;
    }
}
