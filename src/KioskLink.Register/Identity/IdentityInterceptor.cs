using Grpc.Core;
using Grpc.Core.Interceptors;
using KioskLink.Register.Hosting;

namespace KioskLink.Register.Identity;

/// <summary>
/// Lets nobody in without a certificate of this register: deny by default, but for <c>EnrollNode</c> (a token instead) and
/// <c>RenewCertificate</c> (also expired). Nodes reach only what <see cref="CallRights"/> lists; services read the caller
/// with <see cref="CallerContext.Caller"/>.
/// </summary>
internal sealed class IdentityInterceptor(CertificateGate gate, ILogger<IdentityInterceptor> log) : Interceptor
{
    /// <inheritdoc/>
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Admit(context);
        return continuation(request, context);
    }

    /// <inheritdoc/>
    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Admit(context);
        return continuation(requestStream, context);
    }

    /// <inheritdoc/>
    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Admit(context);
        return continuation(request, responseStream, context);
    }

    /// <inheritdoc/>
    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Admit(context);
        return continuation(requestStream, responseStream, context);
    }

    private void Admit(ServerCallContext context)
    {
        if (context.Method == CallRights.Enrolment) return;
        var certificate = context.GetHttpContext().Connection.ClientCertificate;
        var (caller, refusal) = gate.Check(certificate, alsoExpired: context.Method == CallRights.Renewal);
        if (refusal is not null)
        {
            log.CallRefused(context.Method, context.Peer, refusal.Reason, certificate?.Subject);
            throw Refused.With(StatusCode.Unauthenticated, refusal.Reason, refusal.Sentence);
        }

        if (!CallRights.MayCall(caller!.Role, context.Method))
            throw Refused.With(StatusCode.PermissionDenied, "ROLE_NOT_ALLOWED", "This certificate's role may not make this call; use the right one.");
        context.UserState[CallerContext.Key] = caller;
    }
}
