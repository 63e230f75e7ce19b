using Grpc.Core;
using Grpc.Core.Interceptors;
using KioskLink.Register.Identity;
using KioskLink.Register.Store;
using Microsoft.Data.Sqlite;

namespace KioskLink.Register.Hosting;

/// <summary>
/// Turns a full or failing disk, or another failure of the store, into a status that says so; the transaction that hit it was
/// rolled back whole. Calls that write are unary or go both ways.
/// </summary>
internal sealed class StorageInterceptor(ILogger<StorageInterceptor> log) : Interceptor
{
    private const int SqliteReadOnly = 8;
    private const int SqliteInputOutput = 10;
    private const int SqliteFull = 13;

    /// <inheritdoc/>
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        var call = Begin();
        // A call that is done when it returns, as a door's without a PIN is, has met no disk.
        return call.IsCompletedSuccessfully ? call : WatchAsync(call, context);

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

    private async Task<TResponse> WatchAsync<TResponse>(Task<TResponse> call, ServerCallContext context)
    {
        try
        {
            return await call;
        }
        catch (Exception failure) when (Translate(failure) is { } status)
        {
            log.CallNotDone(context.Method, status.Status.Detail, failure);
            throw status;
        }
    }

    /// <inheritdoc/>
    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (Exception failure) when (Translate(failure) is { } status)
        {
            log.StreamEnded(context.Method, status.Status.Detail, failure);
            throw status;
        }
    }

    private static RpcException? Translate(Exception failure) => Sqlite(failure)?.SqliteErrorCode switch
    {
        null when failure is StoreProblem => Refused.With(StatusCode.Unavailable, "STORE_FAILED", "The register could not write and nothing was changed; look at its log, restart it, and call again."),
        SqliteFull => Refused.With(StatusCode.ResourceExhausted, "DISK_FULL", "The register's disk is full and nothing was changed; make room and call again."),
        SqliteReadOnly or SqliteInputOutput => Refused.With(StatusCode.Unavailable, "DISK_FAILED", "The register's disk cannot be written and nothing was changed; check it and call again."),
        _ => null,
    };

    /// <summary>Whether a failure of the store is a full disk.</summary>
    public static bool IsDiskFull(Exception failure) => Sqlite(failure)?.SqliteErrorCode == SqliteFull;

    private static SqliteException? Sqlite(Exception? failure)
    {
        while (failure is not null and not SqliteException) failure = failure.InnerException;
        return failure as SqliteException;
    }
}
