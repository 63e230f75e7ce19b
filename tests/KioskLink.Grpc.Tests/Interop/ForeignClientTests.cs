using KioskLink.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.Testing;

/// <summary>Our server against the client of python3-grpcio: the cases of the public interoperability list, and more.</summary>
public sealed class ForeignClientTests(PythonStubs python) : IClassFixture<PythonStubs>, IAsyncLifetime
{
    private GrpcServer _server = null!;

    public async Task InitializeAsync() => _server = await GrpcServer.StartAsync(
        options => options.ResponseCompressionAlgorithm = "gzip",
        services =>
        {
            services.AddGrpcHealthChecks();
            services.AddGrpcReflection();
        },
        app =>
        {
            app.MapGrpcHealthChecksService();
            app.MapGrpcReflectionService();
        });

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("empty_unary")]
    [InlineData("large_unary")]
    [InlineData("client_streaming")]
    [InlineData("server_streaming")]
    [InlineData("ping_pong")]
    [InlineData("empty_stream")]
    [InlineData("cancel_after_begin")]
    [InlineData("cancel_after_first_response")]
    [InlineData("timeout_on_sleeping_server")]
    [InlineData("custom_metadata")]
    [InlineData("status_code_and_message")]
    [InlineData("special_status_message")]
    [InlineData("unimplemented_method")]
    [InlineData("unimplemented_service")]
    [InlineData("compressed_unary")]
    [InlineData("compressed_streams")]
    [InlineData("unknown_encoding")]
    [InlineData("too_large_request")]
    [InlineData("health_check_and_watch")]
    [InlineData("dynamic_call_by_reflection")]
    public async Task A_foreign_client_passes(string interopCase)
    {
        await python.RunClientAsync($"127.0.0.1:{_server.Port}", interopCase);
        await _server.AllCallsEnded();
    }

    [Fact]
    public async Task A_foreign_client_passes_over_mutual_tls()
    {
        using var certificates = new Certificates();
        await using var server = await GrpcServer.StartAsync(listen: endpoint => endpoint.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificate = certificates.Server,
            ClientCertificateMode = ClientCertificateMode.RequireCertificate,
            ClientCertificateValidation = (caller, _, _) => certificates.Vouches(caller),
        }));
        await python.RunClientAsync($"127.0.0.1:{server.Port}", "ping_pong", certificates.ClientFiles());
    }

    [Fact]
    public async Task A_foreign_client_passes_over_a_unix_socket()
    {
        using var folder = new TempFolder();
        await using var server = await GrpcServer.StartAsync(
            kestrel: options => options.ListenUnixSocket(folder["grpc.sock"], endpoint => endpoint.Protocols = HttpProtocols.Http2));
        await python.RunClientAsync($"unix:{folder["grpc.sock"]}", "ping_pong");
    }
}
