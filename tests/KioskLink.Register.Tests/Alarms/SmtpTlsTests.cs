using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KioskLink.Register.Alarms;
using KioskLink.Rules.Access;
using KioskLink.Rules.Alarms;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Alarms;

/// <summary>E-mails under TLS by a real conversation (STARTTLS, RFC 3207) with a certificate that a test has made.</summary>
public sealed class SmtpTlsTests : IDisposable
{
    private const string Password = "s3cret";

    private readonly TempFolder _folder = new();
    private readonly X509Certificate2 _certificate = MakeCertificate();

    [Fact]
    public async Task A_server_whose_certificate_nobody_has_signed_is_told_neither_a_message_nor_a_password()
    {
        await using var server = new FakeMailServer { Certificate = _certificate };
        await using var room = await RoomAsync(server);
        await room.RaiseAsync(AlarmKind.Tamper, "tamper reader");
        await room.AfterAsync(TimeSpan.FromSeconds(10), steps: 10);

        Assert.Equal((DeliveryState.Waiting, "the certificate of the mail server is not trusted"), (room.Deliveries()[0].State, room.Deliveries()[0].Problem));
        Assert.Contains("STARTTLS", server.Heard);
        Assert.Empty(server.HeardUnderTls);
        Assert.Empty(server.Mails);
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _folder.Dispose();
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), password: null);
    }

    private Task<AlarmRoom> RoomAsync(FakeMailServer server)
    {
        var channel = new SmtpChannel("127.0.0.1", server.Port, IsTls: true, "alarms@test.example", "kiosklink", _folder.Write("mail.password", Password));
        return AlarmRoom.StartAsync(
            new Dictionary<string, AlarmChannel> { ["smtp"] = channel },
            [AlarmRoom.Route("technician", "smtp", "tekla@test.example", route => route with { Language = Language.En })]);
    }
}
