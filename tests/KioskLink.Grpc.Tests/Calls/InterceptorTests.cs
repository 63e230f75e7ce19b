using Grpc.Core;
using Grpc.Core.Interceptors;
using KioskLink.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.Testing;

/// <summary>Interceptors stand around calls of every kind, in the order in which they were added.</summary>
public sealed class InterceptorTests
{
    [Fact]
    public async Task Server_interceptors_stand_around_every_kind()
    {
        var notes = new List<string>();
        await using var server = await GrpcServer.StartAsync(
            options =>
            {
                options.Interceptors.Add<Noting>("outer");
                options.Interceptors.Add<Noting>("inner");
            },
            services => services.AddSingleton(notes));
        await CallEveryKindAsync(server.Client());

        Assert.Equal(
            ["outer unary", "inner unary", "outer input", "inner input", "outer output", "inner output", "outer duplex", "inner duplex"],
            notes);
    }

    [Fact]
    public async Task Client_interceptors_stand_around_every_kind()
    {
        var notes = new List<string>();
        await using var server = await GrpcServer.StartAsync();
        var invoker = server.Channel().Intercept(new Noting(notes, "outer"), new Noting(notes, "inner"));
        await CallEveryKindAsync(new TestService.TestServiceClient(invoker));

        Assert.Equal(
            ["outer unary", "inner unary", "outer input", "inner input", "outer output", "inner output", "outer duplex", "inner duplex"],
            notes);
    }

    [Fact]
    public async Task A_server_interceptor_may_answer_in_the_methods_place()
    {
        await using var server = await GrpcServer.StartAsync(options => options.Interceptors.Add<Refusing>());
        var failure = await Assert.ThrowsAsync<RpcException>(() => server.Client().UnaryCallAsync(new SimpleRequest()).ResponseAsync);

        Assert.Equal(new Status(StatusCode.Unauthenticated, "no certificate for /grpc.testing.TestService/UnaryCall"), failure.Status);
    }

    [Fact]
    public async Task An_interceptor_made_for_a_call_is_disposed_with_it()
    {
        var disposed = new TaskCompletionSource();
        await using var server = await GrpcServer.StartAsync(options => options.Interceptors.Add<Disposed>(disposed));
        await server.Client().UnaryCallAsync(new SimpleRequest());

        await Patience.For(disposed.Task, "the interceptor's Dispose");
    }

    [Fact]
    public async Task A_client_may_add_headers_to_every_call()
    {
        string? seen = null;
        var script = new ScriptedService
        {
            Unary = (_, context) =>
            {
                seen = context.RequestHeaders.GetValue("x-device");
                return Task.FromResult(new SimpleResponse());
            },
        };
        await using var server = await GrpcServer.StartAsync(script: script);
        var client = new TestService.TestServiceClient(server.Channel().Intercept(headers => [.. headers, new Metadata.Entry("x-device", "kiosk 1")]));
        await client.UnaryCallAsync(new SimpleRequest());

        Assert.Equal("kiosk 1", seen);
    }

    private static async Task CallEveryKindAsync(TestService.TestServiceClient client)
    {
        await client.UnaryCallAsync(new SimpleRequest());
        using var input = client.StreamingInputCall();
        await input.RequestStream.CompleteAsync();
        await input;
        using var output = client.StreamingOutputCall(new StreamingOutputCallRequest());
        Assert.False(await output.ResponseStream.MoveNext());
        using var duplex = client.FullDuplexCall();
        await duplex.RequestStream.CompleteAsync();
        Assert.False(await duplex.ResponseStream.MoveNext());
    }

    private sealed class Refusing : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
            throw new RpcException(new Status(StatusCode.Unauthenticated, $"no certificate for {context.Method}"));
    }

    private sealed class Disposed(TaskCompletionSource disposed) : Interceptor, IDisposable
    {
        public void Dispose() => disposed.SetResult();
    }

    private sealed class Noting(List<string> notes, string name) : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            Note("unary");
            return continuation(request, context);
        }

        public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
        {
            Note("input");
            return continuation(requestStream, context);
        }

        public override Task ServerStreamingServerHandler<TRequest, TResponse>(TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
        {
            Note("output");
            return continuation(request, responseStream, context);
        }

        public override Task DuplexStreamingServerHandler<TRequest, TResponse>(IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
        {
            Note("duplex");
            return continuation(requestStream, responseStream, context);
        }

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            Note("unary");
            return continuation(request, context);
        }

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(ClientInterceptorContext<TRequest, TResponse> context, AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation)
        {
            Note("input");
            return continuation(context);
        }

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation)
        {
            Note("output");
            return continuation(request, context);
        }

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(ClientInterceptorContext<TRequest, TResponse> context, AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation)
        {
            Note("duplex");
            return continuation(context);
        }

        private void Note(string kind) => notes.Add($"{name} {kind}");
    }
}
