using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Http;

namespace Grpc.Core;

/// <summary>What ASP.NET Core knows about a call.</summary>
public static class ServerCallContextExtensions
{
    /// <summary>The HTTP request the call runs on.</summary>
    /// <exception cref="InvalidOperationException">The context is not of this server.</exception>
    public static HttpContext GetHttpContext(this ServerCallContext serverCallContext) =>
        serverCallContext is HttpServerCall call
            ? call.Http
            : throw new InvalidOperationException("This call does not run on an HTTP request of this server.");
}
