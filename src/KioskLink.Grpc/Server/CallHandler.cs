using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server;

/// <summary>Serves the calls of one method: opens the call, lets the kind of method do its part, ends the call with a status whatever happens.</summary>
internal abstract class CallHandler<TRequest, TResponse>(Method<TRequest, TResponse> method, CallSettings settings)
    where TRequest : class
    where TResponse : class
{
    protected Method<TRequest, TResponse> Method => method;

    /// <summary>The endpoint of the method.</summary>
    internal async Task HandleAsync(HttpContext http)
    {
        if (!RequestCheck.Accepts(http))
            return;
        using var call = new HttpServerCall(http, method, settings);
        var claimed = false;
        try
        {
            if (call.RequestEncoding is not (null or HeaderNames.Identity or Gzip.Name))
                throw Failure.UnknownEncoding(StatusCode.Unimplemented, call.RequestEncoding);
            var response = await InvokeAsync(call).ConfigureAwait(false);
            claimed = await TryClaimAsync(call).ConfigureAwait(false);
            if (claimed)
                call.End(method.ResponseMarshaller, response);
        }
        catch (Exception failure)
        {
            if (claimed || await TryClaimAsync(call).ConfigureAwait(false))
                Fail(call, failure);
        }
    }

    /// <summary>Runs the method; the single response, or null where responses were streamed.</summary>
    protected abstract Task<TResponse?> InvokeAsync(HttpServerCall call);

    /// <summary>The one request of a method that does not stream them.</summary>
    protected ValueTask<TRequest> ReadRequestAsync(HttpServerCall call) => RequestStream(call).ReadOnlyAsync();

    /// <summary>The requests of a method that streams them.</summary>
    protected RequestStreamReader<TRequest> RequestStream(HttpServerCall call) => new(call, method.RequestMarshaller);

    /// <summary>Where a method that streams responses writes them.</summary>
    protected ResponseStreamWriter<TResponse> ResponseStream(HttpServerCall call) => new(call, method.ResponseMarshaller);

    private static async ValueTask<bool> TryClaimAsync(HttpServerCall call)
    {
        switch (call.Response.Claim())
        {
            case ResponsePhase.Open:
                return true;
            case ResponsePhase.Writing:
                call.Settings.Log.ReturnedWhileWriting(call.Method);
                call.Response.Reset(Http2Error.InternalError);
                return false;
            default:
                await call.AnsweredByDeadline.ConfigureAwait(false);
                return false;
        }
    }

    private void Fail(HttpServerCall call, Exception failure)
    {
        if (failure is RpcException known)
            call.Fail(known.Status, known.Trailers);
        else if (failure is ClientGoneException || (failure is OperationCanceledException && call.Http.RequestAborted.IsCancellationRequested))
            call.Fail(Status.DefaultCancelled, Metadata.Empty);
        else
            call.Fail(Unexpected(call, failure), Metadata.Empty);
    }

    private Status Unexpected(HttpServerCall call, Exception failure)
    {
        settings.Log.HandlerThrew(call.Method, failure);
        var detail = settings.DetailedErrors ? $" {failure.GetType().Name}: {failure.Message}" : "";
        return new Status(StatusCode.Unknown, $"The method failed unexpectedly.{detail}");
    }
}
