using System.CommandLine;
using KioskLink.Cli.Connecting;
using KioskLink.Cli.Nodes;
using KioskLink.Cli.Output;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Register.V1;
using Spectre.Console.Rendering;

namespace KioskLink.Cli.Loans;

/// <summary><c>loan waiting</c>: what a node has lent and taken back without its register.</summary>
internal static class WaitingCommand
{
    private static readonly string[] Columns = ["happened", "what", "item", "device", "due", "noted by", "state", "reason", "act"];

    public static Command Create(Session session)
    {
        var all = new Option<bool>("--all") { Description = "Those of the last 14 days too that the register has answered." };
        var socket = NodeSocket.Required();
        var command = new Command("waiting", "Loans, returns, renewals and holds that a node keeps for the register; 1 when somebody has to look at one.") { all, socket };
        command.SetAction(async (parsed, stop) =>
        {
            using var node = session.ConnectNode(parsed.GetRequiredValue(socket));
            var kept = await ReadAsync(node, parsed.GetValue(all), stop);
            return session.Terminal.Show(new Answer(ProtoJson.Of(kept), Text(kept), kept.Unsettled == 0 ? ExitCode.Done : ExitCode.Refused));
        });
        return command;
    }

    private static async Task<ListKeptActsResponse> ReadAsync(NodeConnection node, bool settled, CancellationToken stop)
    {
        var acts = new List<KeptAct>();
        var page = new ListKeptActsResponse();
        do
        {
            page = await node.Lending.ListKeptActsAsync(new ListKeptActsRequest { Settled = settled, PageToken = page.NextPageToken }, node.Bounded(stop));
            acts.AddRange(page.Acts);
        }
        while (page.NextPageToken.Length > 0);
        page.Acts.Clear();
        page.Acts.AddRange(acts);
        return page;
    }

    private static IRenderable Text(ListKeptActsResponse kept) => Layout.Stack(
        Layout.Table(Columns, kept.Acts.Select(Row), "Nothing is kept."),
        Layout.Sentence($"{kept.Waiting} wait for the register, at most {kept.WaitingMax} may; {kept.Unsettled} to be looked at."));

    private static string[] Row(KeptAct act) =>
    [
        Times.Show(act.HappenedTime),
        ProtoJson.Short(act.Kind),
        act.ItemId.Length > 0 ? act.ItemId : act.TitleId,
        act.DeviceId,
        act.DueOn,
        act.NotedBy,
        ProtoJson.Short(act.State),
        act.Reason == LoanReason.Unspecified ? "" : ProtoJson.Short(act.Reason),
        act.TransactionId,
    ];
}
