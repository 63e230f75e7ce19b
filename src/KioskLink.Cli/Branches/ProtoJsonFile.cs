using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace KioskLink.Cli.Branches;

/// <summary>Reads a message from a JSON file that people write: comments are allowed, unknown keys are named with their place.</summary>
internal static class ProtoJsonFile
{
    private const long SizeMax = 4 * 1024 * 1024;

    private static readonly JsonDocumentOptions WithComments = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The message in the file.</summary>
    /// <exception cref="CommandProblem">The file cannot be read, or does not hold such a message.</exception>
    public static T Read<T>(string path)
        where T : IMessage<T>, new()
    {
        using var document = Parse(path);
        var descriptor = new T().Descriptor;
        if (UnknownKeys(document.RootElement, descriptor, "").FirstOrDefault() is { } problem)
            throw CommandProblem.Usage($"{path}: {problem}");
        try
        {
            // Written anew, without the comments that protobuf's parser does not take.
            return JsonParser.Default.Parse<T>(JsonSerializer.Serialize(document.RootElement));
        }
        catch (Exception wrong) when (wrong is InvalidProtocolBufferException or InvalidJsonException)
        {
            throw CommandProblem.Usage($"{path}: {wrong.Message}. Mend the value; the message {descriptor.Name} in protos says what it may be.");
        }
    }

    private static JsonDocument Parse(string path)
    {
        try
        {
            return new FileInfo(path).Length <= SizeMax
                ? JsonDocument.Parse(File.ReadAllText(path), WithComments)
                : throw CommandProblem.Usage($"{path} is larger than 4 MiB; is it the right file?");
        }
        catch (JsonException broken)
        {
            throw CommandProblem.Usage($"{path} is not valid JSON at line {broken.LineNumber + 1}, column {broken.BytePositionInLine + 1}; mend the text there.");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            throw CommandProblem.Usage($"{path} cannot be read; check the path and the file's rights.");
        }
    }

    private static IEnumerable<string> UnknownKeys(JsonElement value, MessageDescriptor descriptor, string place)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return [$"{(place.Length == 0 ? "the file" : $"'{place}'")} must be an object in braces."];
        return value.EnumerateObject().SelectMany(property => UnknownKeys(property, descriptor, place));
    }

    private static IEnumerable<string> UnknownKeys(JsonProperty property, MessageDescriptor descriptor, string place)
    {
        var path = place.Length == 0 ? property.Name : $"{place}.{property.Name}";
        var fields = descriptor.Fields.InDeclarationOrder();
        var field = fields.FirstOrDefault(field => field.JsonName == property.Name || field.Name == property.Name);
        if (field is null)
            return [$"the key '{path}' is not known; the keys there are {string.Join(", ", fields.Select(known => known.JsonName))}."];
        if (field.FieldType != FieldType.Message || field.MessageType.File.Package == Timestamp.Descriptor.File.Package)
            return [];
        return field.IsRepeated && property.Value.ValueKind == JsonValueKind.Array
            ? property.Value.EnumerateArray().SelectMany((item, index) => UnknownKeys(item, field.MessageType, $"{path}[{index}]"))
            : UnknownKeys(property.Value, field.MessageType, path);
    }
}
