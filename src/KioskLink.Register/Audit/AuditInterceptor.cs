using Grpc.Core;
using Grpc.Core.Interceptors;
using KioskLink.Register.Hosting;
using KioskLink.Register.Identity;
using KioskLink.Register.Store;

namespace KioskLink.Register.Audit;

/// <summary>
/// Notes every call of a person, robot or patron that reads or writes personal data or settings, the refused and failed ones too
/// (R42): its row is durable before the answer leaves. It stands around the check of identities. Calls of nodes leave a row only
/// where the table of rights says so or where they are refused: doors never wait for it.
/// </summary>
internal sealed class AuditInterceptor(AuditLog log, DenialBudget denials, ILogger<AuditInterceptor> lines) : Interceptor
{
    /// <inheritdoc/>
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        var rule = CallRights.Of(context.Method);
        var call = Begin();
        // A door's decision that is done when it returns costs nothing here.
        return call.IsCompletedSuccessfully && rule is { Audit: AuditKind.None } ? call : WatchAsync(call, context, rule);

        Task<TResponse> Begin()
        {
            try
            {
                return continuation(request, context);
            }
            catch (Exception failure)
            {
                return Task.FromException<TResponse>(failure);
            }
        }
    }

    /// <inheritdoc/>
    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        WatchAsync(RunAsync(() => continuation(requestStream, context)), context, CallRights.Of(context.Method));

    /// <inheritdoc/>
    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        var rule = CallRights.Of(context.Method);
        return WatchAsync(RunAsync(() => continuation(request, Noted(responseStream, context, rule), context)), context, rule);
    }

    /// <inheritdoc/>
    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        var rule = CallRights.Of(context.Method);
        return WatchAsync(RunAsync(() => continuation(requestStream, Noted(responseStream, context, rule), context)), context, rule);
    }

    private static async Task<T> RunAsync<T>(Func<Task<T>> call) => await call().ConfigureAwait(false);

    private static async Task<bool> RunAsync(Func<Task> call)
    {
        await call().ConfigureAwait(false);
        return true;
    }

    private async Task<T> WatchAsync<T>(Task<T> call, ServerCallContext context, CallRule? rule)
    {
        T answer;
        try
        {
            answer = await call.ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            await NoteFailureAsync(context, rule, failure).ConfigureAwait(false);
            throw;
        }

        await NoteSuccessAsync(context, rule).ConfigureAwait(false);
        return answer;
    }

    private async Task NoteSuccessAsync(ServerCallContext context, CallRule? rule)
    {
        switch (rule?.Audit)
        {
            case AuditKind.Behind:
                await log.NoteBehindAsync(CallEntry.Of(context, null)).ConfigureAwait(false);
                break;
            case AuditKind.Everybody:
            case AuditKind.Person when context.Caller().Role != CallerRole.Node:
                var entry = CallEntry.Of(context, null);
                await (IsKnocking(context) ? denials.NoteAsync(entry).AsTask() : NoteDurablyAsync(entry)).ConfigureAwait(false);
                break;
        }
    }

    private async Task NoteDurablyAsync(AuditEntry entry)
    {
        try
        {
            await log.NoteAsync(entry).ConfigureAwait(false);
        }
        catch (StoreProblem problem)
        {
            var (code, reason) = StorageInterceptor.IsDiskFull(problem) ? (StatusCode.ResourceExhausted, "DISK_FULL") : (StatusCode.Unavailable, "AUDIT_FAILED");
            throw Refused.With(
                code, reason, "The call could not be noted in the audit log, so it is not answered; make room on the register's disk, then see what stands and call again.");
        }
    }

    private async Task NoteFailureAsync(ServerCallContext context, CallRule? rule, Exception failure)
    {
        var isRefusal = failure is RpcException { StatusCode: StatusCode.PermissionDenied or StatusCode.Unauthenticated or StatusCode.InvalidArgument };
        if (rule is { Audit: AuditKind.None } && !isRefusal)
        {
            return;
        }

        try
        {
            var entry = CallEntry.Of(context, failure);
            await (IsBudgeted(entry) ? denials.NoteAsync(entry).AsTask() : log.NoteAsync(entry)).ConfigureAwait(false);
        }
        catch (StoreProblem problem)
        {
            // The caller is told of the first failure, which is likely to have the same cause.
            lines.FailureNotNoted(context.Method, problem);
        }
    }

    // Whoever is no person of the staff can call as often as it likes.
    private static bool IsBudgeted(AuditEntry entry) => entry.Role is "" or RoleNames.Node or RoleNames.Patron or RoleNames.Visitor;

    // A refusal in an answer is a knock like one by a status, where nobody has proven who it is.
    private static bool IsKnocking(ServerCallContext context) => context.Audit() is { Refusal.Length: > 0, Actor: null }
        && context.Caller() is { Role: CallerRole.Patron or CallerRole.Visitor };

    private IServerStreamWriter<T> Noted<T>(IServerStreamWriter<T> stream, ServerCallContext context, CallRule? rule) =>
        rule is { Audit: AuditKind.Person or AuditKind.Everybody }
            ? new NotedStream<T>(stream, () => NoteDurablyAsync(CallEntry.Of(context, null) with { Result = "STARTED" }))
            : stream;

    /// <summary>A stream whose first message waits until the call is noted.</summary>
    private sealed class NotedStream<T>(IServerStreamWriter<T> stream, Func<Task> note) : IServerStreamWriter<T>
    {
        private bool _isNoted;

        public WriteOptions? WriteOptions
        {
            get => stream.WriteOptions;
            set => stream.WriteOptions = value;
        }

        public async Task WriteAsync(T message)
        {
            await NoteAsync().ConfigureAwait(false);
            await stream.WriteAsync(message).ConfigureAwait(false);
        }

        public async Task WriteAsync(T message, CancellationToken cancellationToken)
        {
            await NoteAsync().ConfigureAwait(false);
            await stream.WriteAsync(message, cancellationToken).ConfigureAwait(false);
        }

        private Task NoteAsync()
        {
            var first = !_isNoted;
            _isNoted = true;
            return first ? note() : Task.CompletedTask;
        }
    }
}
