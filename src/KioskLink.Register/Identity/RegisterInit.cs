using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KioskLink.Register.Audit;
using KioskLink.Register.Hosting;
using KioskLink.Register.Staff;
using KioskLink.Register.Store;

namespace KioskLink.Register.Identity;

/// <summary>
/// Writes what a new register needs: CA, server certificate, master key and envelope key, and the first administrator's account and
/// client certificate.
/// </summary>
internal static class RegisterInit
{
    /// <summary>Writes every file of a new register; never overwrites one.</summary>
    /// <param name="config">Where.</param>
    /// <param name="consortium">The consortium.</param>
    /// <param name="administrator">The account of the person whose certificate it is (R41).</param>
    /// <param name="time">The clock.</param>
    /// <returns>The files written.</returns>
    /// <exception cref="StartProblem">One of them exists already, or cannot be written.</exception>
    public static IReadOnlyList<string> Write(RegisterConfig config, string consortium, string administrator, TimeProvider time)
    {
        var files = new IdentityFiles(config.Data, config.MasterKey);
        if (files.All.FirstOrDefault(File.Exists) is { } present)
            throw new StartProblem($"{present} exists already and init never overwrites; start the register as it is, or move {config.Data} away to make a new one.");

        var hadStore = File.Exists(Path.Combine(config.Data, RegisterStore.FileName));
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(config.MasterKey)!);
            WriteKeys(files, config, consortium, administrator, time.GetUtcNow());
            var store = RegisterStore.Open(config.Data, new MasterKey(files.ReadMasterKey()), consortium, time);
            FirstAdministrator.Write(store, administrator, time);
            return files.All;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or StoreProblem)
        {
            Undo(files, config.Data, hadStore);
            throw broken is StoreProblem
                ? new StartProblem(broken.Message)
                : new StartProblem($"The register's keys cannot be written: {broken.Message} Make room or give the user the right to write, and run init again.");
        }
    }

    private static void Undo(IdentityFiles files, string data, bool hadStore)
    {
        var begun = hadStore ? [] : Directory.EnumerateFiles(data, RegisterStore.FileName + "*").Append(Path.Combine(data, HeadFile.Name));
        foreach (var file in files.All.Concat(begun).Where(File.Exists)) File.Delete(file);
    }

    private static void WriteKeys(IdentityFiles files, RegisterConfig config, string consortium, string administrator, DateTimeOffset now)
    {
        using var authority = CertificateAuthority.Create(consortium, now);
        using var authorityKey = authority.Certificate.GetECDsaPrivateKey()!;
        WriteIdentity(files.CaCertificate, authority.Certificate, files.CaKey, authorityKey);

        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var server = authority.IssueServer(consortium, config.Register.Host, serverKey, now);
        WriteIdentity(files.ServerCertificate, server, files.ServerKey, serverKey);

        using var adminKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var admin = authority.IssueAdministrator(consortium, administrator, adminKey, now);
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
