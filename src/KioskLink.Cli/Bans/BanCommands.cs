using System.CommandLine;
using System.Text.Json.Nodes;
using Google.Protobuf.Collections;
using KioskLink.Cli.Connecting;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Cli.Bans;

/// <summary><c>ban add|lift|list</c>.</summary>
internal static class BanCommands
{
    private static readonly Dictionary<string, BanKind> Kinds = new()
    {
        ["use"] = BanKind.Use,
        ["loan"] = BanKind.Loan,
        ["self-service"] = BanKind.SelfService,
    };

    public static Command Create(Session session) =>
        new("ban", "Bans: use (everything), loan, self-service (the door).") { Add(session), Lift(session), List(session) };

    private static Command Add(Session session)
    {
        var (customer, kind) = (Customer(), Kind());
        var branches = new Option<string[]>("--branch") { Description = "A branch where it holds; several times for more; none means all.", HelpName = "BRANCH" };
        var from = new Option<string?>("--from") { Description = "Start (now by default).", HelpName = "TIME" };
        var until = new Option<string?>("--until") { Description = "First moment after the ban; without it the register's rule for this kind, or until lifted.", HelpName = "TIME" };
        var reason = new Option<string>("--reason") { Description = "Reason code.", HelpName = "CODE", Required = true };
        var decision = new Option<string>("--decided-by") { Description = "Who decided; for a use ban the decision's reference.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        var command = new Command("add", "Ban a patron, and say on how many nodes the ban is in force.") { customer, kind, branches, from, until, reason, decision };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var ban = new Ban
            {
                CustomerId = parsed.GetRequiredValue(customer),
                Kind = Kinds[parsed.GetRequiredValue(kind)],
                Reason = parsed.GetRequiredValue(reason),
                DecidedBy = parsed.GetRequiredValue(decision),
                StartTime = parsed.GetValue(from) is { } start ? Times.Read(start, "--from") : null,
                EndTime = parsed.GetValue(until) is { } end ? Times.Read(end, "--until") : null,
                BranchIds = { parsed.GetValue(branches) ?? [] },
            };
            var added = await register.Bans.AddBanAsync(new AddBanRequest { Ban = ban }, register.Bounded(stop));
            var reach = await new Reach(register, session.Clock).Of(added.Version, stop);
            return Changed([added.Ban], added.Version, reach, "is in force");
        });
        return command;
    }

    private static Command Lift(Session session)
    {
        var (customer, kind) = (Customer(), Kind());
        var reason = new Option<string>("--reason") { Description = "Why.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        var command = new Command("lift", "Lift every ban of a kind of a patron.") { customer, kind, reason };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var bans = new PatronBans { CustomerId = parsed.GetRequiredValue(customer), Kind = Kinds[parsed.GetRequiredValue(kind)] };
            var request = new LiftBanRequest { PatronBans = bans, Reason = parsed.GetRequiredValue(reason) };
            var lifted = await register.Bans.LiftBanAsync(request, register.Bounded(stop));
            var reach = await new Reach(register, session.Clock).Of(lifted.Version, stop);
            return Changed(lifted.Bans, lifted.Version, reach, "is lifted");
        });
        return command;
    }

    private static Command List(Session session)
    {
        var customer = Customer();
        customer.Arity = ArgumentArity.ZeroOrOne;
        var past = new Option<bool>("--past") { Description = "Also bans that are over or lifted." };
        var command = new Command("list", "List bans, newest first.") { customer, past };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var bans = await RegisterConnection.All<Ban>(async token =>
            {
                var request = new ListBansRequest
                {
                    CustomerId = parsed.GetValue(customer) ?? "",
                    IncludePast = parsed.GetValue(past),
                    PageToken = token,
                };
                var page = await register.Bans.ListBansAsync(request, register.Bounded(stop));
                return (page.Bans, page.NextPageToken);
            });
            return new Answer(new JsonObject { ["bans"] = ProtoJson.Of(bans) }, BanTable.Of(bans));
        });
        return command;
    }

    private static Argument<string> Customer() => new("CUSTOMER") { Description = "The patron's customer id." };

    private static Argument<string> Kind() =>
        new Argument<string>("KIND") { Description = "use, loan or self-service." }.AcceptOnlyFromAmong([.. Kinds.Keys]);

    private static Answer Changed(RepeatedField<Ban> bans, long version, GetReachResponse reach, string what) => new(
        new JsonObject
        {
            ["bans"] = ProtoJson.Of(bans),
            ["version"] = version,
            ["confirmedNodes"] = reach.ConfirmedNodes,
            ["totalNodes"] = reach.TotalNodes,
            ["missingNodeIds"] = new JsonArray([.. reach.MissingNodeIds.Select(node => (JsonNode)node)]),
        },
        Layout.Stack(
            BanTable.Of(bans),
            Layout.Sentence(bans.Count == 0 ? "There was no such ban." : $"It {what} on {reach.ConfirmedNodes} of {reach.TotalNodes} nodes{Missing(reach)}.")));

    private static string Missing(GetReachResponse reach) =>
        reach.MissingNodeIds.Count == 0 ? "" : $"; not yet on {string.Join(", ", reach.MissingNodeIds)}";
}
