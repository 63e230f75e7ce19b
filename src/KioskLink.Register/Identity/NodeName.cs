namespace KioskLink.Register.Identity;

/// <summary>Who a node is: its certificate says so in the URI <c>kiosklink://consortium/branch/node</c>, a request never does.</summary>
/// <param name="Consortium">The consortium.</param>
/// <param name="BranchId">The branch.</param>
/// <param name="NodeId">The node.</param>
internal sealed record NodeName(string Consortium, string BranchId, string NodeId)
{
    private const string Scheme = "kiosklink://";

    /// <summary>The name as a URI.</summary>
    public Uri Uri => new(Text, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    private string Text => $"{Scheme}{Part(Consortium)}/{Part(BranchId)}/{Part(NodeId)}";

    /// <summary>Reads a URI; null when it names no node.</summary>
    public static NodeName? TryParse(string text)
    {
        if (!text.StartsWith(Scheme, StringComparison.Ordinal)) return null;
        var parts = text[Scheme.Length..].Split('/');
        return parts.Length == 3 && parts.All(part => part.Length > 0)
            ? new NodeName(Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts[1]), Uri.UnescapeDataString(parts[2]))
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static string Part(string text) => Uri.EscapeDataString(text);
}
