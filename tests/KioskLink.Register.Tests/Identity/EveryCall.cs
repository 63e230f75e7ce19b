using Google.Protobuf.Reflection;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;

namespace KioskLink.Register.Tests.Identity;

/// <summary>Every call that the register offers, by its path, and how it refuses a caller before it reads the request.</summary>
internal static class EveryCall
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);

    public static IReadOnlyList<string> Paths { get; } =
    [
        .. typeof(AccessService).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(AccessService).Namespace)
            .Select(type => type.GetProperty("Descriptor")?.GetValue(null))
            .OfType<ServiceDescriptor>()
            .SelectMany(service => service.Methods.Select(method => $"/{service.FullName}/{method.Name}")),
        "/grpc.health.v1.Health/Check",
        "/grpc.health.v1.Health/Watch",
        "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
    ];

    /// <summary>Calls with an empty request; how the call ended and the reason word, which is empty where nobody refused.</summary>
    public static async Task<(StatusCode Code, string Reason)> AskAsync(ChannelBase channel, string path, Metadata? session = null)
    {
        var parts = path.Split('/');
        var method = new Method<byte[], byte[]>(MethodType.Unary, parts[1], parts[2], Bytes, Bytes);
        try
        {
            using var call = channel.CreateCallInvoker().AsyncUnaryCall(method, null, new CallOptions(session, deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(20)), []);
            await call.ResponseAsync;
            return (StatusCode.OK, "");
        }
        catch (RpcException error)
        {
            return (error.StatusCode, error.Trailers.GetValue(Refused.ReasonTrailer) ?? "");
        }
    }
}
