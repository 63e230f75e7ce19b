using Grpc.Core;

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

    private static async Task<RpcException> WriteUntilRefusedAsync(Func<Task> write) => await Assert.ThrowsAsync<RpcException>(async () =>
    {
        using var patience = new CancellationTokenSource(KioskLink.Testing.Patience.Event);
        while (!patience.IsCancellationRequested)
            await write();
    });
}
