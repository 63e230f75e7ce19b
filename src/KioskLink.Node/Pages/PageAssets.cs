namespace KioskLink.Node.Pages;

/// <summary>Style sheets and scripts of the node's pages: they travel in the assembly, since a program run from another folder finds no files beside it.</summary>
internal static class PageAssets
{
    private static readonly Dictionary<string, string> Types = new()
    {
        ["panel.css"] = "text/css",
        ["panel.js"] = "text/javascript",
        ["console.css"] = "text/css",
        ["console.js"] = "text/javascript",
        ["staff.css"] = "text/css",
    };

    /// <summary>Adds their addresses.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (name, type) in Types)
        {
            var content = Read(name);
            routes.MapGet($"/pages/{name}", () => Results.Bytes(content, type));
        }
    }

    private static byte[] Read(string name)
    {
        using var asset = typeof(PageAssets).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"the asset {name} is missing");
        var content = new byte[asset.Length];
        asset.ReadExactly(content);
        return content;
    }
}
