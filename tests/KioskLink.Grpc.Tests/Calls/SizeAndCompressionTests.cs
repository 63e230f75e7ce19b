using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.Testing;

/// <summary>Limits on messages hold on both sides, and gzip is used where both sides know it.</summary>
public sealed class SizeAndCompressionTests
{
    private const string Unary = "/grpc.testing.TestService/UnaryCall";

    [Fact]
    public async Task A_client_refuses_a_response_beyond_its_limit()
    {
        await using var server = await GrpcServer.StartAsync();
        var client = server.Client(options => options.MaxReceiveMessageSize = 1000);

        Assert.Equal(StatusCode.ResourceExhausted, await CodeAsync(client, new SimpleRequest { ResponseSize = 2000 }));
        Assert.Equal(StatusCode.OK, await CodeAsync(client, new SimpleRequest { ResponseSize = 900 }));
        await server.AllCallsEnded();
    }

    [Fact]
    public async Task A_client_does_not_send_a_request_beyond_its_limit()
    {
        await using var server = await GrpcServer.StartAsync();
        var client = server.Client(options => options.MaxSendMessageSize = 1000);

        Assert.Equal(StatusCode.ResourceExhausted, await CodeAsync(client, new SimpleRequest { Payload = Bytes(2000) }));
        using var call = client.StreamingInputCall();
        var failure = await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync(new StreamingInputCallRequest { Payload = Bytes(2000) }));
        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
        await server.AllCallsEnded();
    }

    [Fact]
    public async Task A_server_refuses_a_request_beyond_its_limit_and_one_service_may_have_its_own()
    {
        await using var server = await GrpcServer.StartAsync(
            options => options.MaxReceiveMessageSize = 1000,
            services => services.AddGrpc().AddServiceOptions<TestServer>(options => options.MaxReceiveMessageSize = 3000));

        Assert.Equal(StatusCode.OK, await CodeAsync(server.Client(), new SimpleRequest { Payload = Bytes(2000) }));
        Assert.Equal(StatusCode.ResourceExhausted, await CodeAsync(server.Client(), new SimpleRequest { Payload = Bytes(4000) }));
    }

    [Fact]
    public async Task A_server_does_not_send_a_response_beyond_its_limit()
    {
        await using var server = await GrpcServer.StartAsync(options => options.MaxSendMessageSize = 1000);

        Assert.Equal(StatusCode.ResourceExhausted, await CodeAsync(server.Client(), new SimpleRequest { ResponseSize = 2000 }));
        using var call = server.Client().StreamingOutputCall(new StreamingOutputCallRequest { ResponseParameters = { new ResponseParameters { Size = 10 }, new ResponseParameters { Size = 2000 } } });
        Assert.True(await call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.ResourceExhausted, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext())).StatusCode);
    }

    [Fact]
    public async Task Messages_without_a_limit_may_be_larger_than_any_window()
    {
        await using var server = await GrpcServer.StartAsync(options => options.MaxReceiveMessageSize = null);
        var client = server.Client(options => options.MaxReceiveMessageSize = null);
        var response = await client.UnaryCallAsync(new SimpleRequest { ResponseSize = 40_000_000, Payload = Bytes(40_000_000) });

        Assert.Equal(40_000_000, response.Payload.Body.Length);
    }

    [Fact]
    public async Task Responses_are_packed_for_a_client_that_accepts_it()
    {
        await using var server = await GrpcServer.StartAsync(options => options.ResponseCompressionAlgorithm = "gzip");
        var http = new RawHttp(server.Address);
        var request = RawHttp.Frame(new SimpleRequest { ResponseSize = 100_000 }.ToByteArray());
        using var packed = await http.PostAsync(Unary, request, ("grpc-accept-encoding", "identity,gzip"));
        using var plain = await http.PostAsync(Unary, request);

        Assert.Equal("gzip", packed.Headers.GetValues("grpc-encoding").Single());
        Assert.InRange((await packed.Content.ReadAsByteArrayAsync()).Length, 6, 10_000);
        Assert.False(plain.Headers.Contains("grpc-encoding"));
        Assert.InRange((await plain.Content.ReadAsByteArrayAsync()).Length, 100_000, 100_100);
    }

    [Fact]
    public async Task An_empty_message_is_sent_as_it_is()
    {
        await using var server = await GrpcServer.StartAsync(options => options.ResponseCompressionAlgorithm = "gzip");
        using var response = await new RawHttp(server.Address).PostAsync("/grpc.testing.TestService/EmptyCall", RawHttp.Frame([]), ("grpc-accept-encoding", "gzip"));

        Assert.Equal(RawHttp.Frame([]), await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_method_may_keep_a_message_of_a_packed_stream_unpacked()
    {
        await using var server = await GrpcServer.StartAsync(options => options.ResponseCompressionAlgorithm = "gzip", script: new ScriptedService
        {
            Output = async (_, responses, _) =>
            {
                responses.WriteOptions = new WriteOptions(WriteFlags.NoCompress);
                await responses.WriteAsync(new StreamingOutputCallResponse { Payload = Bytes(1000) });
                responses.WriteOptions = WriteOptions.Default;
                await responses.WriteAsync(new StreamingOutputCallResponse { Payload = Bytes(1000) });
            },
        });
        using var response = await new RawHttp(server.Address).PostAsync("/grpc.testing.TestService/StreamingOutputCall", RawHttp.Frame([]), ("grpc-accept-encoding", "gzip"));
        var body = await response.Content.ReadAsByteArrayAsync();
        var second = 5 + new StreamingOutputCallResponse { Payload = Bytes(1000) }.CalculateSize();

        Assert.Equal((0, 1), (body[0], body[second]));
        Assert.InRange(body.Length, second + 6, second + 500);
    }

    [Fact]
    public async Task Requests_are_packed_where_the_caller_asks_for_it()
    {
        string? encoding = null;
        var script = new ScriptedService
        {
            Unary = (request, context) =>
            {
                encoding = context.GetHttpContext().Request.Headers["grpc-encoding"];
                return Task.FromResult(new SimpleResponse { Payload = request.Payload });
            },
        };
        await using var server = await GrpcServer.StartAsync(script: script);
        var response = await server.Client().UnaryCallAsync(new SimpleRequest { Payload = Bytes(5000) }, new Metadata { { "grpc-internal-encoding-request", "gzip" } });

        Assert.Equal(5000, response.Payload.Body.Length);
        Assert.Equal("gzip", encoding);
    }

    private static Payload Bytes(int size) => new() { Body = ByteString.CopyFrom(new byte[size]) };

    private static async Task<StatusCode> CodeAsync(TestService.TestServiceClient client, SimpleRequest request)
    {
        using var call = client.UnaryCallAsync(request);
        await Task.WhenAny(call.ResponseAsync);
        return call.GetStatus().StatusCode;
    }
}
