using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KioskLink.Circulation.Machines;
using KioskLink.Node.Tests.Rig;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Circulation;

/// <summary>A machine whose line to the node is TLS, with the certificate that node.json names.</summary>
public sealed class TlsMachineTests : IAsyncLifetime
{
    private const string NoTime = "                  ";

    private readonly TempFolder _folder = new();
    private readonly X509Certificate2 _certificate = NewCertificate();
    private MachineHall _hall = null!;

    public async Task InitializeAsync()
    {
        var (certificate, key) = (_folder.Write("sip2.pem", _certificate.ExportCertificatePem()), _folder.Write("sip2.key", _certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()));
        _hall = await MachineHall.OpenAsync(sip2 => sip2 with
        {
            Listeners = [new Sip2ListenConfig { Address = "127.0.0.1:0", Certificate = certificate, CertificateKey = key }],
        });
    }

    public async Task DisposeAsync()
    {
        await _hall.DisposeAsync();
        _certificate.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_machine_logs_in_and_lends_over_TLS()
    {
        await using var machine = await LineDevice.ConnectAsync(_hall.Address, wrap: SecureAsync);

        Assert.Equal("941", await machine.SayAsync(MachineHall.Login));
        var lent = await machine.SayAsync($"11YN{MachineHall.Time}{NoTime}AOKIRJ|AA{FakeLending.Card}|ABITEM1|AC|AD{FakeLending.Pin}|BON|BIN|");

        Assert.StartsWith("121NNY", lent, StringComparison.Ordinal);
        Assert.Equal(FakeLending.Card, _hall.Lending.Loans["ITEM1"]);
    }

    [Fact]
    public async Task A_machine_that_speaks_in_clear_is_hung_up_on_and_no_login_is_looked_at()
    {
        await using var machine = await LineDevice.ConnectAsync(_hall.Address);

        var answer = await machine.SayAsync(MachineHall.Login);

        // What TLS says to it before it hangs up is no SIP2.
        Assert.DoesNotContain("94", answer, StringComparison.Ordinal);
        Assert.Empty(_hall.Desk.Connected);
        Assert.Equal(0, _hall.Desk.Counts.Messages);
    }

    private async Task<Stream> SecureAsync(Stream clear)
    {
        var secure = new SslStream(clear);
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "sip2",
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null && shown.GetRawCertData().AsSpan().SequenceEqual(_certificate.RawData),
        });
        return secure;
    }

    private static X509Certificate2 NewCertificate()
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=sip2", key, HashAlgorithmName.SHA256).CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
    }
}
