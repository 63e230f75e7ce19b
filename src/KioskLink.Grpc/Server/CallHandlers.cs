using Grpc.Core;
using Grpc.Wire;

namespace Grpc.AspNetCore.Server;

/// <summary>Serves a unary method.</summary>
internal sealed class UnaryCallHandler<TRequest, TResponse>(Method<TRequest, TResponse> method, CallSettings settings, UnaryServerMethod<TRequest, TResponse> invoke)
    : CallHandler<TRequest, TResponse>(method, settings)
    where TRequest : class
    where TResponse : class
{
    protected override async Task<TResponse?> InvokeAsync(HttpServerCall call)
    {
        var request = await ReadRequestAsync(call).ConfigureAwait(false);
        return await invoke(request, call).ConfigureAwait(false) ?? throw Failure.NothingReturned();
    }
}

/// <summary>Serves a client streaming method.</summary>
internal sealed class ClientStreamingCallHandler<TRequest, TResponse>(Method<TRequest, TResponse> method, CallSettings settings, ClientStreamingServerMethod<TRequest, TResponse> invoke)
    : CallHandler<TRequest, TResponse>(method, settings)
    where TRequest : class
    where TResponse : class
{
    protected override async Task<TResponse?> InvokeAsync(HttpServerCall call) =>
        await invoke(RequestStream(call), call).ConfigureAwait(false) ?? throw Failure.NothingReturned();
}

/// <summary>Serves a server streaming method.</summary>
internal sealed class ServerStreamingCallHandler<TRequest, TResponse>(Method<TRequest, TResponse> method, CallSettings settings, ServerStreamingServerMethod<TRequest, TResponse> invoke)
    : CallHandler<TRequest, TResponse>(method, settings)
    where TRequest : class
    where TResponse : class
{
    protected override async Task<TResponse?> InvokeAsync(HttpServerCall call)
    {
        var request = await ReadRequestAsync(call).ConfigureAwait(false);
        await invoke(request, ResponseStream(call), call).ConfigureAwait(false);
        return null;
    }
}

/// <summary>Serves a duplex streaming method.</summary>
internal sealed class DuplexStreamingCallHandler<TRequest, TResponse>(Method<TRequest, TResponse> method, CallSettings settings, DuplexStreamingServerMethod<TRequest, TResponse> invoke)
    : CallHandler<TRequest, TResponse>(method, settings)
    where TRequest : class
    where TResponse : class
{
    protected override async Task<TResponse?> InvokeAsync(HttpServerCall call)
    {
        await invoke(RequestStream(call), ResponseStream(call), call).ConfigureAwait(false);
        return null;
    }
}
