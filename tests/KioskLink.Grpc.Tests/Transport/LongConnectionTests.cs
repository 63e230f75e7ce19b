using Grpc.Core;
using KioskLink.Testing;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Grpc.Testing;

/// <summary>Streams live as long as both sides want, and a server that stops lets running calls end.</summary>
public sealed class LongConnectionTests
{
    /// <summary>Kestrel looks at data rates once a second.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task A_quiet_stream_is_not_taken_for_a_slow_upload()
    {
        await using var server = await GrpcServer.StartAsync(kestrel: options => options.Limits.MinRequestBodyDataRate = new MinDataRate(240, TimeSpan.FromSeconds(1.5)));
        using var call = server.Client().FullDuplexCall();
        await PingAsync(call);
        await Task.Delay(Quiet);
        await PingAsync(call);
    }

    [Fact]
    public async Task A_slow_reader_of_responses_loses_nothing()
    {
        await using var server = await GrpcServer.StartAsync(kestrel: options => options.Limits.MinResponseDataRate = new MinDataRate(240, TimeSpan.FromSeconds(1.5)));
        using var call = server.Client().StreamingOutputCall(new StreamingOutputCallRequest { ResponseParameters = { Enumerable.Repeat(new ResponseParameters { Size = 1_000_000 }, 10) } });
        Assert.True(await call.ResponseStream.MoveNext());
        await Task.Delay(Quiet);
        for (var i = 1; i < 10; i++)
            Assert.True(await call.ResponseStream.MoveNext());

        Assert.False(await call.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task A_server_that_stops_lets_running_calls_end()
    {
        var begun = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        await using var server = await GrpcServer.StartAsync(script: new ScriptedService
        {
            Unary = async (_, _) =>
            {
                begun.SetResult();
                await goOn.Task;
                return new SimpleResponse();
            },
        });
        var client = server.Client();
        var running = client.UnaryCallAsync(new SimpleRequest());
        await Patience.For(begun.Task, "the call");
        var stopping = server.StopAsync(CancellationToken.None);

        Assert.False(stopping.IsCompleted);
        await Patience.Until(() => IsRefused(client), "new calls on the same connection are refused");
        Assert.False(running.ResponseAsync.IsCompleted);
        goOn.SetResult();
        await running;
        await Patience.For(stopping, "the server to stop");
        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => server.Client().UnaryCallAsync(new SimpleRequest()).ResponseAsync)).StatusCode);
    }

    [Fact]
    public async Task A_client_that_pings_notices_a_silent_network()
    {
        await using var server = await GrpcServer.StartAsync();
        await using var wire = SilentWire.Start(server.Port);
        using var handler = new SocketsHttpHandler
        {
            KeepAlivePingDelay = TimeSpan.FromSeconds(1),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(1),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        };
        using var channel = Net.Client.GrpcChannel.ForAddress($"http://127.0.0.1:{wire.Port}", new Net.Client.GrpcChannelOptions { HttpHandler = handler });
        using var call = new TestService.TestServiceClient(channel).FullDuplexCall();
        await PingAsync(call);
        wire.DropEverything();

        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext())).StatusCode);
    }

    private static async Task<bool> IsRefused(TestService.TestServiceClient client)
    {
        using var call = client.StreamingOutputCall(new StreamingOutputCallRequest());
        try
        {
            await call.ResponseStream.MoveNext();
            return false;
        }
        catch (RpcException refused)
        {
            Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
            return true;
        }
    }

    private static async Task PingAsync(AsyncDuplexStreamingCall<StreamingOutputCallRequest, StreamingOutputCallResponse> call)
    {
        await call.RequestStream.WriteAsync(new StreamingOutputCallRequest { ResponseParameters = { new ResponseParameters { Size = 1 } } });
        Assert.True(await call.ResponseStream.MoveNext());
    }
}
