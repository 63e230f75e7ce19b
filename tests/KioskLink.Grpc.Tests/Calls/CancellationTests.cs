using Grpc.Core;
using KioskLink.Testing;

namespace Grpc.Testing;

/// <summary>Whoever gives a call up, the other side learns it.</summary>
public sealed class CancellationTests : IAsyncLifetime
{
    private readonly TaskCompletionSource _begun = new();
    private readonly TaskCompletionSource _cancelled = new();
    private GrpcServer _server = null!;

    public async Task InitializeAsync() => _server = await GrpcServer.StartAsync(script: new ScriptedService
    {
        Unary = async (_, context) =>
        {
            await WaitAsync(context);
            return new SimpleResponse();
        },
        Duplex = (_, _, context) => WaitAsync(context),
    });

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task The_callers_token_cancels_the_method()
    {
        using var cancel = new CancellationTokenSource();
        var call = _server.Client().UnaryCallAsync(new SimpleRequest(), cancellationToken: cancel.Token);
        await Patience.For(_begun.Task, "the call");
        await cancel.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync)).StatusCode);
        await MethodWasCancelled();
    }

    [Fact]
    public async Task Disposing_the_call_cancels_the_method()
    {
        var call = _server.Client().FullDuplexCall();
        await Patience.For(_begun.Task, "the call");
        call.Dispose();

        Assert.Equal(StatusCode.Cancelled, call.GetStatus().StatusCode);
        await MethodWasCancelled();
    }

    [Fact]
    public async Task Cancelling_a_read_cancels_the_call()
    {
        using var cancel = new CancellationTokenSource();
        using var call = _server.Client().FullDuplexCall();
        await Patience.For(_begun.Task, "the call");
        var read = call.ResponseStream.MoveNext(cancel.Token);
        await cancel.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => read)).StatusCode);
        await MethodWasCancelled();
    }

    [Fact]
    public async Task Disposing_the_channel_cancels_its_calls()
    {
        var channel = _server.Channel();
        var call = new TestService.TestServiceClient(channel).UnaryCallAsync(new SimpleRequest());
        await Patience.For(_begun.Task, "the call");
        channel.Dispose();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync)).StatusCode);
        await MethodWasCancelled();
    }

    [Fact]
    public async Task A_channel_may_throw_the_exception_of_cancellation_instead()
    {
        using var cancel = new CancellationTokenSource();
        var client = _server.Client(options => options.ThrowOperationCanceledOnCancellation = true);
        var call = client.UnaryCallAsync(new SimpleRequest(), cancellationToken: cancel.Token);
        await Patience.For(_begun.Task, "the call");
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.ResponseAsync);
    }

    [Fact]
    public async Task Headers_and_status_of_a_cancelled_call_can_be_asked_for()
    {
        var call = _server.Client().FullDuplexCall();
        var headers = call.ResponseHeadersAsync;
        await Patience.For(_begun.Task, "the call");
        call.Dispose();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => headers)).StatusCode);
        Assert.Empty(call.GetTrailers());
    }

    private async Task MethodWasCancelled()
    {
        await Patience.For(_cancelled.Task, "the token of the method");
        await _server.AllCallsEnded();
    }

    private async Task WaitAsync(ServerCallContext context)
    {
        using var registration = context.CancellationToken.Register(() => _cancelled.TrySetResult());
        _begun.TrySetResult();
        await Task.Delay(Timeout.Infinite, context.CancellationToken);
    }
}
