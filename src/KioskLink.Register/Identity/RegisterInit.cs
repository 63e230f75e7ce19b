using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KioskLink.Register.Hosting;

namespace KioskLink.Register.Identity;

/// <summary>Writes what a new register needs: CA, server certificate, administrator's client certificate, master key and envelope key.</summary>
internal static class RegisterInit
{
    /// <summary>Writes every file of a new register; never overwrites one.</summary>
    /// <returns>The files written.</returns>
    /// <exception cref="StartProblem">One of them exists already, or cannot be written.</exception>
    public static IReadOnlyList<string> Write(RegisterConfig config, string consortium, DateTimeOffset now)
    {
        var files = new IdentityFiles(config.Data, config.MasterKey);
        if (files.All.FirstOrDefault(File.Exists) is { } present)
            throw new StartProblem($"{present} exists already and init never overwrites; start the register as it is, or move {config.Data} away to make a new one.");

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(config.MasterKey)!);
            WriteAll(files, config, consortium, now);
            return files.All;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            foreach (var file in files.All.Where(File.Exists)) File.Delete(file);
            throw new StartProblem($"The register's keys cannot be written: {broken.Message} Make room or give the user the right to write, and run init again.");
        }
    }

    private static void WriteAll(IdentityFiles files, RegisterConfig config, string consortium, DateTimeOffset now)
    {
        using var authority = CertificateAuthority.Create(consortium, now);
        using var authorityKey = authority.Certificate.GetECDsaPrivateKey()!;
        WriteIdentity(files.CaCertificate, authority.Certificate, files.CaKey, authorityKey);

        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var server = authority.IssueServer(consortium, config.Register.Host, serverKey, now);
        WriteIdentity(files.ServerCertificate, server, files.ServerKey, serverKey);

        using var adminKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var admin = authority.IssueAdministrator(consortium, adminKey, now);
        WriteIdentity(files.AdminCertificate, admin, files.AdminKey, adminKey);

        using var envelope = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        IdentityFiles.WriteSecret(files.EnvelopeKey, envelope.ExportPkcs8PrivateKeyPem() + "\n");
        IdentityFiles.WriteSecret(files.MasterKey, Convert.ToBase64String(RandomNumberGenerator.GetBytes(IdentityFiles.MasterKeyLength)) + "\n");
    }

    private static void WriteIdentity(string certificatePath, X509Certificate2 certificate, string keyPath, ECDsa key)
    {
        IdentityFiles.WriteSecret(keyPath, key.ExportPkcs8PrivateKeyPem() + "\n");
        File.WriteAllText(certificatePath, certificate.ExportCertificatePem() + "\n");
    }
}
