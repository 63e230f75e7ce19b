namespace Grpc.Core.Interceptors;

/// <summary>One outgoing call as interceptors see it; immutable.</summary>
public readonly struct ClientInterceptorContext<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options)
    where TRequest : class
    where TResponse : class
{
    /// <summary>The method to be called.</summary>
    public Method<TRequest, TResponse> Method { get; } = method;

    /// <summary>The virtual host, null for the channel's own.</summary>
    public string? Host { get; } = host;

    /// <summary>Headers, deadline and token of the call.</summary>
    public CallOptions Options { get; } = options;
}
