using Grpc.Core;
using KioskLink.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.Testing;

/// <summary>A call whose time is over ends, on both sides, whatever the method is doing.</summary>
public sealed class DeadlineTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task The_method_sees_the_deadline_and_its_token_fires()
    {
        var cancelled = new TaskCompletionSource<DateTime>();
        var script = new ScriptedService
        {
            Unary = async (_, context) =>
            {
                context.CancellationToken.Register(() => cancelled.TrySetResult(context.Deadline));
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
                return new SimpleResponse();
            },
        };
        await using var server = await GrpcServer.StartAsync(script: script);
        var deadline = In(Short);
        var failure = await Assert.ThrowsAsync<RpcException>(() => server.Client().UnaryCallAsync(new SimpleRequest(), deadline: deadline).ResponseAsync);

        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
        var seen = await Patience.For(cancelled.Task, "the server's token");
        Assert.InRange(seen, deadline.AddSeconds(-10), deadline.AddSeconds(10));
        await server.AllCallsEnded();
    }

    [Fact]
    public async Task A_method_that_ignores_its_token_is_answered_for()
    {
        var goOn = new TaskCompletionSource();
        var script = new ScriptedService
        {
            Unary = async (_, _) =>
            {
                await goOn.Task;
                return new SimpleResponse();
            },
        };
        await using var server = await GrpcServer.StartAsync(script: script);
        var http = new RawHttp(server.Address);
        using var response = await http.PostAsync("/grpc.testing.TestService/UnaryCall", RawHttp.Frame([]), ("grpc-timeout", "100m"));

        Assert.Equal("4", response.Headers.GetValues("grpc-status").Single());
        goOn.SetResult();
        await server.AllCallsEnded();
    }

    [Fact]
    public async Task A_read_of_requests_ends_with_the_deadline()
    {
        var ended = new TaskCompletionSource<Exception>();
        var script = new ScriptedService
        {
            Input = async (requests, _) =>
            {
                try
                {
                    await requests.MoveNext();
                }
                catch (OperationCanceledException cancelled)
                {
                    ended.SetResult(cancelled);
                    throw;
                }
                return new StreamingInputCallResponse();
            },
        };
        await using var server = await GrpcServer.StartAsync(script: script);
        using var call = server.Client().StreamingInputCall(deadline: In(Short));

        Assert.Equal(StatusCode.DeadlineExceeded, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync)).StatusCode);
        await Patience.For(ended.Task, "the end of the read");
        await server.AllCallsEnded();
    }

    [Fact]
    public async Task A_deadline_that_is_over_sends_nothing()
    {
        await using var server = await GrpcServer.StartAsync(script: new ScriptedService { Unary = (_, _) => throw new InvalidOperationException("called") });
        var failure = await Assert.ThrowsAsync<RpcException>(() => server.Client().UnaryCallAsync(new SimpleRequest(), deadline: In(TimeSpan.FromSeconds(-1))).ResponseAsync);

        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
    }

    [Fact]
    public async Task A_stream_that_nobody_reads_ends_with_its_deadline()
    {
        await using var server = await GrpcServer.StartAsync(script: new ScriptedService
        {
            Output = async (_, responses, context) =>
            {
                while (true)
                    await responses.WriteAsync(new StreamingOutputCallResponse { Payload = new Payload { Body = Google.Protobuf.ByteString.CopyFrom(new byte[100_000]) } }, context.CancellationToken);
            },
        });
        using var call = server.Client().StreamingOutputCall(new StreamingOutputCallRequest(), deadline: In(Short));

        await server.AllCallsEndedAfterOne();
        await Patience.Until(() => HasStatus(call), "the client's call has ended");
        Assert.Equal(StatusCode.DeadlineExceeded, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task The_server_measures_with_the_clock_it_is_given()
    {
        var clock = new VirtualTime();
        var started = new TaskCompletionSource();
        var script = new ScriptedService
        {
            Unary = async (_, context) =>
            {
                started.SetResult();
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
                return new SimpleResponse();
            },
        };
        await using var server = await GrpcServer.StartAsync(
            script: script,
            services: services => services.AddSingleton<TimeProvider>(clock));
        var http = new RawHttp(server.Address);
        var answer = http.PostAsync("/grpc.testing.TestService/UnaryCall", RawHttp.Frame([]), ("grpc-timeout", "1H"));
        await Patience.For(started.Task, "the call");
        clock.Advance(TimeSpan.FromHours(1));

        using var response = await answer;
        Assert.Equal("4", response.Headers.GetValues("grpc-status").Single());
    }

    [Fact]
    public async Task A_deadline_further_away_than_a_timer_can_wait_ends_no_call_early()
    {
        var clock = new VirtualTime();
        var started = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        await using var server = await GrpcServer.StartAsync(services: services => services.AddSingleton<TimeProvider>(clock), script: new ScriptedService
        {
            Unary = async (_, context) =>
            {
                started.SetResult();
                await goOn.Task.WaitAsync(context.CancellationToken);
                return new SimpleResponse();
            },
        });
        await using var clocks = new ServiceCollection().AddSingleton<TimeProvider>(clock).BuildServiceProvider();
        var call = server.Client(options => options.ServiceProvider = clocks).UnaryCallAsync(new SimpleRequest(), deadline: clock.GetUtcNow().UtcDateTime.AddDays(100));
        await Patience.For(started.Task, "the call");
        clock.Advance(TimeSpan.FromDays(99));
        goOn.SetResult();

        await call;
    }

    [Fact]
    public async Task A_method_that_calls_on_with_its_own_deadline_gives_the_next_server_no_more_time()
    {
        var seen = new TaskCompletionSource<DateTime>();
        await using var last = await GrpcServer.StartAsync(script: new ScriptedService
        {
            Unary = async (_, context) =>
            {
                seen.SetResult(context.Deadline);
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
                return new SimpleResponse();
            },
        });
        await using var first = await GrpcServer.StartAsync(script: new ScriptedService
        {
            Unary = async (request, context) => await last.Client().UnaryCallAsync(request, deadline: context.Deadline, cancellationToken: context.CancellationToken),
        });
        var deadline = In(Short);
        var failure = await Assert.ThrowsAsync<RpcException>(() => first.Client().UnaryCallAsync(new SimpleRequest(), deadline: deadline).ResponseAsync);

        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
        Assert.InRange(await Patience.For(seen.Task, "the call to the last server"), deadline.AddSeconds(-10), deadline.AddSeconds(10));
        await first.AllCallsEnded();
        await last.AllCallsEnded();
    }

    private static bool HasStatus(AsyncServerStreamingCall<StreamingOutputCallResponse> call)
    {
        try
        {
            return call.GetStatus().StatusCode != StatusCode.OK;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static DateTime In(TimeSpan span) => TimeProvider.System.GetUtcNow().UtcDateTime + span;
}
