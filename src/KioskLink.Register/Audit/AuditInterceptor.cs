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
        if (rule is not { Audit: AuditKind.None })
        {
            return WatchAsync(() => continuation(request, context), context, rule);
        }

        // A door's decision that is done when it returns costs nothing here.
        var call = Begin();
        return call.IsCompletedSuccessfully ? call : WatchAsync(() => call, context, rule);

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
        WatchAsync(() => continuation(requestStream, context), context, CallRights.Of(context.Method));

    /// <inheritdoc/>
    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        var rule = CallRights.Of(context.Method);
        return WatchAsync(() => RunAsync(continuation(request, Noted(responseStream, context, rule), context)), context, rule);
    }

    /// <inheritdoc/>
    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        var rule = CallRights.Of(context.Method);
        return WatchAsync(() => RunAsync(continuation(requestStream, Noted(responseStream, context, rule), context)), context, rule);
    }

    private static async Task<bool> RunAsync(Task call)
    {
        await call.ConfigureAwait(false);
        return true;
    }

    private async Task<T> WatchAsync<T>(Func<Task<T>> call, ServerCallContext context, CallRule? rule)
    {
        var change = Changes(context, rule);
        T answer;
        try
        {
            change?.Begin();
            answer = await call().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            change?.End();
            await NoteFailureAsync(context, rule, failure, change).ConfigureAwait(false);
            throw;
        }

        change?.End();
        await NoteSuccessAsync(context, rule, change).ConfigureAwait(false);
        return answer;
    }

    private static ChangeNote? Changes(ServerCallContext context, CallRule? rule) => rule is null or { Audit: AuditKind.None }
        ? null
        : new ChangeNote(() => rule.Audit == AuditKind.Person && context.Caller().Role == CallerRole.Node ? null : CallEntry.Of(context, null), context.Audit().AboutUnit);

    private async Task NoteSuccessAsync(ServerCallContext context, CallRule? rule, ChangeNote? change)
    {
        switch (rule?.Audit)
        {
            case AuditKind.Behind:
                await NotedOrFailedAsync(() => log.NoteBehindAsync(CallEntry.Of(context, null), change).AsTask()).ConfigureAwait(false);
                break;
            case AuditKind.Everybody:
            case AuditKind.Person when context.Caller().Role != CallerRole.Node:
                var entry = CallEntry.Of(context, null);
                await NotedOrFailedAsync(() => IsKnocking(context) ? denials.NoteAsync(entry, change).AsTask() : log.NoteAsync(entry, change)).ConfigureAwait(false);
                break;
        }
    }

    private static async Task NotedOrFailedAsync(Func<Task> note)
    {
        try
        {
            await note().ConfigureAwait(false);
        }
        catch (StoreProblem problem)
        {
            var (code, reason) = StorageInterceptor.IsDiskFull(problem) ? (StatusCode.ResourceExhausted, "DISK_FULL") : (StatusCode.Unavailable, "AUDIT_FAILED");
            throw Refused.With(
                code, reason, "The call could not be noted in the audit log, so it is not answered; make room on the register's disk, then see what stands and call again.");
        }
    }

    private async Task NoteFailureAsync(ServerCallContext context, CallRule? rule, Exception failure, ChangeNote? change)
    {
        var isRefusal = failure is RpcException { StatusCode: StatusCode.PermissionDenied or StatusCode.Unauthenticated or StatusCode.InvalidArgument };
        if (rule is { Audit: AuditKind.None } && !isRefusal)
        {
            return;
        }

        var entry = CallEntry.Of(context, failure);
        try
        {
            await (IsBudgeted(entry) ? denials.NoteAsync(entry, change).AsTask() : log.NoteFailureAsync(entry, change)).ConfigureAwait(false);
        }
        catch (StoreProblem problem)
        {
            // The caller is told of the first failure, which is likely to have the same cause.
            if (IsBudgeted(entry))
            {
                log.Lose(entry);
            }

            lines.FailureNotNoted(context.Method, problem);
        }
    }

    // Whoever is no person of the staff can call as often as it likes.
    private static bool IsBudgeted(AuditEntry entry) => entry.Role is "" or RoleNames.Node or RoleNames.Patron or RoleNames.Visitor or RoleNames.EService;

    // A refusal in an answer is a knock like one by a status, where nobody has proven who it is.
    private static bool IsKnocking(ServerCallContext context) => context.Audit() is { Refusal.Length: > 0, Actor: null }
        && context.Caller() is { Role: CallerRole.Patron or CallerRole.Visitor };

    private IServerStreamWriter<T> Noted<T>(IServerStreamWriter<T> stream, ServerCallContext context, CallRule? rule) =>
        rule is { Audit: AuditKind.Person or AuditKind.Everybody }
            ? new NotedStream<T>(stream, () => NotedOrFailedAsync(() => log.NoteAsync(CallEntry.Of(context, null) with { Result = "STARTED" })))
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
