using Google.Protobuf;
using Grpc.Core;
using KioskLink.Testing;

namespace Grpc.Testing;

/// <summary>What a caller or a method does against the rules is told to it alone, as the official packages tell it.</summary>
public sealed class MisuseTests
{
    private const int LargerThanAnyWindow = 4_000_000;

    [Fact]
    public async Task Status_and_trailers_cannot_be_asked_for_before_the_end()
    {
        await using var server = await GrpcServer.StartAsync();
        using var call = server.Client().FullDuplexCall();

        Assert.Throws<InvalidOperationException>(() => call.GetStatus());
        Assert.Throws<InvalidOperationException>(() => call.GetTrailers());
        Assert.Throws<InvalidOperationException>(() => call.ResponseStream.Current);
        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        Assert.False(await call.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task A_second_read_while_one_waits_is_refused_and_the_first_goes_on()
    {
        await using var server = await GrpcServer.StartAsync();
        using var call = server.Client().FullDuplexCall();
        var first = call.ResponseStream.MoveNext();

        await Assert.ThrowsAsync<InvalidOperationException>(() => Patience.For(call.ResponseStream.MoveNext(), "the refusal of the second read"));
        await call.RequestStream.WriteAsync(new StreamingOutputCallRequest { ResponseParameters = { new ResponseParameters { Size = 3 } } });
        Assert.True(await first);
        Assert.Equal(3, call.ResponseStream.Current.Payload.Body.Length);
    }

    [Fact]
    public async Task A_second_write_and_the_end_of_the_stream_are_refused_while_a_write_waits()
    {
        var goOn = new TaskCompletionSource();
        await using var server = await GrpcServer.StartAsync(script: new ScriptedService
        {
            Input = async (requests, context) =>
            {
                await goOn.Task.WaitAsync(context.CancellationToken);
                return new StreamingInputCallResponse { AggregatedPayloadSize = await requests.ReadAllAsync().Select(request => request.Payload.Body.Length).SumAsync() };
            },
        });
        using var call = server.Client().StreamingInputCall();
        var first = call.RequestStream.WriteAsync(Bytes(LargerThanAnyWindow));

        await Assert.ThrowsAsync<InvalidOperationException>(() => call.RequestStream.WriteAsync(Bytes(1)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => call.RequestStream.CompleteAsync());
        goOn.SetResult();
        await first;
        await call.RequestStream.WriteAsync(Bytes(1));
        await call.RequestStream.CompleteAsync();
        await call.RequestStream.CompleteAsync();
        Assert.Equal(LargerThanAnyWindow + 1, (await call).AggregatedPayloadSize);
    }

    [Fact]
    public async Task A_deadline_must_be_utc()
    {
        await using var server = await GrpcServer.StartAsync();
        var local = DateTime.SpecifyKind(TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1), DateTimeKind.Unspecified);

        Assert.Throws<InvalidOperationException>(() => server.Client().UnaryCallAsync(new SimpleRequest(), deadline: local));
        await server.Client().UnaryCallAsync(new SimpleRequest(), deadline: DateTime.MaxValue);
        var over = await Assert.ThrowsAsync<RpcException>(() => server.Client().UnaryCallAsync(new SimpleRequest(), deadline: DateTime.MinValue).ResponseAsync);
        Assert.Equal(StatusCode.DeadlineExceeded, over.StatusCode);
    }

    [Fact]
    public async Task A_method_that_returns_no_message_ends_its_call_as_cancelled()
    {
        await using var server = await GrpcServer.StartAsync(script: new ScriptedService
        {
            Unary = (_, _) => Task.FromResult<SimpleResponse>(null!),
            Input = (_, _) => Task.FromResult<StreamingInputCallResponse>(null!),
        });
        using var input = server.Client().StreamingInputCall();
        await input.RequestStream.CompleteAsync();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => server.Client().UnaryCallAsync(new SimpleRequest()).ResponseAsync)).StatusCode);
        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => input.ResponseAsync)).StatusCode);
    }

    [Fact]
    public async Task A_method_may_throw_with_the_trailers_of_its_own_call()
    {
        await using var server = await GrpcServer.StartAsync(script: new ScriptedService
        {
            Unary = (_, context) =>
            {
                context.ResponseTrailers.Add("x-reason", "USE_BAN");
                throw new RpcException(new Status(StatusCode.PermissionDenied, "no"), context.ResponseTrailers);
            },
        });
        var failure = await Assert.ThrowsAsync<RpcException>(() => server.Client().UnaryCallAsync(new SimpleRequest()).ResponseAsync);

        Assert.Equal(new Status(StatusCode.PermissionDenied, "no"), failure.Status);
        Assert.Equal(["USE_BAN"], failure.Trailers.GetAll("x-reason").Select(entry => entry.Value));
    }

    [Fact]
    public async Task A_method_that_writes_twice_at_once_hears_of_it_and_its_call_goes_on()
    {
        var refused = new TaskCompletionSource<Exception>();
        await using var server = await GrpcServer.StartAsync(script: new ScriptedService
        {
            Output = async (_, responses, _) =>
            {
                var first = responses.WriteAsync(new StreamingOutputCallResponse { Payload = Bytes(LargerThanAnyWindow).Payload });
                refused.SetResult(await Assert.ThrowsAsync<InvalidOperationException>(() => responses.WriteAsync(new StreamingOutputCallResponse())));
                await first;
            },
        });
        using var call = server.Client().StreamingOutputCall(new StreamingOutputCallRequest());
        await Patience.For(refused.Task, "the refusal of the second write");

        Assert.True(await call.ResponseStream.MoveNext());
        Assert.Equal(LargerThanAnyWindow, call.ResponseStream.Current.Payload.Body.Length);
        Assert.False(await call.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task A_method_that_leaves_a_write_behind_ends_its_call_as_internal()
    {
        await using var server = await GrpcServer.StartAsync(script: new ScriptedService
        {
            Output = (_, responses, _) =>
            {
                _ = responses.WriteAsync(new StreamingOutputCallResponse { Payload = Bytes(LargerThanAnyWindow).Payload });
                return Task.CompletedTask;
            },
        });
        using var call = server.Client().StreamingOutputCall(new StreamingOutputCallRequest());

        Assert.Equal(StatusCode.Internal, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext())).StatusCode);
        await server.AllCallsEnded();
    }

    private static StreamingInputCallRequest Bytes(int size) => new() { Payload = new Payload { Body = ByteString.CopyFrom(new byte[size]) } };
}
