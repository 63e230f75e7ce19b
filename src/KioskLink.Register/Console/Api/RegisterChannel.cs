using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace KioskLink.Register.Console.Api;

/// <summary>
/// The console's way to the register: the register's own port, over TLS, with the session's token in every call. A page can
/// do nothing that the API cannot, and rights and audit are the same. The connection is made by the first call.
/// </summary>
internal sealed class RegisterChannel : IDisposable
{
    private readonly GrpcChannel _channel;
    private readonly TimeProvider _time;

    /// <summary>A channel to the register of this process.</summary>
    /// <param name="address">Where its gRPC listens.</param>
    /// <param name="server">The register's own certificate: no other is taken.</param>
    /// <param name="time">The clock for deadlines.</param>
    /// <param name="own">A certificate that is shown; the console has none and calls by session.</param>
    public RegisterChannel(Uri address, X509Certificate2 server, TimeProvider time, X509Certificate2? own = null)
    {
        _time = time;
        var (expected, endPoint) = (server.RawData, EndPointOf(address));
        var handler = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectCallback = (_, cancel) => ConnectAsync(endPoint, cancel),
        };
        if (own is not null)
            handler.SslOptions.ClientCertificates = [own];
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null && shown.GetRawCertData().AsSpan().SequenceEqual(expected);
        _channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
    }

    /// <summary>Calls in the name of a session; without a token those that need none.</summary>
    public CallInvoker For(string? token) => _channel.Intercept(new SessionCalls(token, _time));

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();

    private static IPEndPoint EndPointOf(Uri address) =>
        IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && !ip.Equals(IPAddress.Any) && !ip.Equals(IPAddress.IPv6Any)
            ? new IPEndPoint(ip, address.Port)
            : new IPEndPoint(IPAddress.Loopback, address.Port);

    private static async ValueTask<Stream> ConnectAsync(IPEndPoint endPoint, CancellationToken cancel)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
