using System.Buffers.Binary;
using System.Net;

namespace Grpc.Testing;

/// <summary>An HTTP/2 client that sends any bytes as a gRPC body, well formed or not.</summary>
internal sealed class RawHttp(string address)
{
    private static readonly HttpClient Http = new() { Timeout = KioskLink.Testing.Patience.Event };

    /// <summary>A message with its prefix.</summary>
    internal static byte[] Frame(ReadOnlySpan<byte> payload, byte flag = 0, int? length = null)
    {
        var frame = new byte[5 + payload.Length];
        frame[0] = flag;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), length ?? payload.Length);
        payload.CopyTo(frame.AsSpan(5));
        return frame;
    }

    /// <summary>Posts a body and reads the whole answer.</summary>
    internal async Task<HttpResponseMessage> PostAsync(string path, byte[] body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address + path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body),
        };
        request.Headers.TryAddWithoutValidation("te", "trailers");
        request.Content.Headers.TryAddWithoutValidation("content-type", "application/grpc");
        foreach (var (name, value) in headers)
        {
            request.Content.Headers.Remove(name);
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content.Headers.TryAddWithoutValidation(name, value);
        }
        return await Http.SendAsync(request);
    }

    /// <summary>The status of an answer, in its trailers or, where it has no body, in its headers.</summary>
    internal static string StatusOf(HttpResponseMessage response) =>
        (response.TrailingHeaders.TryGetValues("grpc-status", out var trailers) ? trailers : response.Headers.GetValues("grpc-status")).Single();
}
