using System.Net;
using System.Text.Json;

namespace KioskLink.Register.Hosting;

/// <summary>
/// Reads register.json: JSON with comments, strict about its keys, overridden by environment variables
/// (<c>KIOSKLINK__MASTERKEY</c> for <c>masterKey</c>).
/// </summary>
internal sealed class ConfigFile
{
    /// <summary>Start of the names of overriding environment variables.</summary>
    public const string EnvironmentPrefix = "KIOSKLINK__";

    private const StringSplitOptions Split = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    private const long SizeMax = 1024 * 1024;

    /// <summary>The keys that a file may have; the first names the file's schema, for editors.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["$schema", "register", "console", "data", "profile", "masterKey", "erasureList", "consoleProxy", "alarms", "sip2"];

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly char[] Separators = [',', ' '];

    private readonly string _path;
    private readonly Dictionary<string, string> _values;

    private ConfigFile(string path, Dictionary<string, string> values)
    {
        _path = path;
        _values = values;
    }

    /// <summary>Reads and checks a configuration file.</summary>
    /// <param name="path">Its absolute path; relative paths inside start at its folder.</param>
    /// <param name="environment">Environment variables.</param>
    /// <exception cref="StartProblem">The file cannot be used.</exception>
    public static RegisterConfig Read(string path, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var values = ReadValues(path);
        Override(values, environment);
        return new ConfigFile(path, values).ToConfig();
    }

    private static Dictionary<string, string> ReadValues(string path)
    {
        using var document = Parse(path);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new StartProblem($"{path} must hold one JSON object with the keys {string.Join(", ", Keys)}.");

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (!Keys.Contains(property.Name))
                throw new StartProblem($"{path}: the key '{property.Name}' is not known; the keys are {string.Join(", ", Keys)}.");
            if (property.Value.ValueKind != JsonValueKind.String)
                throw new StartProblem($"{path}: the value of '{property.Name}' must be a text in quotation marks.");
            if (!values.TryAdd(property.Name, property.Value.GetString()!))
                throw new StartProblem($"{path}: the key '{property.Name}' stands there twice; keep one.");
        }

        return values;
    }

    private static JsonDocument Parse(string path)
    {
        try
        {
            return new FileInfo(path).Length <= SizeMax
                ? JsonDocument.Parse(File.ReadAllText(path), Lenient)
                : throw new StartProblem($"{path} is larger than 1 MiB and cannot be a configuration file.");
        }
        catch (JsonException broken)
        {
            throw new StartProblem($"{path} is not valid JSON at line {broken.LineNumber + 1}, column {broken.BytePositionInLine + 1}; mend the text there.");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            throw new StartProblem($"The configuration file {path} cannot be read; check the path after --config and the file's rights.");
        }
    }

    private static void Override(Dictionary<string, string> values, IEnumerable<KeyValuePair<string, string>> environment)
    {
        foreach (var (name, value) in environment)
        {
            if (!name.StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase)) continue;
            var key = Keys.FirstOrDefault(known => known.Equals(name[EnvironmentPrefix.Length..], StringComparison.OrdinalIgnoreCase))
                ?? throw new StartProblem($"The environment variable {name} overrides no key of the configuration; the keys are {string.Join(", ", Keys)}.");
            values[key] = value;
        }
    }

    private RegisterConfig ToConfig()
    {
        var data = PathOf(Text("data"));
        var profile = Text("profile");
        var proxies = Proxies();
        var console = Console(proxies is not null);
        return new RegisterConfig(
            Address("register", Text("register"), Uri.UriSchemeHttps),
            console,
            data,
            profile.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? PathOf(profile) : profile,
            _values.TryGetValue("masterKey", out var masterKey) ? PathOf(masterKey) : Path.Combine(data, "master.key"),
            _values.TryGetValue("erasureList", out var erasures) ? PathOf(erasures) : null,
            proxies,
            _values.TryGetValue("alarms", out var alarms) ? PathOf(alarms) : null,
            _values.TryGetValue("sip2", out var sip2) ? PathOf(sip2) : null);
    }

    // Pages carry passwords and session cookies: in plain text they are for this machine alone (R44).
    private Uri? Console(bool hasProxy)
    {
        if (!_values.TryGetValue("console", out var value))
        {
            return null;
        }

        var console = Address("console", value, Uri.UriSchemeHttp);
        return console.IsLoopback || hasProxy ? console : throw new StartProblem(
            $"{_path}: 'console' would send passwords in plain text over the network; let it listen on 127.0.0.1, or name the TLS proxy before it in 'consoleProxy'.");
    }

    private IReadOnlyList<IPAddress>? Proxies() => !_values.TryGetValue("consoleProxy", out var value) ? null
        : value.Split(Separators, Split) is [_, ..] named ? [.. named.Select(ProxyOf)] : [ProxyOf(value)];

    private IPAddress ProxyOf(string text) => IPAddress.TryParse(text, out var proxy) ? proxy : throw new StartProblem(
        $"{_path}: the value of 'consoleProxy' must be the IP address of the TLS proxy, or several with commas between them.");

    private string Text(string key) =>
        _values.TryGetValue(key, out var value) && !string.IsNullOrWhiteSpace(value)
            ? value
            : throw new StartProblem($"{_path}: the key '{key}' is missing or empty; add it.");

    private Uri Address(string key, string value, string scheme) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme == scheme && uri.PathAndQuery == "/"
            ? uri
            : throw new StartProblem($"{_path}: the value of '{key}' must be an address such as {scheme}://127.0.0.1:{(key == "register" ? 7443 : 7080)}.");

    private string PathOf(string value) => Path.GetFullPath(value, Path.GetDirectoryName(_path)!);
}
