using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;
using Spectre.Console.Rendering;

namespace KioskLink.Cli.Bans;

/// <summary>Bans as a table.</summary>
internal static class BanTable
{
    private static readonly string[] Columns = ["customer", "kind", "from", "until", "branches", "reason", "lifted"];

    public static IRenderable Of(IEnumerable<Ban> bans) => Layout.Table(Columns, bans.Select(Row), "No bans.");

    private static string[] Row(Ban ban) =>
    [
        ban.CustomerId,
        ProtoJson.Short(ban.Kind),
        Times.Show(ban.StartTime),
        ban.EndTime is null ? "lifted" : Times.Show(ban.EndTime),
        ban.BranchIds.Count == 0 ? "all" : string.Join(", ", ban.BranchIds),
        ban.Reason,
        Times.Show(ban.LiftTime),
    ];
}
