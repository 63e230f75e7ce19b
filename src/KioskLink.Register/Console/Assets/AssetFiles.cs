using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;

namespace KioskLink.Register.Console.Assets;

/// <summary>Style, script and picture of the pages, embedded in the assembly. An address carries the content's hash, so a browser may keep it.</summary>
internal static class AssetFiles
{
    private const string Prefix = "KioskLink.Register.Console.Assets.";
    private const int HashLength = 12;

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Asset> All = Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(Load)
        .ToFrozenDictionary(asset => asset.Name);

    /// <summary>The address of a file.</summary>
    public static string Url(string name) => $"/assets/{All[name].Hash}/{name}";

    /// <summary>Serves the files.</summary>
    public static void Map(WebApplication console) => console.MapGet("/assets/{hash}/{name}", (string hash, string name, HttpContext context) =>
    {
        if (!All.TryGetValue(name, out var asset) || asset.Hash != hash) return Results.NotFound();
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(asset.Content, asset.Type);
    });

    private static Asset Load(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var name = resource[Prefix.Length..];
        return new Asset(name, Convert.ToHexStringLower(SHA256.HashData(content))[..HashLength], Types[Path.GetExtension(name)], content);
    }

    private sealed record Asset(string Name, string Hash, string Type, byte[] Content);
}
