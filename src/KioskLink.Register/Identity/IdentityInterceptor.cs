using Grpc.Core;
using Grpc.Core.Interceptors;
using KioskLink.Register.Audit;
using KioskLink.Register.Profiles;
using KioskLink.Register.Staff;

namespace KioskLink.Register.Identity;

/// <summary>
/// Lets nobody in who is not known and has no right to the call (R40): a certificate of this register or a session, and a row of
/// <see cref="CallRights"/> that names the caller's role. Calls for visitors (a token instead) and patrons (card and PIN) need no
/// certificate; <c>RenewCertificate</c> takes an expired one. Services read the caller with <see cref="CallerContext.Caller"/>.
/// </summary>
internal sealed class IdentityInterceptor(
    CertificateGate gate, StaffSessions sessions, StaffStandings accounts, ConsortiumProfile profile, RefusedLines lines) : Interceptor
{
    private const string Bearer = "Bearer ";

    private readonly CallerIdentity _visitor = new(CallerRole.Visitor, profile.Id, "", null);
    private readonly CallerIdentity _patron = new(CallerRole.Patron, profile.Id, "", null);

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
        var rule = CallRights.Of(context.Method);
        var caller = Identify(context, rule);
        context.UserState[CallerContext.Key] = caller;
        if (rule is null || !CallRights.MayCall(caller.Role, rule))
            throw Refused.With(StatusCode.PermissionDenied, "ROLE_NOT_ALLOWED", "The caller's role may not make this call; use the right one.");
        RequireUndertaking(context, caller, rule);
        if (caller.Role != CallerRole.Node)
            CallPurpose.Settle(context, context.GetHttpContext().Request.Headers[CallPurpose.Metadata].ToString(), rule, profile);
        else if (rule.Audit != AuditKind.None) // A door's decision leaves no row of its own, and waits for nothing.
            CallPurpose.Settle(context, "", rule, profile);
    }

    // A session looks at patrons from its first call on; a certificate sets a register up before anybody has read anything.
    private void RequireUndertaking(ServerCallContext context, CallerIdentity caller, CallRule rule)
    {
        var isMissing = context.UserState.TryGetValue(typeof(StaffSession), out var session)
            ? !rule.BeforeUndertaking && !((StaffSession)session).HasUndertaken
            : caller.Role == CallerRole.Administrator && rule.NeedsUndertaking && accounts.Of(caller.Name) is not { HasUndertaken: true };
        if (isMissing)
        {
            throw caller.Name == CertificateAuthority.Nobody
                ? Refused.OfNobody()
                : Refused.With(StatusCode.PermissionDenied, "UNDERTAKING_MISSING", "The undertaking of secrecy has not been given yet; read it with `kiosklink staff undertake` and give it first.");
        }
    }

    private CallerIdentity Identify(ServerCallContext context, CallRule? rule)
    {
        if (CallRights.MayCall(CallerRole.Visitor, rule)) return _visitor;
        var http = context.GetHttpContext();
        // A patron's session is the own view's to know, not the staff's.
        if (rule?.Roles == RoleSet.Patrons && http.Connection.ClientCertificate is null) return _patron;
        var authorization = http.Request.Headers.Authorization.ToString();
        if (authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return OfSession(context, rule, authorization[Bearer.Length..]);
        var certificate = http.Connection.ClientCertificate;
        if (certificate is null && CallRights.MayCall(CallerRole.Patron, rule)) return _patron;
        var (caller, refusal) = gate.Check(certificate, alsoExpired: context.Method == CallRights.Renewal);
        if (refusal is null) return caller!;
        lines.Tell(context.Method, context.Peer, refusal.Reason, certificate?.Subject);
        throw Refused.With(StatusCode.Unauthenticated, refusal.Reason, refusal.Sentence);
    }

    private CallerIdentity OfSession(ServerCallContext context, CallRule? rule, string token)
    {
        var (session, refusal) = sessions.Find(token);
        if (session is null)
        {
            lines.Tell(context.Method, context.Peer, refusal!.Reason, null);
            throw Refused.With(StatusCode.Unauthenticated, refusal.Reason, refusal.Sentence);
        }

        context.UserState[typeof(StaffSession)] = session;
        context.Audit().From(session.Device);
        return session.CallerOf(rule, profile.Id);
    }
}
