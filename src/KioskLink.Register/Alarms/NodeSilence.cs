using NodaTime;

namespace KioskLink.Register.Alarms;

/// <summary>Which nodes are silent, and whether that is rather the register's own line. Immutable.</summary>
/// <param name="Silent">Nodes that are silent, each on its own.</param>
/// <param name="IsCutOff">Whether most went silent, so that none of them is told of by itself.</param>
internal sealed record NodeSilence(IReadOnlyList<string> Silent, bool IsCutOff)
{
    /// <summary>A node is silent when its stream has been gone so long.</summary>
    public static readonly Duration SilentAfter = Duration.FromSeconds(15);

    /// <summary>So many silent nodes, and more than half of all, are rather the register's own line.</summary>
    public const int CutOffMin = 3;

    /// <summary>Looks at when each node's stream was up last.</summary>
    public static NodeSilence Of(IReadOnlyDictionary<string, Instant> lastUp, Instant now)
    {
        List<string> silent = [.. lastUp.Where(node => now - node.Value >= SilentAfter).Select(node => node.Key).Order(StringComparer.Ordinal)];
        return silent.Count >= CutOffMin && silent.Count * 2 > lastUp.Count ? new NodeSilence([], true) : new NodeSilence(silent, false);
    }
}
