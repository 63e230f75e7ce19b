using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using KioskLink.Circulation.Machines;
using KioskLink.Devices.Serial;
using KioskLink.Node.Hosting.Wiring;

namespace KioskLink.Node.Hosting;

/// <summary>
/// Reads node.json: JSON with comments, strict about its keys, overridden by environment variables (`KIOSKLINK__LISTEN__KIOSK` for
/// `listen.kiosk`). Relative paths start at the file's folder.
/// </summary>
internal static class ConfigFile
{
    private const string EnvironmentPrefix = "KIOSKLINK__";
    private const long SizeMax = 1024 * 1024;

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>How node.json is read: every key must be known.</summary>
    internal static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false), new SpanConverter() },
    };

    /// <summary>Reads, overrides and checks a configuration.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="environment">Environment variables.</param>
    /// <exception cref="StartProblem">It cannot be used.</exception>
    public static NodeConfig Read(string path, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var full = Path.GetFullPath(path);
        var root = Parse(full);
        foreach (var (name, value) in environment.Where(variable => variable.Key.StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase)))
            Override(root, name[EnvironmentPrefix.Length..].Split("__"), value);
        var config = DeviceModels.Read(WithPaths(Bind(full, root), Path.GetDirectoryName(full)!), full);
        return ConfigCheck.FindProblem(config) is { } problem ? throw new StartProblem($"{full}: {problem}") : config;
    }

    private static JsonObject Parse(string path)
    {
        try
        {
            if (new FileInfo(path).Length > SizeMax)
                throw new StartProblem($"{path} is larger than 1 MiB and cannot be a configuration file: check the path after --config.");
            return JsonNode.Parse(File.ReadAllText(path), null, Lenient) as JsonObject
                ?? throw new StartProblem($"{path} must hold one JSON object: begin it with {{ and end it with }}.");
        }
        catch (JsonException broken)
        {
            throw new StartProblem($"{path} is not valid JSON at line {broken.LineNumber + 1}, column {broken.BytePositionInLine + 1}: mend the text there.");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            throw new StartProblem($"The configuration file {path} cannot be read: check the path after --config and the file's rights.");
        }
    }

    private static void Override(JsonObject root, string[] keys, string value)
    {
        var target = root;
        foreach (var key in keys[..^1])
        {
            if (Find(target, key) is not JsonObject inner)
                target[Camel(key)] = inner = [];
            target = inner;
        }
        var last = target.Select(property => property.Key).FirstOrDefault(key => key.Equals(keys[^1], StringComparison.OrdinalIgnoreCase));
        target[last ?? Camel(keys[^1])] = value is "true" or "false" ? JsonValue.Create(value == "true") : JsonValue.Create(value);
    }

    private static JsonNode? Find(JsonObject target, string key) =>
        target.FirstOrDefault(property => property.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Value;

    // Environment variables are written in capitals; the schema knows the letters of a key that the file does not have.
    private static string Camel(string key) =>
        typeof(NodeConfig).GetProperties().Concat(typeof(ListenConfig).GetProperties())
            .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))
            .FirstOrDefault(name => name.Equals(key, StringComparison.OrdinalIgnoreCase)) ?? key;

    private static NodeConfig Bind(string path, JsonObject root)
    {
        try
        {
            return root.Deserialize<NodeConfig>(Strict)!;
        }
        catch (JsonException wrong) when (wrong.Message.Contains("could not be mapped", StringComparison.Ordinal))
        {
            throw new StartProblem($"{path}: the key {wrong.Path} is not known: remove it, or mend its spelling.");
        }
        catch (JsonException wrong)
        {
            throw new StartProblem($"{path}: the value of {wrong.Path} is not of the right kind: see the README's description of node.json.");
        }
    }

    private static NodeConfig WithPaths(NodeConfig config, string folder)
    {
        var data = config.Data.Length == 0 ? "" : Path.GetFullPath(config.Data, folder);
        return config with
        {
            Data = data,
            NodeKeyCredential = Full(config.NodeKeyCredential),
            Enrollment = Full(config.Enrollment),
            DeviceTokens = Full(config.DeviceTokens),
            Keys = Full(config.Keys),
            Sip2 = config.Sip2?.WithPaths(folder),
            BootIdPath = Path.GetFullPath(config.BootIdPath, folder),
            Listen = config.Listen with
            {
                Socket = Full(config.Listen.Socket) ?? Path.Combine(data, "node.sock"),
                SecondRoleSocket = Full(config.Listen.SecondRoleSocket),
                PagesCertificate = Full(config.Listen.PagesCertificate),
                PagesKey = Full(config.Listen.PagesKey),
            },
            Buses = [.. config.Buses.Select(bus => bus with { Path = TcpAddress.Is(bus.Path) ? bus.Path : Full(bus.Path)! })],
        };

        string? Full(string? path) => string.IsNullOrEmpty(path) ? path : Path.GetFullPath(path, folder);
    }
}
