using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Google.Protobuf;
using KioskLink.Cli.Connecting;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Cli.Staff;

/// <summary><c>administrator renew|revoke</c>: the client certificates of administrators.</summary>
internal static class AdministratorCommands
{
    public static Command Create(Session session) => new("administrator", "Client certificates of administrators.") { Renew(session), Revoke(session) };

    private static Command Renew(Session session)
    {
        var command = new Command("renew", "Make a new key, have it certified for a year, and put both into the identity folder.");
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=administrator", key, HashAlgorithmName.SHA256).CreateSigningRequest();
            var answer = await register.Staff.RenewAdministratorAsync(
                new RenewAdministratorRequest { CertificateRequest = ByteString.CopyFrom(request) }, register.Bounded(stop));
            using var certificate = X509CertificateLoader.LoadCertificate(answer.Certificate.ToByteArray());
            var folder = session.Target(parsed).Identity;
            var before = AdministratorIdentity.Certificate(folder);
            AdministratorIdentity.Replace(folder, certificate, key);
            var old = before is null ? "" : $" The one before stays valid until it ends or `kiosklink administrator revoke {before.SerialNumber} --reason renewed` is run.";
            return new Answer(
                new JsonObject { ["serialNumber"] = certificate.SerialNumber, ["ends"] = new DateTimeOffset(certificate.NotAfter).ToString("O"), ["before"] = before?.SerialNumber },
                Layout.Sentence($"The new certificate is valid until {certificate.NotAfter:yyyy-MM-dd}.{old}"));
        });
        return command;
    }

    private static Command Revoke(Session session)
    {
        var serial = new Argument<string>("CERTIFICATE") { Description = "The certificate's file (admin.pem), or its serial number in hexadecimal digits." };
        var reason = new Option<string>("--reason") { Description = "Why.", HelpName = "TEXT", Required = true };
        var command = new Command("revoke", "Refuse a certificate from the next call on, also on connections that are open.") { serial, reason };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var number = SerialOf(parsed.GetRequiredValue(serial));
            await register.Staff.RevokeAdministratorAsync(
                new RevokeAdministratorRequest { SerialNumber = number, Reason = parsed.GetRequiredValue(reason) }, register.Bounded(stop));
            return new Answer(new JsonObject { ["serialNumber"] = number }, Layout.Sentence($"The certificate {number} is refused from now on."));
        });
        return command;
    }

    private static string SerialOf(string typed)
    {
        try
        {
            using var certificate = File.Exists(typed) ? X509CertificateLoader.LoadCertificateFromFile(typed) : null;
            return certificate?.SerialNumber ?? typed;
        }
        catch (CryptographicException)
        {
            throw CommandProblem.Usage($"{typed} is no certificate; name an admin.pem, or give the serial number.");
        }
    }
}
