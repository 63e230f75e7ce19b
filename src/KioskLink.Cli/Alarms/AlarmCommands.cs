using System.CommandLine;
using System.Text.Json.Nodes;
using Grpc.Core;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Cli.Alarms;

/// <summary><c>alarm list|acknowledge|watch|routes|test</c>.</summary>
internal static class AlarmCommands
{
    private static readonly Dictionary<string, AlarmSeverity> Severities = new()
    {
        ["info"] = AlarmSeverity.Info,
        ["warning"] = AlarmSeverity.Warning,
        ["critical"] = AlarmSeverity.Critical,
    };

    private static readonly Dictionary<string, Language> Languages = new() { ["fi"] = Language.Fi, ["sv"] = Language.Sv, ["en"] = Language.En };

    public static Command Create(Session session) => new("alarm", "What somebody must look at, who does, and to whom it is told.")
    {
        List(session), Acknowledge(session), Watch(session), Routes(session), Test(session),
    };

    private static Command List(Session session)
    {
        var filter = new Filter();
        var all = new Option<bool>("--all") { Description = "Also those that are over." };
        var command = new Command("list", "List the alarms that stand, newest first.") { all };
        filter.AddTo(command);
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new ListAlarmsRequest { BranchId = filter.Branch(parsed), MinSeverity = filter.Severity(parsed), Language = filter.Language(parsed) };
            if (parsed.GetValue(all)) request.States.AddRange([AlarmState.Raised, AlarmState.Acknowledged, AlarmState.Cleared]);
            var alarms = await Connecting.RegisterConnection.All<Alarm>(async token =>
            {
                request.PageToken = token;
                var page = await register.Alarms.ListAlarmsAsync(request, register.Bounded(stop));
                return (page.Alarms, page.NextPageToken);
            });
            return new Answer(new JsonObject { ["alarms"] = ProtoJson.Of(alarms) }, AlarmTable.Of(alarms));
        });
        return command;
    }

    private static Command Acknowledge(Session session)
    {
        var id = new Argument<string>("ALARM") { Description = "The alarm's id, as `alarm list` shows it." };
        var note = new Option<string>("--note") { Description = "What is being done.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        var command = new Command("acknowledge", "Say that you look after an alarm; it is escalated no further.") { id, note };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new AcknowledgeAlarmRequest { AlarmId = parsed.GetRequiredValue(id), Note = parsed.GetRequiredValue(note), Language = Language.En };
            var taken = (await register.Alarms.AcknowledgeAlarmAsync(request, register.Bounded(stop))).Alarm;
            return new Answer(ProtoJson.Of(taken), Layout.Sentence($"{taken.Title}: {taken.AcknowledgedBy} looks after it."));
        });
        return command;
    }

    private static Command Watch(Session session)
    {
        var filter = new Filter();
        var command = new Command("watch", "Print the alarms that stand and then each change, until stopped; with --json one object a line.");
        filter.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            using var register = session.Connect(parsed);
            var request = new WatchAlarmsRequest { BranchId = filter.Branch(parsed), MinSeverity = filter.Severity(parsed), Language = filter.Language(parsed) };
            using var call = register.Alarms.WatchAlarms(request, register.Unbounded(stop));
            await foreach (var change in call.ResponseStream.ReadAllAsync(stop))
                session.Terminal.ShowNext(ProtoJson.Of(change.Alarm), AlarmTable.Line(change.Alarm));
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Command Routes(Session session)
    {
        var command = new Command("routes", "List to whom which alarms are sent.");
        session.AtRegister(command, async (register, _, stop) =>
        {
            var listed = await register.Alarms.ListAlarmRoutesAsync(new ListAlarmRoutesRequest(), register.Bounded(stop));
            return new Answer(new JsonObject { ["routes"] = ProtoJson.Of(listed.Routes) }, AlarmTable.Of(listed.Routes));
        });
        return command;
    }

    private static Command Test(Session session)
    {
        var route = new Argument<string>("ROUTE") { Description = "The route; `alarm routes` names them." };
        var command = new Command("test", "Send a test message by a route; 1 when it was not delivered at once.") { route };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var sent = await register.Alarms.SendTestAlarmAsync(new SendTestAlarmRequest { RouteId = parsed.GetRequiredValue(route) }, register.Bounded(stop));
            var text = sent.Waiting == 0 ? $"{sent.Sent} sent." : $"{sent.Sent} sent, {sent.Waiting} not yet: {(sent.Problem.Length > 0 ? sent.Problem : "it is tried again")}.";
            return new Answer(ProtoJson.Of(sent), Layout.Sentence(text), sent.Waiting == 0 ? ExitCode.Done : ExitCode.Refused);
        });
        return command;
    }

    /// <summary>Which alarms, and in which language.</summary>
    private sealed class Filter
    {
        private readonly Option<string> _branch = new("--branch") { Description = "Only of this branch.", HelpName = "BRANCH", DefaultValueFactory = _ => "" };
        private readonly Option<string?> _severity = new Option<string?>("--severity") { Description = "At least so severe." }.AcceptOnlyFromAmong([.. Severities.Keys]);
        private readonly Option<string> _language = new Option<string>("--language") { Description = "fi, sv or en.", DefaultValueFactory = _ => "en" }.AcceptOnlyFromAmong([.. Languages.Keys]);

        public void AddTo(Command command)
        {
            foreach (Option option in (Option[])[_branch, _severity, _language])
                command.Options.Add(option);
        }

        public string Branch(ParseResult parsed) => parsed.GetRequiredValue(_branch);

        public AlarmSeverity Severity(ParseResult parsed) => parsed.GetValue(_severity) is { } word ? Severities[word] : AlarmSeverity.Unspecified;

        public Language Language(ParseResult parsed) => Languages[parsed.GetRequiredValue(_language)];
    }
}
