using Grpc.Core;
using Grpc.Core.Interceptors;

namespace KioskLink.Register.Console.Api;

/// <summary>Puts a session's token and a deadline on every call.</summary>
internal sealed class SessionCalls(string? token, TimeProvider time) : Interceptor
{
    /// <inheritdoc/>
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation) =>
        continuation(request, With(context));

    /// <inheritdoc/>
    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation) =>
        continuation(request, With(context));

    private ClientInterceptorContext<TRequest, TResponse> With<TRequest, TResponse>(ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class
    {
        var options = context.Options;
        if (options.Deadline is null) options = options.WithDeadline(time.GetUtcNow().UtcDateTime + ConsoleLimits.CallPatience);
        if (token is not null) options = options.WithHeaders(new Metadata { { "authorization", $"Bearer {token}" } });
        return new ClientInterceptorContext<TRequest, TResponse>(context.Method, context.Host, options);
    }
}
