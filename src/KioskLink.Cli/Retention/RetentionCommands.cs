using System.CommandLine;
using System.Text.Json.Nodes;
using KioskLink.Cli.Connecting;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;
using Spectre.Console.Rendering;

namespace KioskLink.Cli.Retention;

/// <summary><c>retention plan|approve|run|list</c>.</summary>
internal static class RetentionCommands
{
    private static readonly string[] RuleColumns = ["rule", "keep", "when", "due before", "set by", "on"];
    private static readonly string[] RunColumns = ["plan", "rule", "keep", "due before", "state", "counts", "by", "ended", "evidence"];

    public static Command Create(Session session) =>
        new("retention", "How long data is kept: preview what is due, approve, remove, and see the evidence.") { Plan(session), Approve(session), Run(session), List(session) };

    private static Command Plan(Session session)
    {
        var rule = new Argument<string>("RULE") { Description = "The rule; `retention list` names them." };
        var command = new Command("plan", "Count what is due now, and remove nothing.") { rule };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var planned = await register.Retention.DryRunAsync(new DryRunRequest { Rule = parsed.GetRequiredValue(rule) }, register.Unbounded(stop));
            return Shown(planned.Run, $"Plan {planned.Run.Id}. Nothing was removed.");
        });
        return command;
    }

    private static Command Approve(Session session)
    {
        var (plan, reason) = (PlanId(), new Option<string>("--reason") { Description = "Why; it is recorded.", HelpName = "TEXT", Required = true });
        var command = new Command("approve", "Approve a plan of a rule that staff starts.") { plan, reason };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new ApproveRunRequest { RunId = parsed.GetRequiredValue(plan), Reason = parsed.GetRequiredValue(reason) };
            var approved = await register.Retention.ApproveRunAsync(request, register.Bounded(stop));
            return Shown(approved.Run, $"Plan {approved.Run.Id} is approved; `retention run {approved.Run.Id}` carries it out.");
        });
        return command;
    }

    private static Command Run(Session session)
    {
        var plan = PlanId();
        var command = new Command("run", "Remove what a plan counted as due.") { plan };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var done = await register.Retention.RunRetentionAsync(new RunRetentionRequest { RunId = parsed.GetRequiredValue(plan) }, register.Unbounded(stop));
            return Shown(done.Run, $"Done. Evidence {done.Run.Evidence}.");
        });
        return command;
    }

    private static Command List(Session session)
    {
        var rule = new Argument<string>("RULE") { Description = "Only this rule.", Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = _ => "" };
        var runs = new Option<bool>("--runs") { Description = "The plans and runs instead of the rules." };
        var command = new Command("list", "List the rules with their periods, or the runs with their evidence.") { rule, runs };
        session.AtRegister(command, async (register, parsed, stop) => parsed.GetValue(runs)
            ? await ListRuns(register, parsed.GetRequiredValue(rule), stop)
            : await ListRules(register, parsed.GetRequiredValue(rule), stop));
        return command;
    }

    private static async Task<Answer> ListRules(RegisterConnection register, string rule, CancellationToken stop)
    {
        var listed = await register.Retention.ListRulesAsync(new ListRulesRequest { Rule = rule }, register.Bounded(stop));
        return new Answer(
            new JsonObject { ["rules"] = ProtoJson.Of(listed.Rules) },
            Layout.Table(RuleColumns, listed.Rules.Select(shown => new[]
            {
                shown.Name, shown.Keep.Length == 0 ? "while needed" : shown.Keep, $"{ProtoJson.Short(shown.When).ToLowerInvariant()} {shown.On}".TrimEnd(),
                Times.Show(shown.CutoffTime), shown.Basis, shown.SetOn,
            }), "No rules."));
    }

    private static async Task<Answer> ListRuns(RegisterConnection register, string rule, CancellationToken stop)
    {
        var whole = true;
        var runs = await RegisterConnection.All<RetentionRun>(async token =>
        {
            var page = await register.Retention.ListRunsAsync(new ListRunsRequest { Rule = rule, PageToken = token }, register.Bounded(stop));
            whole &= page.EvidenceWhole;
            return (page.Runs, page.NextPageToken);
        });
        return new Answer(
            new JsonObject { ["runs"] = ProtoJson.Of(runs), ["evidenceWhole"] = whole },
            Layout.Stack(
                Layout.Table(RunColumns, runs.Select(Row), "No runs."),
                Layout.Sentence(whole ? "The chain of evidence is whole." : "The chain of evidence is broken: a run was altered or removed.")),
            whole ? ExitCode.Done : ExitCode.Refused);
    }

    private static Argument<long> PlanId() => new("PLAN") { Description = "Number of the plan." };

    private static Answer Shown(RetentionRun run, string sentence) => new(ProtoJson.Of(run), Layout.Stack(Counts(run), Layout.Sentence(sentence)));

    private static IRenderable Counts(RetentionRun run) => Layout.Table(
        ["what", "number"], run.Counts.Select(count => new[] { count.What, count.Number.ToString(null, null) }), "Nothing is due.");

    private static string[] Row(RetentionRun run) =>
    [
        run.Id.ToString(null, null), run.Rule, run.Keep, Times.Show(run.CutoffTime), ProtoJson.Short(run.State).ToLowerInvariant(),
        string.Join(", ", run.Counts.Where(count => count.Number > 0).Select(count => $"{count.What} {count.Number}")),
        run.RunBy.Length > 0 ? run.RunBy : run.PlannedBy, Times.Show(run.EndTime), run.Evidence.Length > 0 ? run.Evidence[..12] : "",
    ];
}
