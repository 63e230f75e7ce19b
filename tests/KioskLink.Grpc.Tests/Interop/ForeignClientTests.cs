namespace Grpc.Testing;

/// <summary>Our server against the client of python3-grpcio: the cases of the public interoperability list, and more.</summary>
public sealed class ForeignClientTests(PythonStubs python) : IClassFixture<PythonStubs>, IAsyncLifetime
{
    private GrpcServer _server = null!;

    public async Task InitializeAsync() => _server = await GrpcServer.StartAsync(options => options.ResponseCompressionAlgorithm = "gzip");

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
    public async Task A_foreign_client_passes(string interopCase)
    {
        await python.RunClientAsync($"127.0.0.1:{_server.Port}", interopCase);
        await _server.AllCallsEnded();
    }
}
