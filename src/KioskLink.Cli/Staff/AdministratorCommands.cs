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
        var command = new Command("renew", "Make a new key, have it certified for a year in your own name, and put both into the identity folder; with --as-staff your first one too.");
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var folder = session.Target(parsed).Identity;
            using var before = AdministratorIdentity.Certificate(folder);
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest($"CN={OwnName(session, parsed, before)}", key, HashAlgorithmName.SHA256).CreateSigningRequest();
            var answer = await register.Staff.RenewAdministratorAsync(
                new RenewAdministratorRequest { CertificateRequest = ByteString.CopyFrom(request) }, register.Bounded(stop));
            using var certificate = X509CertificateLoader.LoadCertificate(answer.Certificate.ToByteArray());
            AdministratorIdentity.Replace(folder, certificate, key);
            var old = before is null ? "" : $" The one before stays valid until it ends or `kiosklink administrator revoke {before.SerialNumber} --reason renewed` is run.";
            return new Answer(
                new JsonObject { ["serialNumber"] = certificate.SerialNumber, ["ends"] = new DateTimeOffset(certificate.NotAfter).ToString("O"), ["before"] = before?.SerialNumber },
                Layout.Sentence($"The new certificate is valid until {certificate.NotAfter:yyyy-MM-dd}.{old}"));
        });
        return command;
    }

    // Nobody's key is written over by another's.
    private static string OwnName(Session session, ParseResult parsed, X509Certificate2? before)
    {
        var there = before?.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        var own = session.Options.IsAsStaff(parsed) ? SessionFile.Default.Read(session.Target(parsed).Address).User : there;
        return there is null or AdministratorIdentity.Nobody || there == own
            ? own ?? throw CommandProblem.Usage("There is no admin.pem in the identity folder: sign in with `kiosklink staff sign-in` and add --as-staff for your first certificate.")
            : throw CommandProblem.Usage("The identity folder holds another person's certificate: make a folder of your own, copy ca.pem into it, and name it with --identity.");
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
