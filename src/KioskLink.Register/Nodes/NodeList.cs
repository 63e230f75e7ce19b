using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Events;
using KioskLink.Register.Facts;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;

namespace KioskLink.Register.Nodes;

/// <summary>Nodes as an administrator sees them.</summary>
internal sealed class NodeList(
    RegisterCore core, NodeDirectory directory, NodeSessions sessions, NodeConfirmations confirmations, NodeReports reports, NodeAlarms alarms, JournalHeads journals)
{
    /// <summary>Whether a node of that id is enrolled.</summary>
    public bool Knows(string nodeId) => directory.Find(nodeId) is not null;

    /// <summary>A page of nodes, by id.</summary>
    public ListNodesResponse Page(ListNodesRequest request)
    {
        var size = Field.PageSize(request.PageSize);
        var rest = directory.All
            .Where(node => request.BranchId.Length == 0 || node.BranchId == request.BranchId)
            .Where(node => string.CompareOrdinal(node.NodeId, request.PageToken) > 0)
            .ToList();
        var response = new ListNodesResponse();
        response.Nodes.AddRange(rest.Take(size).Select(Status));
        if (rest.Count > size) response.NextPageToken = rest[size - 1].NodeId;
        return response;
    }

    private NodeStatus Status(EnrolledNode node)
    {
        var status = new NodeStatus
        {
            NodeId = node.NodeId,
            BranchId = node.BranchId,
            Connected = sessions.IsOpen(node.NodeId, SessionKind.Sync),
            Revoked = node.Revoked,
            Custody = node.Custody,
            CertificateExpireTime = node.CertificateEnds.ToProto(),
        };
        if (confirmations.Last(node.NodeId) is var (position, at))
        {
            status.Position = new Position { Epoch = position.Epoch, Version = position.Version };
            status.ConfirmTime = at.ToProto();
            status.AtHead = position == core.Log.Head;
        }

        if (journals.Newest(node.NodeId) is { } journal)
        {
            status.JournalId = journal.JournalId;
            status.JournalSequence = journal.Sequence;
        }

        if (reports.Of(node.NodeId) is { } report)
        {
            status.Entitlements = report.Entitlements;
            status.Doors.AddRange(report.Doors);
            status.Alarms.AddRange(report.Alarms);
        }

        status.Alarms.AddRange(alarms.Of(node.NodeId));
        return status;
    }
}
