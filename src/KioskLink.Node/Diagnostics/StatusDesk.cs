using KioskLink.Node.Circulation;
using KioskLink.Node.Doors;
using KioskLink.Node.Hosting;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Node.Diagnostics;

/// <summary>Tells how the node is. Thread-safe.</summary>
internal sealed class StatusDesk(NodeParts parts, Premises premises, Readiness readiness)
{
    /// <summary>The machines that speak SIP2; null until they may connect, and where node.json has none.</summary>
    public MachineDesk? Machines { get; set; }

    /// <summary>How it is now.</summary>
    public GetStatusResponse Look()
    {
        var mark = parts.Replica.Mark;
        var now = parts.Clock.Now;
        var status = new GetStatusResponse
        {
            NodeId = parts.Config.Node,
            BranchId = parts.Config.Branch,
            Link = (LinkState)parts.Link.State,
            LinkSince = Clock.WireTime.ToProto(now - (parts.Clock.BootTime - parts.Link.Since)),
            Position = mark.IsComplete ? new Position { Epoch = mark.Epoch, Version = mark.Version } : null,
            FactsAge = parts.Replica.AsOf is null ? null : Clock.WireTime.ToProto(parts.Replica.AgeAt(now)),
            Entitlements = parts.Replica.Count,
            JournalId = parts.Journal.Id,
            JournalSequence = parts.Journal.LastSequence,
            JournalAcknowledged = parts.Journal.Acknowledged,
            ClockTrusted = parts.Clock.Trusted,
            Ready = readiness.IsReady,
            BranchState = premises.BranchState,
            ActsWaiting = parts.ActBook.Waiting,
            ActsUnsettled = parts.ActBook.Unsettled,
            Machines = Machines is { } machines ? StatusOf(machines) : null,
        };
        status.Devices.AddRange(premises.Devices);
        status.Doors.AddRange(premises.Doors);
        status.Alarms.AddRange(parts.Alarms.Standing);
        return status;
    }

    private static MachineListenersStatus StatusOf(MachineDesk machines)
    {
        var counts = machines.Counts;
        return new MachineListenersStatus
        {
            Addresses = { machines.Addresses },
            Open = counts.Open,
            Accepted = counts.Accepted,
            Refused = counts.Refused,
            Messages = counts.Messages,
            SentAgain = counts.SentAgain,
            Failed = counts.Failed,
        };
    }
}
