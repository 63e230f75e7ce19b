using System.Collections.Concurrent;
using KioskLink.Register.Facts;
using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace KioskLink.Register.Nodes;

/// <summary>On how many nodes a version is in force.</summary>
/// <param name="Confirmed">Nodes that confirmed it.</param>
/// <param name="Total">Nodes that are enrolled and not revoked.</param>
/// <param name="Missing">The others.</param>
/// <param name="CompleteAt">When the last one confirmed; null while some are missing.</param>
internal sealed record Reach(int Confirmed, int Total, IReadOnlyList<string> Missing, Instant? CompleteAt);

/// <summary>What each node says it has stored and uses: a position, and priority changes ahead of it. Thread-safe.</summary>
internal sealed class NodeConfirmations
{
    /// <summary>Priority versions kept a node ahead of its position.</summary>
    public const int PrioritiesMax = 4096;

    private readonly ConcurrentDictionary<string, Confirmed> _byNode = new(StringComparer.Ordinal);
    private readonly RegisterCore _core;
    private readonly NodeDirectory _directory;

    /// <summary>Starts from what was kept.</summary>
    public NodeConfirmations(RegisterCore core, NodeDirectory directory)
    {
        (_core, _directory) = (core, directory);
        using var db = core.Store.Read();
        foreach (var row in db.Set<NodeRow>().Where(row => row.Consortium == core.Store.Consortium && row.ConfirmedAt != null))
        {
            var confirmed = Of(row.NodeId);
            confirmed.Position = new LogPosition(row.Epoch, row.Version);
            confirmed.At = Instant.FromUnixTimeMilliseconds(row.ConfirmedAt!.Value);
        }
    }

    /// <summary>A node's last confirmed position and when that was; null before its first.</summary>
    public (LogPosition Position, Instant At)? Last(string nodeId) =>
        _byNode.TryGetValue(nodeId, out var confirmed) && confirmed.Position is { } position ? (position, confirmed.At) : null;

    /// <summary>Notes what a node confirms.</summary>
    public void Confirm(string nodeId, LogPosition? position, IEnumerable<long> priorities)
    {
        var confirmed = Of(nodeId);
        var now = _core.Now();
        lock (confirmed)
        {
            if (position is not null && position != confirmed.Position)
            {
                confirmed.Position = position;
                confirmed.At = now;
                foreach (var passed in confirmed.Priorities.Keys.Where(version => version <= position.Version).ToList())
                    confirmed.Priorities.Remove(passed);
            }

            foreach (var version in priorities.Take(PrioritiesMax - confirmed.Priorities.Count))
                confirmed.Priorities.TryAdd(version, now);
        }
    }

    /// <summary>On how many nodes a version is in force.</summary>
    public Reach ReachOf(long version) => ReachOf([version], [.. _directory.All.Where(node => !node.Revoked)]);

    /// <summary>On how many of some nodes every one of the versions is in force.</summary>
    public Reach ReachOf(IReadOnlyList<long> versions, IReadOnlyList<EnrolledNode> nodes)
    {
        var times = nodes.ToDictionary(node => node.NodeId, node => InForceSince(node.NodeId, versions), StringComparer.Ordinal);
        var missing = times.Where(node => node.Value is null).Select(node => node.Key).ToList();
        var complete = missing.Count == 0 && times.Count > 0 && versions.Count > 0 ? times.Values.Max() : null;
        return new Reach(nodes.Count - missing.Count, nodes.Count, missing, complete);
    }

    /// <summary>Whether a version is in force on a node.</summary>
    public bool IsInForce(string nodeId, long version) => InForceSince(nodeId, version) is not null;

    /// <summary>Keeps a node's position in the store, as at the end of its stream.</summary>
    public async Task KeepAsync(string nodeId)
    {
        if (Last(nodeId) is not var (position, at)) return;
        var ms = at.ToUnixTimeMilliseconds();
        await _core.Lane.WriteAsync(scope =>
        {
            scope.Db.Set<NodeRow>().Where(row => row.Consortium == scope.Consortium && row.NodeId == nodeId).ExecuteUpdate(set => set
                .SetProperty(row => row.Epoch, position.Epoch)
                .SetProperty(row => row.Version, position.Version)
                .SetProperty(row => row.ConfirmedAt, ms));
        });
    }

    // What no card carries no node has to know: it is in force everywhere.
    private Instant? InForceSince(string nodeId, IReadOnlyList<long> versions)
    {
        var times = versions.Select(version => InForceSince(nodeId, version)).ToList();
        return times.Count == 0 ? Instant.MinValue : times.Contains(null) ? null : times.Max();
    }

    private Instant? InForceSince(string nodeId, long version)
    {
        if (!_byNode.TryGetValue(nodeId, out var confirmed)) return null;
        lock (confirmed)
        {
            if (confirmed.Priorities.TryGetValue(version, out var at)) return at;
            return confirmed.Position is { } position && position.Epoch == _core.Log.Head.Epoch && position.Version >= version ? confirmed.At : null;
        }
    }

    private Confirmed Of(string nodeId) => _byNode.GetOrAdd(nodeId, _ => new Confirmed());

    private sealed class Confirmed
    {
        public LogPosition? Position { get; set; }

        public Instant At { get; set; }

        public SortedDictionary<long, Instant> Priorities { get; } = [];
    }
}
