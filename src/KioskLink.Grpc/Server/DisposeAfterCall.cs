using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server;

/// <summary>What is made for one call lives as long as its request.</summary>
internal static class DisposeAfterCall
{
    /// <summary>The same object, which is disposed at the end of the request where it can be.</summary>
    internal static T DisposeWith<T>(this T made, HttpContext http)
    {
        if (made is IAsyncDisposable asynchronous)
            http.Response.RegisterForDisposeAsync(asynchronous);
        else if (made is IDisposable disposable)
            http.Response.RegisterForDispose(disposable);
        return made;
    }
}
