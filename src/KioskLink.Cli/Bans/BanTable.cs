using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;
using Spectre.Console.Rendering;

namespace KioskLink.Cli.Bans;

/// <summary>Bans as a table.</summary>
internal static class BanTable
{
    private static readonly string[] Columns = ["id", "customer", "kind", "state", "from", "until", "branches", "reason", "in words", "decision", "lifted", "why"];

    public static IRenderable Of(IEnumerable<Ban> bans) => Layout.Table(Columns, bans.Select(Row), "No bans.");

    public static IRenderable Of(CheckEnforcementResponse proof) => Layout.Stack(
        Layout.Table(
            ["who decides", "door", "ban enforced", "problem"],
            proof.Results.Select(result => (string[])[result.NodeId.Length == 0 ? "register" : result.NodeId, result.DoorId, result.Refused ? "yes" : "NO", result.Problem]),
            "The branch has no doors."),
        Layout.Sentence(proof.SilentNodeIds.Count == 0 ? "Every node answered." : $"Nothing is proven of nodes that do not answer: {string.Join(", ", proof.SilentNodeIds)}."));

    private static string[] Row(Ban ban) =>
    [
        ban.Id,
        ban.CustomerId,
        ProtoJson.Short(ban.Kind),
        ProtoJson.Short(ban.State),
        Times.Show(ban.StartTime),
        ban.EndTime is null ? "lifted" : Times.Show(ban.EndTime),
        ban.BranchIds.Count == 0 ? "all" : string.Join(", ", ban.BranchIds),
        ban.ReasonCode,
        ban.Reason,
        ban.DecisionRef,
        Times.Show(ban.LiftTime),
        ban.LiftReason,
    ];

    /// <summary>How the hourly proof went at each branch.</summary>
    public static IRenderable Of(IEnumerable<BanCheck> checks) => Layout.Table(
        ["branch", "bans enforced", "checked", "proven last"],
        checks.Select(check => (string[])[check.BranchId, check.Enforced ? "yes" : check.Problem, Times.Show(check.CheckTime), Times.Show(check.EnforceTime)]),
        "No branch was checked yet.");
}
