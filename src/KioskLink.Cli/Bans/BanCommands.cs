using System.CommandLine;
using System.Text.Json.Nodes;
using Google.Protobuf.Collections;
using KioskLink.Cli.Connecting;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Cli.Bans;

/// <summary><c>ban add|lift|list|reach|check</c>.</summary>
internal static class BanCommands
{
    private static readonly Dictionary<string, BanKind> Kinds = new()
    {
        ["use"] = BanKind.Use,
        ["loan"] = BanKind.Loan,
        ["self-service"] = BanKind.SelfService,
    };

    public static Command Create(Session session) =>
        new("ban", "Bans: use (everything), loan, self-service (the door).") { Add(session), Lift(session), List(session), Reach(session), Check(session) };

    private static Command Add(Session session)
    {
        var (customer, kind) = (Customer(), Kind());
        var branches = new Option<string[]>("--branch") { Description = "A branch where it holds; several times for more; none means all.", HelpName = "BRANCH" };
        var from = new Option<string?>("--from") { Description = "Start (now by default).", HelpName = "TIME" };
        var until = new Option<string?>("--until") { Description = "First moment after the ban; without it the register's rule for this kind, or until lifted.", HelpName = "TIME" };
        var code = new Option<string>("--reason-code") { Description = "Code of a reason of the register's profile that is for this kind of ban.", HelpName = "CODE", Required = true };
        var reason = new Option<string>("--reason") { Description = "The reason in words, beside the code.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        var decision = new DecisionOptions();
        var command = new Command("add", "Ban a patron, and say on how many nodes the ban is in force.") { customer, kind, branches, from, until, code, reason };
        decision.AddTo(command);
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var ban = new Ban
            {
                CustomerId = parsed.GetRequiredValue(customer),
                Kind = Kinds[parsed.GetRequiredValue(kind)],
                ReasonCode = parsed.GetRequiredValue(code),
                Reason = parsed.GetRequiredValue(reason),
                StartTime = parsed.GetValue(from) is { } start ? Times.Read(start, "--from") : null,
                EndTime = parsed.GetValue(until) is { } end ? Times.Read(end, "--until") : null,
                BranchIds = { parsed.GetValue(branches) ?? [] },
            };
            decision.Fill(parsed, ban);
            var added = await register.Bans.AddBanAsync(new AddBanRequest { Ban = ban }, register.Bounded(stop));
            var reach = await new ReachWatch(register, session.Clock).Of(added.Version, stop);
            return Changed([added.Ban], added.Version, reach, "is in force");
        });
        return command;
    }

    private static Command Lift(Session session)
    {
        var (customer, kind) = (Customer(), Kind());
        var reason = new Option<string>("--reason") { Description = "Why; it is recorded.", HelpName = "TEXT", Required = true };
        var command = new Command("lift", "Lift every ban of a kind of a patron.") { customer, kind, reason };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var bans = new PatronBans { CustomerId = parsed.GetRequiredValue(customer), Kind = Kinds[parsed.GetRequiredValue(kind)] };
            var request = new LiftBanRequest { PatronBans = bans, Reason = parsed.GetRequiredValue(reason) };
            var lifted = await register.Bans.LiftBanAsync(request, register.Bounded(stop));
            var reach = await new ReachWatch(register, session.Clock).Of(lifted.Version, stop);
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

    private static Command Reach(Session session)
    {
        var ban = new Argument<string>("BAN") { Description = "The ban's id, as `ban list` shows it." };
        var command = new Command("reach", "Say at how many doors a ban is known, from what the nodes confirm.") { ban };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var reach = await register.Bans.GetReachAsync(new GetReachRequest { BanId = parsed.GetRequiredValue(ban) }, register.Bounded(stop));
            return new Answer(ProtoJson.Of(reach), Layout.Stack(
                BanTable.Of([reach.Ban]),
                Layout.Sentence($"Known at {reach.ConfirmedDoors} of {reach.TotalDoors} doors, {reach.ConfirmedNodes} of {reach.TotalNodes} nodes{Missing(reach)}.")));
        });
        return command;
    }

    private static Command Check(Session session)
    {
        var branch = new Argument<string>("BRANCH") { Description = "The branch's id; without it, how the hourly proof went at each branch.", Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = _ => "" };
        var command = new Command("check", "Prove that a self-service ban is enforced at a branch; 1 when it is not, or a node is silent.") { branch };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            if (parsed.GetRequiredValue(branch) is not { Length: > 0 } id)
            {
                var last = (await register.Bans.ListBanChecksAsync(new ListBanChecksRequest(), register.Bounded(stop))).Checks;
                return new Answer(new JsonObject { ["checks"] = ProtoJson.Of(last) }, BanTable.Of(last), last.All(check => check.Enforced) ? ExitCode.Done : ExitCode.Refused);
            }

            var proof = await register.Bans.CheckEnforcementAsync(new CheckEnforcementRequest { BranchId = id }, register.Bounded(stop));
            return new Answer(ProtoJson.Of(proof), BanTable.Of(proof), proof.Enforced ? ExitCode.Done : ExitCode.Refused);
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
