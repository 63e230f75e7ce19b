using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Features;

namespace Grpc.Testing;

/// <summary>A server may end a call while its client is still sending: the client gets the call's status, not a broken pipe.</summary>
public sealed class EarlyEndTests
{
    private static readonly Status Full = new(StatusCode.ResourceExhausted, "no more, thanks");

    [Fact]
    public async Task The_writer_of_a_client_stream_gets_the_status()
    {
        await using var server = await GrpcServer.StartAsync(script: new ScriptedService { Input = (_, _) => throw new RpcException(Full) });
        using var call = server.Client().StreamingInputCall();

        Assert.Equal(Full, (await WriteUntilRefusedAsync(() => call.RequestStream.WriteAsync(new StreamingInputCallRequest()))).Status);
        Assert.Equal(Full, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync)).Status);
        await server.AllCallsEnded();
    }

    [Fact]
    public async Task The_writer_gets_the_status_even_where_headers_came_before_it()
    {
        await using var server = await GrpcServer.StartAsync(script: new ScriptedService
        {
            Input = async (_, context) =>
            {
                await context.WriteResponseHeadersAsync([]);
                throw new RpcException(Full);
            },
        });
        using var call = server.Client().StreamingInputCall();

        Assert.Equal(Full, (await WriteUntilRefusedAsync(() => call.RequestStream.WriteAsync(new StreamingInputCallRequest()))).Status);
    }

    [Fact]
    public async Task The_writer_of_a_duplex_stream_gets_the_status()
    {
        await using var server = await GrpcServer.StartAsync(script: new ScriptedService { Duplex = (_, _, _) => throw new RpcException(Full) });
        using var call = server.Client().FullDuplexCall();

        Assert.Equal(Full, (await WriteUntilRefusedAsync(() => call.RequestStream.WriteAsync(new StreamingOutputCallRequest()))).Status);
        await server.AllCallsEnded();
    }

    [Fact]
    public async Task Responses_sent_before_the_end_are_still_read()
    {
        await using var server = await GrpcServer.StartAsync(script: new ScriptedService
        {
            Duplex = async (_, responses, _) =>
            {
                await responses.WriteAsync(new StreamingOutputCallResponse());
                await responses.WriteAsync(new StreamingOutputCallResponse());
                throw new RpcException(Full);
            },
        });
        using var call = server.Client().FullDuplexCall();

        Assert.True(await call.ResponseStream.MoveNext());
        Assert.True(await call.ResponseStream.MoveNext());
        Assert.Equal(Full, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext())).Status);
        Assert.Equal(Full, (await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync(new StreamingOutputCallRequest()))).Status);
    }

    [Fact]
    public async Task Nothing_can_be_written_after_completion()
    {
        await using var server = await GrpcServer.StartAsync();
        using var call = server.Client().FullDuplexCall();
        await call.RequestStream.CompleteAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => call.RequestStream.WriteAsync(new StreamingOutputCallRequest()));
    }

    [Theory]
    [InlineData(2, StatusCode.Internal)]
    [InlineData(7, StatusCode.Unavailable)]
    [InlineData(8, StatusCode.Cancelled)]
    [InlineData(11, StatusCode.ResourceExhausted)]
    public async Task A_stream_that_is_reset_while_the_client_still_sends_ends_with_the_status_of_its_code(int error, StatusCode expected)
    {
        await using var server = await GrpcServer.StartAsync(script: new ScriptedService
        {
            Duplex = (_, _, context) => Reset(context, error),
            Input = async (_, context) =>
            {
                await Reset(context, error);
                return new StreamingInputCallResponse();
            },
        });
        using var duplex = server.Client().FullDuplexCall();
        using var input = server.Client().StreamingInputCall();

        Assert.Equal(expected, (await Assert.ThrowsAsync<RpcException>(() => duplex.ResponseStream.MoveNext())).StatusCode);
        Assert.Equal(expected, (await Assert.ThrowsAsync<RpcException>(() => input.ResponseAsync)).StatusCode);
        Assert.Equal(expected, (await WriteUntilRefusedAsync(() => input.RequestStream.WriteAsync(new StreamingInputCallRequest()))).StatusCode);
    }

    [Fact]
    public async Task A_stream_that_is_reset_while_its_one_large_request_is_sent_ends_with_the_status_of_its_code()
    {
        await using var server = await GrpcServer.StartAsync(map: app => app.Run(http =>
        {
            http.Features.GetRequiredFeature<IHttpResetFeature>().Reset(11);
            return Task.CompletedTask;
        }));
        var larger = new SimpleRequest { Payload = new Payload { Body = Google.Protobuf.ByteString.CopyFrom(new byte[4_000_000]) } };

        Assert.Equal(StatusCode.ResourceExhausted, (await Assert.ThrowsAsync<RpcException>(() => server.Client().UnaryCallAsync(larger).ResponseAsync)).StatusCode);
    }

    [Fact]
    public async Task A_write_that_meets_the_end_of_the_call_tells_it_as_a_status()
    {
        using var channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions { HttpHandler = new EndedStream() });
        using var call = new TestService.TestServiceClient(channel).FullDuplexCall();

        await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync(new StreamingOutputCallRequest()));
    }

    private static Task Reset(ServerCallContext context, int error)
    {
        context.GetHttpContext().Features.GetRequiredFeature<IHttpResetFeature>().Reset(error);
        return Task.CompletedTask;
    }

    private static async Task<RpcException> WriteUntilRefusedAsync(Func<Task> write) => await Assert.ThrowsAsync<RpcException>(async () =>
    {
        using var patience = new CancellationTokenSource(KioskLink.Testing.Patience.Event);
        while (!patience.IsCancellationRequested)
            await write();
    });

    /// <summary>A transport that has closed the stream of requests by the time the first one is written.</summary>
    private sealed class EndedStream : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var closed = new MemoryStream();
            closed.Dispose();
            _ = request.Content!.CopyToAsync(closed, cancellationToken);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent([]) { Headers = { { "content-type", "application/grpc" } } } });
        }
    }
}
