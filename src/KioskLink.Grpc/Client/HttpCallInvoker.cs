using Grpc.Core;

namespace Grpc.Net.Client;

/// <summary>Starts the calls of a channel.</summary>
internal sealed class HttpCallInvoker(GrpcChannel channel) : CallInvoker
{
    /// <summary>Blocks the thread, as its callers ask; the call itself runs on the pool.</summary>
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        AsyncUnaryCall(method, host, options, request).ResponseAsync.GetAwaiter().GetResult();

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = new HttpCall<TRequest, TResponse>(channel, method, host, options);
        return new AsyncUnaryCall<TResponse>(call.SingleResponseAsync(call.ContentOf(request)), ClientCall.Headers, ClientCall.StatusOf, ClientCall.TrailersOf, ClientCall.Abandon, call);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = new HttpCall<TRequest, TResponse>(channel, method, host, options);
        return new AsyncServerStreamingCall<TResponse>(call.ResponseStream(call.ContentOf(request)), ClientCall.Headers, ClientCall.StatusOf, ClientCall.TrailersOf, ClientCall.Abandon, call);
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = new HttpCall<TRequest, TResponse>(channel, method, host, options);
        var requests = call.RequestStream(out var content);
        return new AsyncClientStreamingCall<TRequest, TResponse>(requests, call.SingleResponseAsync(content), ClientCall.Headers, ClientCall.StatusOf, ClientCall.TrailersOf, ClientCall.Abandon, call);
    }

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = new HttpCall<TRequest, TResponse>(channel, method, host, options);
        var requests = call.RequestStream(out var content);
        return new AsyncDuplexStreamingCall<TRequest, TResponse>(requests, call.ResponseStream(content), ClientCall.Headers, ClientCall.StatusOf, ClientCall.TrailersOf, ClientCall.Abandon, call);
    }
}
