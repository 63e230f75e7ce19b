using System.IO.Compression;
using Grpc.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Grpc.AspNetCore.Server;

/// <summary>What holds for every call of one service: the server's options with the service's own over them.</summary>
internal sealed record CallSettings(
    int? MaxReceiveMessageSize,
    int? MaxSendMessageSize,
    bool DetailedErrors,
    CompressionLevel? Compression,
    IReadOnlyList<InterceptorRegistration> Interceptors,
    TimeProvider Clock,
    CallMeter Meter,
    ILogger Log)
{
    internal static CallSettings For<TService>(IServiceProvider services)
        where TService : class
    {
        var server = services.GetRequiredService<IOptions<GrpcServiceOptions>>().Value;
        var own = services.GetService<IConfigureOptions<GrpcServiceOptions<TService>>>() is null
            ? server
            : services.GetRequiredService<IOptions<GrpcServiceOptions<TService>>>().Value;
        return new CallSettings(
            own.MaxReceiveMessageSize ?? server.MaxReceiveMessageSize,
            own.MaxSendMessageSize ?? server.MaxSendMessageSize,
            own.EnableDetailedErrors ?? server.EnableDetailedErrors ?? false,
            CompressionOf(own.ResponseCompressionAlgorithm is null ? server : own),
            own == server ? [.. server.Interceptors] : [.. server.Interceptors, .. own.Interceptors],
            services.GetService<TimeProvider>() ?? TimeProvider.System,
            services.GetRequiredService<CallMeter>(),
            services.GetRequiredService<ILoggerFactory>().CreateLogger($"Grpc.AspNetCore.Server.{typeof(TService).Name}"));
    }

    private static CompressionLevel? CompressionOf(GrpcServiceOptions options) => options.ResponseCompressionAlgorithm switch
    {
        null or HeaderNames.Identity => null,
        Gzip.Name => options.ResponseCompressionLevel ?? CompressionLevel.Fastest,
        var other => throw new InvalidOperationException($"ResponseCompressionAlgorithm is {other}; only {Gzip.Name} is supported."),
    };
}
