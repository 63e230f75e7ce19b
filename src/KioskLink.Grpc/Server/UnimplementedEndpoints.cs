using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Grpc.AspNetCore.Server;

/// <summary>Answers gRPC calls of unknown methods and services with UNIMPLEMENTED, where the web server would say 404.</summary>
internal static class UnimplementedEndpoints
{
    private static readonly RouteValueDictionary OnlyGrpc = new() { ["method"] = new GrpcRequestConstraint() };

    internal static IEndpointConventionBuilder MapMethods(IEndpointRouteBuilder endpoints, string service) =>
        Map(endpoints, $"{service}/{{method}}", $"The service {service} has no such method.");

    internal static IEndpointConventionBuilder MapServices(IEndpointRouteBuilder endpoints) =>
        Map(endpoints, "{service}/{method}", "There is no such service here.");

    private static IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints, string pattern, string detail) =>
        endpoints
            .MapMethods(RoutePatternFactory.Parse(pattern, defaults: null, parameterPolicies: OnlyGrpc), http => Answer(http, detail))
            .WithDisplayName($"gRPC - unimplemented {pattern}");

    private static IEndpointConventionBuilder MapMethods(this IEndpointRouteBuilder endpoints, RoutePattern pattern, RequestDelegate answer) =>
        endpoints.Map(pattern, answer).WithMetadata(new HttpMethodMetadata([HttpMethods.Post]));

    private static Task Answer(HttpContext http, string detail)
    {
        if (!RequestCheck.Accepts(http))
            return Task.CompletedTask;
        http.Response.ContentType = HeaderNames.ContentType;
        new ServerResponse(http, maxMessageSize: null, compression: null).WriteStatus(new Status(StatusCode.Unimplemented, detail), trailers: null);
        return Task.CompletedTask;
    }

    /// <summary>Lets only gRPC requests match, so that pages with such paths stay reachable.</summary>
    private sealed class GrpcRequestConstraint : IRouteConstraint
    {
        public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
            httpContext is null || HeaderNames.IsGrpc(httpContext.Request.ContentType);
    }
}
