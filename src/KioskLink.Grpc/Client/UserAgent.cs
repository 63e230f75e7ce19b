namespace Grpc.Net.Client;

/// <summary>How this client names itself (gRPC over HTTP/2, User-Agent).</summary>
internal static class UserAgent
{
    internal static readonly string Value = $"grpc-kiosklink/{typeof(UserAgent).Assembly.GetName().Version?.ToString(2)}";
}
