using Grpc.Core;

namespace Grpc.Wire;

/// <summary>Metadata in header values: text as it is, bytes as base64 with or without padding, several values joined by commas.</summary>
internal static class MetadataHeader
{
    /// <summary>The header value of an entry.</summary>
    internal static string Encode(Metadata.Entry entry) =>
        entry.IsBinary ? Convert.ToBase64String(entry.BytesOnWire).TrimEnd('=') : entry.Value;

    /// <summary>Adds what a header says to the metadata; a binary value that is not base64 is left out.</summary>
    internal static void AddTo(Metadata metadata, string name, string value)
    {
        if (!name.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase))
        {
            metadata.Add(Metadata.Entry.FromWire(name, value));
            return;
        }
        foreach (var part in value.Split(','))
        {
            if (Decode(part.Trim()) is { } bytes)
                metadata.Add(Metadata.Entry.FromWire(name, bytes));
        }
    }

    private static byte[]? Decode(string value)
    {
        var unpadded = value.TrimEnd('=');
        var padded = unpadded.PadRight((unpadded.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length / 4 * 3];
        return Convert.TryFromBase64String(padded, bytes, out var length) ? bytes[..length] : null;
    }
}
