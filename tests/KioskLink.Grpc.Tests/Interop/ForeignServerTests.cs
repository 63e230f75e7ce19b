using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using KioskLink.Testing;

namespace Grpc.Testing;

/// <summary>Our client against the server of python3-grpcio: the cases of the public interoperability list.</summary>
public sealed class ForeignServerTests(PythonStubs python) : IClassFixture<PythonStubs>, IAsyncLifetime
{
    private const string Initial = "x-grpc-test-echo-initial";
    private const string Trailing = "x-grpc-test-echo-trailing-bin";
    private const string Special = "\t\ntest with whitespace\r\nand Unicode BMP \u263a and non-BMP \U0001F608\t\n";

    private RunningProgram _program = null!;
    private GrpcChannel _channel = null!;
    private TestService.TestServiceClient _client = null!;

    public async Task InitializeAsync()
    {
        (_program, var address) = await python.StartServerAsync();
        _channel = GrpcChannel.ForAddress(address);
        _client = new TestService.TestServiceClient(_channel);
    }

    public async Task DisposeAsync()
    {
        _channel.Dispose();
        await _program.DisposeAsync();
    }

    [Fact]
    public async Task Empty_unary() => Assert.Equal(new Empty(), await _client.EmptyCallAsync(new Empty()));

    [Fact]
    public async Task Large_unary()
    {
        var response = await _client.UnaryCallAsync(new SimpleRequest { ResponseSize = 314_159, Payload = Bytes(271_828) });

        Assert.Equal(314_159, response.Payload.Body.Length);
    }

    [Fact]
    public async Task Compressed_unary()
    {
        var headers = new Metadata { { "grpc-internal-encoding-request", "gzip" } };
        var response = await _client.UnaryCallAsync(new SimpleRequest { ResponseSize = 314_159, Payload = Bytes(271_828) }, headers);

        Assert.Equal(314_159, response.Payload.Body.Length);
    }

    [Fact]
    public async Task Client_streaming()
    {
        using var call = _client.StreamingInputCall();
        foreach (var size in new[] { 27182, 8, 1828, 45904 })
            await call.RequestStream.WriteAsync(new StreamingInputCallRequest { Payload = Bytes(size) });
        await call.RequestStream.CompleteAsync();

        Assert.Equal(74922, (await call).AggregatedPayloadSize);
    }

    [Fact]
    public async Task Server_streaming()
    {
        using var call = _client.StreamingOutputCall(Asking(31415, 9, 2653, 58979));
        var sizes = await call.ResponseStream.ReadAllAsync().Select(response => response.Payload.Body.Length).ToListAsync();

        Assert.Equal([31415, 9, 2653, 58979], sizes);
    }

    [Fact]
    public async Task Ping_pong()
    {
        using var call = _client.FullDuplexCall();
        foreach (var size in new[] { 31415, 9, 2653, 58979 })
        {
            await call.RequestStream.WriteAsync(Asking(size));
            Assert.True(await call.ResponseStream.MoveNext());
            Assert.Equal(size, call.ResponseStream.Current.Payload.Body.Length);
        }
        await call.RequestStream.CompleteAsync();

        Assert.False(await call.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task Empty_stream()
    {
        using var call = _client.FullDuplexCall();
        await call.RequestStream.CompleteAsync();

        Assert.False(await call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Cancel_after_begin()
    {
        using var cancel = new CancellationTokenSource();
        using var call = _client.StreamingInputCall(cancellationToken: cancel.Token);
        await cancel.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await FailureAsync(() => call.ResponseAsync)).StatusCode);
    }

    [Fact]
    public async Task Cancel_after_first_response()
    {
        using var cancel = new CancellationTokenSource();
        using var call = _client.FullDuplexCall(cancellationToken: cancel.Token);
        await call.RequestStream.WriteAsync(Asking(31415));
        Assert.True(await call.ResponseStream.MoveNext());
        await cancel.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await FailureAsync(() => call.ResponseStream.MoveNext())).StatusCode);
    }

    [Fact]
    public async Task Timeout_on_sleeping_server()
    {
        using var call = _client.FullDuplexCall(deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(50));

        Assert.Equal(StatusCode.DeadlineExceeded, (await FailureAsync(() => call.ResponseStream.MoveNext())).StatusCode);
    }

    [Fact]
    public async Task Custom_metadata()
    {
        var headers = new Metadata { { Initial, "test_initial_metadata_value" }, { Trailing, [0xab, 0xab, 0xab] } };
        using var call = _client.UnaryCallAsync(new SimpleRequest { ResponseSize = 1 }, headers);
        await call;

        Assert.Equal("test_initial_metadata_value", (await call.ResponseHeadersAsync).GetValue(Initial));
        Assert.Equal([0xab, 0xab, 0xab], call.GetTrailers().GetValueBytes(Trailing));

        using var duplex = _client.FullDuplexCall(headers);
        await duplex.RequestStream.WriteAsync(Asking(1));
        await duplex.RequestStream.CompleteAsync();
        Assert.Equal(1, await duplex.ResponseStream.ReadAllAsync().CountAsync());
        Assert.Equal("test_initial_metadata_value", (await duplex.ResponseHeadersAsync).GetValue(Initial));
        Assert.Equal([0xab, 0xab, 0xab], duplex.GetTrailers().GetValueBytes(Trailing));
    }

    [Theory]
    [InlineData("test status message")]
    [InlineData(Special)]
    public async Task Status_code_and_message(string message)
    {
        var status = new EchoStatus { Code = 2, Message = message };
        var failure = await FailureAsync(() => _client.UnaryCallAsync(new SimpleRequest { ResponseStatus = status }).ResponseAsync);

        Assert.Equal(new Status(StatusCode.Unknown, message), failure.Status);

        using var duplex = _client.FullDuplexCall();
        await duplex.RequestStream.WriteAsync(new StreamingOutputCallRequest { ResponseStatus = status });
        await duplex.RequestStream.CompleteAsync();
        Assert.Equal(new Status(StatusCode.Unknown, message), (await FailureAsync(() => duplex.ResponseStream.MoveNext())).Status);
    }

    [Fact]
    public async Task Mutual_tls()
    {
        using var certificates = new Certificates();
        var (program, address) = await python.StartServerAsync(certificates.ServerFiles());
        await using var stopped = program;
        using var channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpHandler = Handler(certificates, certificates.Client), DisposeHttpClient = true });
        using var strangers = GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpHandler = Handler(certificates, client: null), DisposeHttpClient = true });

        Assert.Equal(7, (await new TestService.TestServiceClient(channel).UnaryCallAsync(new SimpleRequest { ResponseSize = 7 })).Payload.Body.Length);
        var refused = await FailureAsync(() => new TestService.TestServiceClient(strangers).UnaryCallAsync(new SimpleRequest()).ResponseAsync);
        Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
    }

    [Fact]
    public async Task Unimplemented_method() =>
        Assert.Equal(StatusCode.Unimplemented, (await FailureAsync(() => _client.UnimplementedCallAsync(new Empty()).ResponseAsync)).StatusCode);

    [Fact]
    public async Task Unimplemented_service()
    {
        var client = new UnimplementedService.UnimplementedServiceClient(_channel);

        Assert.Equal(StatusCode.Unimplemented, (await FailureAsync(() => client.UnimplementedCallAsync(new Empty()).ResponseAsync)).StatusCode);
    }

    private static SocketsHttpHandler Handler(Certificates certificates, X509Certificate2? client) => new()
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, server, _, _) => certificates.Vouches(server as X509Certificate2),
            ClientCertificates = client is null ? [] : [client],
        },
    };

    private static Payload Bytes(int size) => new() { Body = ByteString.CopyFrom(new byte[size]) };

    private static StreamingOutputCallRequest Asking(params int[] sizes) =>
        new() { ResponseParameters = { sizes.Select(size => new ResponseParameters { Size = size }) } };

    private static Task<RpcException> FailureAsync(Func<Task> call) => Assert.ThrowsAsync<RpcException>(call);
}
