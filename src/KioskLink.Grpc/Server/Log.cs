using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server;

/// <summary>Every line the server logs; none holds a message, a header or a trailer.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "{Method} threw; the client gets UNKNOWN.")]
    internal static partial void HandlerThrew(this ILogger log, string method, Exception exception);

    [LoggerMessage(2, LogLevel.Debug, "{Method} ended with {StatusCode}.")]
    internal static partial void CallFailed(this ILogger log, string method, Grpc.Core.StatusCode statusCode);

    [LoggerMessage(3, LogLevel.Debug, "{Method} passed its deadline.")]
    internal static partial void DeadlinePassed(this ILogger log, string method);

    [LoggerMessage(4, LogLevel.Warning, "{Method} could not be answered at its deadline; its stream is reset.")]
    internal static partial void DeadlineAnswerFailed(this ILogger log, string method, Exception exception);

    [LoggerMessage(5, LogLevel.Error, "{Method} returned while it was still writing a message; its stream is reset.")]
    internal static partial void ReturnedWhileWriting(this ILogger log, string method);

    [LoggerMessage(6, LogLevel.Debug, "A read of {Method} had ended before it was cancelled.")]
    internal static partial void ReadEndedBefore(this ILogger log, string method, Exception exception);

    [LoggerMessage(7, LogLevel.Error, "A callback on the cancellation token of {Method} threw at its deadline.")]
    internal static partial void CancellationThrew(this ILogger log, string method, Exception exception);
}
