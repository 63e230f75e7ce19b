namespace Grpc.Core;

/// <summary>What the four kinds of client calls share: headers, status, trailers and the way to abandon the call.</summary>
internal readonly struct CallState(
    Func<object, Task<Metadata>> responseHeaders,
    Func<object, Status> status,
    Func<object, Metadata> trailers,
    Action<object> dispose,
    object state)
{
    internal CallState(Task<Metadata> responseHeaders, Func<Status> status, Func<Metadata> trailers, Action dispose)
        : this(
            static parts => ((Parts)parts).Headers,
            static parts => ((Parts)parts).Status(),
            static parts => ((Parts)parts).Trailers(),
            static parts => ((Parts)parts).Dispose(),
            new Parts(responseHeaders, status, trailers, dispose))
    {
    }

    internal Task<Metadata> ResponseHeadersAsync() => responseHeaders(state);

    internal Status GetStatus() => status(state);

    internal Metadata GetTrailers() => trailers(state);

    internal void Dispose() => dispose(state);

    private sealed record Parts(Task<Metadata> Headers, Func<Status> Status, Func<Metadata> Trailers, Action Dispose);
}
