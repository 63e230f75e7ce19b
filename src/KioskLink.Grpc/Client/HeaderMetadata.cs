using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>Metadata to and from the headers of HTTP.</summary>
internal static class HeaderMetadata
{
    /// <summary>The headers that are not HTTP's or gRPC's own.</summary>
    internal static Metadata ToMetadata(this HttpHeaders headers)
    {
        var metadata = new Metadata();
        foreach (var (name, values) in headers.NonValidated)
        {
            if (HeaderNames.IsReserved(name))
                continue;
            foreach (var value in values)
                MetadataHeader.AddTo(metadata, name, value);
        }
        return metadata;
    }

    /// <summary>The status the headers or trailers carry, or null.</summary>
    internal static Status? ReadStatus(this HttpHeaders headers)
    {
        if (headers.Get(HeaderNames.Status) is not { } code)
            return null;
        var detail = headers.Get(HeaderNames.Message) is { } message ? StatusMessage.Decode(message) : "";
        return int.TryParse(code, out var number) && Enum.IsDefined((StatusCode)number)
            ? new Status((StatusCode)number, detail)
            : new Status(StatusCode.Unknown, $"The server sent the unknown grpc-status {code}. {detail}");
    }

    /// <summary>The header's only or first value, or null.</summary>
    internal static string? Get(this HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.Count == 1 ? values.ToString() : values.FirstOrDefault() : null;

    /// <summary>Adds a caller's metadata to a request.</summary>
    internal static void Add(this HttpHeaders headers, Metadata metadata)
    {
        foreach (var entry in metadata)
        {
            if (!HeaderNames.IsReserved(entry.Key) && entry.Key != HeaderNames.CompressRequest)
                headers.TryAddWithoutValidation(entry.Key, MetadataHeader.Encode(entry));
        }
    }
}
