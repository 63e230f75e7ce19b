using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KioskLink.Node.Hosting;
using KioskLink.Node.Pages;
using KioskLink.Node.Panel;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Pages;

/// <summary>The node's pages beyond this machine: only with a certificate, and under its names alone.</summary>
public sealed class PagesCertificateTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("node.example.org", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("elsewhere.example.org", HttpStatusCode.Forbidden)]
    public async Task With_a_certificate_the_pages_speak_TLS_under_its_names_and_no_other(string host, HttpStatusCode expected)
    {
        WriteCertificate();
        using var written = X509Certificate2.CreateFromPem(File.ReadAllText(_folder["pages.pem"]));
        await using var pages = await StartAsync();
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == written.GetCertHashString();
        using var browser = new HttpClient(handler) { BaseAddress = new Uri(pages.Address) };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/pages/console.css");
        request.Headers.Host = host;

        using var answer = await browser.SendAsync(request);

        Assert.Equal(("https", expected), (new Uri(pages.Address).Scheme, answer.StatusCode));
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_read_stops_the_start_with_its_path()
    {
        var problem = await Assert.ThrowsAsync<StartProblem>(StartAsync);

        Assert.Contains(_folder["pages.pem"], problem.Message, StringComparison.Ordinal);
    }

    private Task<PagesHost> StartAsync() => PagesHost.StartAsync(
        new ListenConfig { Pages = "127.0.0.1:0", PagesCertificate = _folder["pages.pem"], PagesKey = _folder["pages.key"] },
        new Dictionary<string, PatronPanel>(), null, TimeProvider.System, Serilog.Core.Logger.None);

    private void WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=node", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("node.example.org");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        _folder.Write("pages.pem", certificate.ExportCertificatePem());
        _folder.Write("pages.key", key.ExportPkcs8PrivateKeyPem());
    }
}
