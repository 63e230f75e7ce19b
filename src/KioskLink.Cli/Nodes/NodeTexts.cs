using KioskLink.Cli.Output;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Register.V1;
using Spectre.Console.Rendering;

namespace KioskLink.Cli.Nodes;

/// <summary>How nodes are shown to people.</summary>
internal static class NodeTexts
{
    private static readonly string[] Columns = ["node", "branch", "link", "facts confirmed", "cards", "journal", "certificate until", "alarms"];

    public static IRenderable Table(IEnumerable<NodeStatus> nodes) => Layout.Table(Columns, nodes.Select(Row), "No nodes.");

    public static IRenderable Of(NodeStatus node) => Layout.Fields(
        ("node", node.NodeId),
        ("branch", node.BranchId),
        ("link", Link(node)),
        ("key custody", ProtoJson.Short(node.Custody)),
        ("facts confirmed", $"{node.Position?.Version} at {Times.Show(node.ConfirmTime)}"),
        ("cards held", $"{node.Entitlements}"),
        ("journal", $"{node.JournalId} up to {node.JournalSequence}"),
        ("certificate until", Times.Show(node.CertificateExpireTime)),
        ("doors", string.Join(", ", node.Doors.Select(door => $"{door.DoorId} {door.State}"))),
        ("alarms", string.Join("; ", node.Alarms)));

    public static IRenderable Of(GetStatusResponse node) => Layout.Fields(
        ("node", node.NodeId),
        ("branch", node.BranchId),
        ("ready", node.Ready ? "yes" : "no"),
        ("link", $"{ProtoJson.Short(node.Link)} since {Times.Show(node.LinkSince)}"),
        ("facts", $"version {node.Position?.Version}, {Times.Show(node.FactsAge)} old, {node.Entitlements} cards"),
        ("journal", $"{node.JournalId} up to {node.JournalSequence}, acknowledged up to {node.JournalAcknowledged}"),
        ("loans kept", node.ActsWaiting + node.ActsUnsettled == 0 ? "" : $"{node.ActsWaiting} wait for the register, {node.ActsUnsettled} to be looked at"),
        ("machines", node.Machines is { } machines ? Machines(machines) : ""),
        ("clock", node.ClockTrusted ? "trusted" : "not trusted"),
        ("doors", string.Join(", ", node.Doors.Select(door => $"{door.DoorId} {door.State}"))),
        ("devices", string.Join(", ", node.Devices.Select(Device))),
        ("alarms", string.Join("; ", node.Alarms)));

    private static string[] Row(NodeStatus node) =>
    [
        node.NodeId,
        node.BranchId,
        Link(node),
        Times.Show(node.ConfirmTime),
        $"{node.Entitlements}",
        $"{node.JournalSequence}",
        Times.Show(node.CertificateExpireTime),
        string.Join("; ", node.Alarms),
    ];

    private static string Link(NodeStatus node) => node switch
    {
        { Revoked: true } => "revoked",
        { Connected: true } => "connected",
        _ => "not connected",
    };

    private static string Machines(MachineListenersStatus machines) =>
        $"{machines.Open} connected at {string.Join(", ", machines.Addresses)}; since the start {machines.Accepted} connections, {machines.Refused} refused; "
        + $"{machines.Messages} messages, {machines.SentAgain} answers sent again, {machines.Failed} unanswered";

    private static string Device(DeviceStatus device) =>
        $"{device.DeviceId} {(device.Online ? device.Secure ? "online, secure" : "online" : "offline")}";
}
