using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;
using KioskLink.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Grpc.Testing;

/// <summary>Calls run over TLS, mutual TLS and Unix sockets as over plain TCP.</summary>
public sealed class TransportTests
{
    [Fact]
    public async Task Mutual_tls_shows_the_server_who_calls()
    {
        using var certificates = new Certificates();
        await using var server = await StartWithTlsAsync(certificates, NameOfCaller(certificates));
        using var handler = new SocketsHttpHandler { SslOptions = Options(certificates, certificates.Client) };

        Assert.Equal("CN=node-1", await CallAsync(server.Address, handler));
    }

    [Fact]
    public async Task A_caller_without_a_certificate_can_be_refused_with_a_reason()
    {
        using var certificates = new Certificates();
        await using var server = await StartWithTlsAsync(certificates, NameOfCaller(certificates));
        using var handler = new SocketsHttpHandler { SslOptions = Options(certificates, client: null) };
        var failure = await Assert.ThrowsAsync<RpcException>(() => CallAsync(server.Address, handler));

        Assert.Equal(new Status(StatusCode.Unauthenticated, "no certificate of ours"), failure.Status);
    }

    [Fact]
    public async Task A_server_that_the_caller_does_not_trust_is_unavailable()
    {
        using var certificates = new Certificates();
        using var others = new Certificates();
        await using var server = await StartWithTlsAsync(certificates, NameOfCaller(certificates));
        using var handler = new SocketsHttpHandler { SslOptions = Options(others, client: null) };

        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => CallAsync(server.Address, handler))).StatusCode);
    }

    [Fact]
    public async Task A_unix_socket_carries_calls()
    {
        using var folder = new TempFolder();
        await using var server = await GrpcServer.StartAsync(
            kestrel: options => options.ListenUnixSocket(folder["grpc.sock"], endpoint => endpoint.Protocols = HttpProtocols.Http2),
            script: new ScriptedService { Unary = (_, context) => Task.FromResult(Answer(context.Peer)) });
        using var handler = new SocketsHttpHandler { ConnectCallback = (_, stop) => ConnectAsync(folder["grpc.sock"], stop) };

        Assert.Equal("unix:", await CallAsync("http://localhost", handler));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unavailable()
    {
        using var handler = new SocketsHttpHandler();

        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => CallAsync($"http://127.0.0.1:{FreePort.Next()}", handler))).StatusCode);
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, StatusCode.Unavailable)]
    [InlineData(new byte[] { }, StatusCode.Unavailable)]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff }, StatusCode.Internal)]
    public async Task A_server_that_says_goodbye_or_closes_is_unavailable_and_one_that_speaks_nonsense_internal(byte[] frames, StatusCode expected)
    {
        await using var server = RawServer.Answering(frames);
        using var handler = new SocketsHttpHandler();

        Assert.Equal(expected, (await Assert.ThrowsAsync<RpcException>(() => CallAsync(server.Address, handler))).StatusCode);
    }

    private static Task<GrpcServer> StartWithTlsAsync(Certificates certificates, ScriptedService script) => GrpcServer.StartAsync(
        script: script,
        listen: endpoint => endpoint.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificate = certificates.Server,
            ClientCertificateMode = ClientCertificateMode.AllowCertificate,
            ClientCertificateValidation = (_, _, _) => true,
        }));

    private static ScriptedService NameOfCaller(Certificates certificates) => new()
    {
        Unary = (_, context) => context.GetHttpContext().Connection.ClientCertificate is { } caller && certificates.Vouches(caller)
            ? Task.FromResult(Answer(caller.Subject))
            : throw new RpcException(new Status(StatusCode.Unauthenticated, "no certificate of ours")),
    };

    private static SslClientAuthenticationOptions Options(Certificates trusted, X509Certificate2? client) => new()
    {
        RemoteCertificateValidationCallback = (_, certificate, _, _) => trusted.Vouches(certificate as X509Certificate2),
        ClientCertificates = client is null ? [] : [client],
    };

    private static async Task<string> CallAsync(string address, HttpMessageHandler handler)
    {
        using var channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpHandler = handler });
        return (await new TestService.TestServiceClient(channel).UnaryCallAsync(new SimpleRequest())).Payload.Body.ToStringUtf8();
    }

    private static SimpleResponse Answer(string text) => new() { Payload = new Payload { Body = Google.Protobuf.ByteString.CopyFromUtf8(text) } };

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
