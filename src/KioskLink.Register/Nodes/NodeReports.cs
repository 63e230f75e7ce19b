using System.Collections.Concurrent;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Register.Nodes;

/// <summary>The last status that each node reported. Thread-safe; lives in memory, since a node reports again.</summary>
internal sealed class NodeReports
{
    private readonly ConcurrentDictionary<string, ReportStatusRequest> _last = new(StringComparer.Ordinal);

    /// <summary>Notes a report.</summary>
    public void Note(string nodeId, ReportStatusRequest report) => _last[nodeId] = report;

    /// <summary>The last report of a node; null before its first.</summary>
    public ReportStatusRequest? Of(string nodeId) => _last.GetValueOrDefault(nodeId);
}
