using System.CommandLine;
using System.Text.Json.Nodes;
using KioskLink.Cli.Connecting;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Cli.Outages;

/// <summary><c>suspension add|lift|list</c>.</summary>
internal static class SuspensionCommands
{
    public static Command Create(Session session) => new("suspension", "Suspensions of a branch's self-service use, for a reason of its own.")
    {
        Add(session), Lift(session), List(session),
    };

    private static Command Add(Session session)
    {
        var branch = new Argument<string>("BRANCH") { Description = "The branch's id." };
        var from = new Option<string?>("--from") { Description = "Start (now by default).", HelpName = "TIME" };
        var until = new Option<string?>("--until") { Description = "First moment after it; without it until lifted.", HelpName = "TIME" };
        var reason = new Option<string>("--reason") { Description = "Why.", HelpName = "TEXT", Required = true };
        var command = new Command("add", "Suspend self-service use of a branch; its nodes hold it before it begins.") { branch, from, until, reason };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var suspension = new BranchSuspension
            {
                BranchId = parsed.GetRequiredValue(branch),
                Reason = parsed.GetRequiredValue(reason),
                StartTime = parsed.GetValue(from) is { } start ? Times.Read(start, "--from") : null,
                EndTime = parsed.GetValue(until) is { } end ? Times.Read(end, "--until") : null,
            };
            var added = await register.Branches.SuspendBranchAsync(new SuspendBranchRequest { Suspension = suspension }, register.Bounded(stop));
            return Changed(added.Suspension, added.Version);
        });
        return command;
    }

    private static Command Lift(Session session)
    {
        var id = new Argument<string>("SUSPENSION") { Description = "The suspension's id, as `suspension list` shows it." };
        var reason = new Option<string>("--reason") { Description = "Why.", HelpName = "TEXT", Required = true };
        var command = new Command("lift", "Lift a suspension, or call it off before it has begun.") { id, reason };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new ResumeBranchRequest { SuspensionId = parsed.GetRequiredValue(id), Reason = parsed.GetRequiredValue(reason) };
            var lifted = await register.Branches.ResumeBranchAsync(request, register.Bounded(stop));
            return Changed(lifted.Suspension, lifted.Version);
        });
        return command;
    }

    private static Command List(Session session)
    {
        var branch = new Option<string>("--branch") { Description = "Only this branch.", HelpName = "BRANCH", DefaultValueFactory = _ => "" };
        var past = new Option<bool>("--past") { Description = "Also those that are over or lifted." };
        var command = new Command("list", "List suspensions, newest first.") { branch, past };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var suspensions = await RegisterConnection.All<BranchSuspension>(async token =>
            {
                var request = new ListSuspensionsRequest { BranchId = parsed.GetRequiredValue(branch), IncludePast = parsed.GetValue(past), PageToken = token };
                var page = await register.Branches.ListSuspensionsAsync(request, register.Bounded(stop));
                return (page.Suspensions, page.NextPageToken);
            });
            return new Answer(new JsonObject { ["suspensions"] = ProtoJson.Of(suspensions) }, OutageTable.Of(suspensions));
        });
        return command;
    }

    private static Answer Changed(BranchSuspension suspension, long version) =>
        new(new JsonObject { ["suspension"] = ProtoJson.Of(suspension), ["version"] = version }, OutageTable.Of([suspension]));
}
