using System.Collections;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace KioskLink.Cli.Output;

/// <summary>
/// A message as the JSON that programs get: every field by its camelCase name, set or not; enum values without their prefix
/// (`SELF_SERVICE`), times in ISO 8601, spans in seconds, bytes in hexadecimal, 64-bit numbers as numbers.
/// </summary>
internal static partial class ProtoJson
{
    /// <summary>The message as an object.</summary>
    public static JsonObject Of(IMessage message)
    {
        var json = new JsonObject();
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
            json[field.JsonName] = field.HasPresence && !field.Accessor.HasValue(message) ? null : Value(field, field.Accessor.GetValue(message));
        return json;
    }

    /// <summary>The messages as an array.</summary>
    public static JsonArray Of(IEnumerable<IMessage> messages) => new([.. messages.Select(Of)]);

    /// <summary>An enum value as texts, scripts and JSON write it: `GRANTED`, not `DECISION_CODE_GRANTED`.</summary>
    public static string Short<T>(T value)
        where T : struct, System.Enum => WordStart().Replace(value.ToString(), "_").ToUpperInvariant();

    private static JsonNode? Value(FieldDescriptor field, object value) => value switch
    {
        IList list => new JsonArray([.. list.Cast<object>().Select(item => Value(field, item))]),
        Timestamp time => time.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", null),
        Duration span => span.ToTimeSpan().TotalSeconds,
        IMessage nested => Of(nested),
        ByteString bytes => Convert.ToHexStringLower(bytes.Span),
        System.Enum => Short(field.EnumType, (int)value),
        string text => text,
        bool flag => flag,
        int number => number,
        long number => number,
        double number => number,
        _ => throw new NotSupportedException($"{field.FullName} has a type that no message had before."),
    };

    private static string Short(EnumDescriptor type, int number)
    {
        var prefix = WordStart().Replace(type.Name, "_").ToUpperInvariant() + "_";
        var name = type.FindValueByNumber(number)?.Name ?? number.ToString(null, null);
        return name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name;
    }

    [GeneratedRegex("(?<!^)(?=[A-Z])")]
    private static partial Regex WordStart();
}
