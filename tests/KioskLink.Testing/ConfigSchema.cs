using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace KioskLink.Testing;

/// <summary>
/// The JSON schema of a configuration file, made from the types that read it and their docstrings, so that an editor knows every key and the schema never
/// lags behind. A test compares it with the file in the repository; with KIOSKLINK_WRITE_SCHEMAS=1 the test writes the file instead.
/// </summary>
public static partial class ConfigSchema
{
    /// <summary>The value of a key that must be written and is not; nobody writes it.</summary>
    private const string NotSaid = "unset";

    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The file's text and the schema's, which are the same when the file is up to date.</summary>
    /// <param name="path">The file, from the repository's root.</param>
    /// <param name="type">What the file is read into.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="title">The schema's title.</param>
    public static async Task<(string File, string Schema)> CompareAsync(string path, Type type, JsonSerializerOptions options, string title)
    {
        var full = Path.Combine(SolutionRoot.Path, path);
        var schema = Make(type, options, title);
        if (Environment.GetEnvironmentVariable("KIOSKLINK_WRITE_SCHEMAS") == "1")
            await File.WriteAllTextAsync(full, schema);
        return (File.Exists(full) ? await File.ReadAllTextAsync(full) : "", schema);
    }

    private static string Make(Type type, JsonSerializerOptions options, string title)
    {
        var reading = new JsonSerializerOptions(options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
        var exporting = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe };
        var schema = reading.GetJsonSchemaAsNode(type, exporting).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", title);
        return schema.ToJsonString(Written) + "\n";
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        var described = schema as JsonObject ?? [];
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (type == typeof(TimeSpan))
            (described["type"], described["pattern"]) = ("string", "^[0-9.]+(ms|s|m|h)$");
        described.Remove("default");
        if (described["enum"] is JsonArray values && values.FirstOrDefault(value => (string?)value == NotSaid) is { } unset)
            values.Remove(unset);
        if (Summary(context.PropertyInfo?.AttributeProvider as MemberInfo) is { } summary)
            described.Insert(0, "description", summary);
        return described.Count == 0 ? schema : described;
    }

    private static string? Summary(MemberInfo? member)
    {
        if (member?.DeclaringType is not { } owner || Docs(owner.Assembly) is not { } docs)
            return null;
        var summary = docs.Descendants("member").FirstOrDefault(entry => (string?)entry.Attribute("name") == $"P:{owner.FullName!.Replace('+', '.')}.{member.Name}")?.Element("summary");
        return summary is null ? null : Spaces().Replace(string.Concat(summary.Nodes().Select(Words)), " ").Trim();
    }

    private static string Words(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Value.Length: > 0 } element => element.Value,
        XElement element => ((string?)element.Attribute("cref") ?? (string?)element.Attribute("langword") ?? "").Split('.')[^1],
        _ => "",
    };

    private static XDocument? Docs(Assembly assembly)
    {
        var path = Path.ChangeExtension(assembly.Location, ".xml");
        return File.Exists(path) ? XDocument.Load(path) : null;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
