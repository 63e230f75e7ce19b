using KioskLink.Protos.Register.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Cards;
using KioskLink.Register.Facts;
using KioskLink.Register.Nodes;
using KioskLink.Register.Patrons;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;

namespace KioskLink.Register.Bans;

/// <summary>Says at which nodes and doors a ban is known, from what the nodes confirm (R29, R90). Thread-safe.</summary>
internal sealed class BanReach(RegisterCore core, NodeConfirmations confirmations, NodeDirectory directory, NodeReports reports)
{
    /// <summary>The reach of a version of the change log, at every node.</summary>
    public GetReachResponse OfVersion(long version)
    {
        if (version < 1 || version > core.Log.Head.Version)
        {
            throw Field.Wrong("version", "is none of the change log: give the one that the change returned");
        }

        return Of([version], _ => true);
    }

    /// <summary>The reach of a ban's last change, at the nodes of the branches where it holds.</summary>
    /// <param name="banId">The ban.</param>
    /// <param name="audit">Learns whose ban it is.</param>
    public GetReachResponse OfBan(string banId, CallAudit audit)
    {
        using var db = core.Store.Read();
        var row = db.Set<BanRow>().SingleOrDefault(ban => ban.Consortium == core.Store.Consortium && ban.BanId == banId) ?? throw Field.Missing("ban");
        var customerId = db.Set<PatronRow>().Where(patron => patron.PatronId == row.PatronId).Select(patron => patron.CustomerId).Single();
        audit.About(row.PatronId);
        var branches = BanView.Branches(row);
        var response = Of(VersionsOf(db, row), node => branches.Count == 0 || branches.Contains(node.BranchId));
        response.Ban = BanView.Of(row, customerId, core.Now());
        return response;
    }

    // A change of a ban tells of every card of the patron, each under a version of its own, all with the time of the change.
    private List<long> VersionsOf(RegisterDb db, BanRow row)
    {
        var at = row.LiftedAt ?? row.CreatedAt;
        var cards = db.Set<CardRow>().Where(card => card.PatronId == row.PatronId).Select(card => card.CardId).AsEnumerable()
            .Select(card => EntityId.Card(card).Id).ToList();
        var versions = db.Set<ChangeRow>()
            .Where(change => change.Consortium == core.Store.Consortium && change.Kind == (int)EntityKind.Card && cards.Contains(change.EntityId)
                && change.CommitTime == at)
            .Select(change => change.Version)
            .ToList();
        return versions.Count > 0 || at >= core.Log.Floor.Time.ToUnixTimeMilliseconds() ? versions : [Math.Max(core.Log.Floor.Version, 1)];
    }

    private GetReachResponse Of(IReadOnlyList<long> versions, Predicate<EnrolledNode> isMeant)
    {
        var nodes = directory.All.Where(node => !node.Revoked && isMeant(node)).ToList();
        var reach = confirmations.ReachOf(versions, nodes);
        var response = new GetReachResponse { ConfirmedNodes = reach.Confirmed, TotalNodes = reach.Total, CompleteTime = reach.CompleteAt?.ToProto() };
        response.MissingNodeIds.AddRange(reach.Missing);
        var doors = DoorsOf(nodes);
        response.TotalDoors = doors.Count;
        response.MissingDoors.AddRange(doors.Where(door => nodes.Any(node => reach.Missing.Contains(node.NodeId) && MayServe(node, door))).Select(door => $"{door.Branch}/{door.Door}"));
        response.ConfirmedDoors = response.TotalDoors - response.MissingDoors.Count;
        return response;
    }

    private List<(string Branch, string Door)> DoorsOf(IReadOnlyList<EnrolledNode> nodes) =>
    [
        .. nodes.Select(node => node.BranchId).Distinct()
            .SelectMany(branch => core.Index.Branch(branch)?.Policy.Doors.Select(door => (branch, door.Id)) ?? [])
            .Order(),
    ];

    // A node that has not said yet which doors it serves may serve any of its branch.
    private bool MayServe(EnrolledNode node, (string Branch, string Door) door) =>
        node.BranchId == door.Branch && (reports.Of(node.NodeId) is not { Doors.Count: > 0 } report || report.Doors.Any(state => state.DoorId == door.Door));
}
