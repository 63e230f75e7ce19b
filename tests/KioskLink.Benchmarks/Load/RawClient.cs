using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace KioskLink.Benchmarks.Load;

/// <summary>
/// The one client for a service and for its baseline: HTTP/2 over mutual TLS on a few connections, bytes in and bytes out.
/// Thread-safe.
/// </summary>
internal sealed class RawClient : IDisposable
{
    private const string Timeout = "5S";
    private static readonly MediaTypeHeaderValue ContentType = new("application/grpc");
    private readonly HttpMessageInvoker[] _connections;
    private readonly Uri _address;
    private int _next;

    /// <summary>Prepares the connections; the first calls open them.</summary>
    /// <param name="address">What is called.</param>
    /// <param name="caller">The certificate that is shown.</param>
    /// <param name="server">The only certificate that is taken.</param>
    /// <param name="connections">How many connections share the calls.</param>
    public RawClient(Uri address, X509Certificate2 caller, X509Certificate2 server, int connections)
    {
        _address = address;
        _connections = [.. Enumerable.Range(0, connections).Select(_ => new HttpMessageInvoker(NewHandler(caller, server.RawData)))];
    }

    /// <summary>Sends a body and returns the answer's.</summary>
    /// <exception cref="InvalidOperationException">The server refused it.</exception>
    public async Task<byte[]> CallAsync(byte[] body) =>
        await TryCallAsync(body) ?? throw new InvalidOperationException("The server refused a call that is part of the measurement.");

    /// <summary>Sends a body and returns the answer's, or null when the server refused it.</summary>
    public async Task<byte[]?> TryCallAsync(byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _address)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body) { Headers = { ContentType = ContentType } },
        };
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        request.Headers.Add("grpc-timeout", Timeout);
        var connection = _connections[(uint)Interlocked.Increment(ref _next) % (uint)_connections.Length];
        using var response = await connection.SendAsync(request, CancellationToken.None);
        var answer = await response.Content.ReadAsByteArrayAsync();
        return response.IsSuccessStatusCode && StatusOf(response) is null or "0" ? answer : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var connection in _connections)
            connection.Dispose();
    }

    private static string? StatusOf(HttpResponseMessage response) =>
        response.TrailingHeaders.TryGetValues("grpc-status", out var trailer) ? trailer.First()
        : response.Headers.TryGetValues("grpc-status", out var header) ? header.First()
        : null;

    private static SocketsHttpHandler NewHandler(X509Certificate2 caller, byte[] server) => new()
    {
        UseProxy = false,
        UseCookies = false,
        SslOptions = new SslClientAuthenticationOptions
        {
            ClientCertificateContext = SslStreamCertificateContext.Create(caller, additionalCertificates: null, offline: true),
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null && shown.GetRawCertData().AsSpan().SequenceEqual(server),
        },
    };
}
