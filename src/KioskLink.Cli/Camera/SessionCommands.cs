using System.CommandLine;
using System.Text.Json.Nodes;
using KioskLink.Cli.Connecting;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;
using Spectre.Console.Rendering;

namespace KioskLink.Cli.Camera;

/// <summary><c>camera session start|complete|link|references|list</c>: viewings and their records.</summary>
internal static class SessionCommands
{
    private static readonly string[] Columns = ["id", "viewer", "branch", "camera", "reason", "began", "record", "matter", "decided by", "outsider"];

    public static Command Create(Session session) =>
        new("session", "Viewings and their records.") { Start(session), CompleteCommand.Create(session), Link(session), References(session), List(session) };

    /// <summary>One viewing as an answer.</summary>
    public static Answer Shown(CameraSession session) => new(ProtoJson.Of(session), Table([session]));

    private static Command Start(Session session)
    {
        var branch = new Option<string>("--branch") { Description = "The branch.", HelpName = "BRANCH", Required = true };
        var camera = new Option<string>("--camera") { Description = "The camera.", HelpName = "CAMERA", Required = true };
        var reason = new Option<string>("--reason") { Description = "Code of the reason: crime or danger.", HelpName = "CODE", Required = true };
        var text = new Option<string>("--text") { Description = "The reason in words, without anybody's numbers.", HelpName = "TEXT", Required = true };
        var command = new Command("start", "Begin a viewing; its record is due right after it.") { branch, camera, reason, text };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new StartCameraSessionRequest
            {
                BranchId = parsed.GetRequiredValue(branch),
                Camera = parsed.GetRequiredValue(camera),
                ReasonCode = parsed.GetRequiredValue(reason),
                ReasonText = parsed.GetRequiredValue(text),
            };
            return Shown((await register.Camera.StartCameraSessionAsync(request, register.Bounded(stop))).Session);
        });
        return command;
    }

    private static Command Link(Session session)
    {
        var id = new Argument<string>("ID") { Description = "The viewing." };
        var attempt = new Option<string>("--attempt") { Description = "The event at the door: its attempt id.", HelpName = "ATTEMPT", Required = true };
        var node = new Option<string>("--node") { Description = "The node that noted it, where several have one of this id.", HelpName = "NODE", DefaultValueFactory = _ => "" };
        var at = new Option<string?>("--camera-time") { Description = "The moment by the camera's clock (the event's own by default).", HelpName = "TIME" };
        var command = new Command("link", "Note which moment of the recording belongs to an event at a door.") { id, attempt, node, at };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new LinkCameraEventRequest
            {
                SessionId = parsed.GetRequiredValue(id),
                AttemptId = parsed.GetRequiredValue(attempt),
                NodeId = parsed.GetRequiredValue(node),
                CameraTime = parsed.GetValue(at) is { } time ? Times.Read(time, "--camera-time") : null,
            };
            var reference = (await register.Camera.LinkCameraEventAsync(request, register.Bounded(stop))).Reference;
            return new Answer(ProtoJson.Of(reference), ReferenceTable([reference]));
        });
        return command;
    }

    private static Command References(Session session)
    {
        var id = new Argument<string>("ID") { Description = "Only this viewing's.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("references", "List references to recordings that are still there.") { id };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var references = await RegisterConnection.All<CameraReference>(async token =>
            {
                var request = new ListCameraReferencesRequest { SessionId = parsed.GetValue(id) ?? "", PageToken = token };
                var page = await register.Camera.ListCameraReferencesAsync(request, register.Bounded(stop));
                return (page.References, page.NextPageToken);
            });
            return new Answer(new JsonObject { ["references"] = ProtoJson.Of(references) }, ReferenceTable(references));
        });
        return command;
    }

    private static Command List(Session session)
    {
        var open = new Option<bool>("--open") { Description = "Only those whose record is missing." };
        var branch = new Option<string>("--branch") { Description = "Only this branch's.", HelpName = "BRANCH", DefaultValueFactory = _ => "" };
        var command = new Command("list", "List viewings, newest first.") { open, branch };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var sessions = await RegisterConnection.All<CameraSession>(async token =>
            {
                var request = new ListCameraSessionsRequest { OnlyOpen = parsed.GetValue(open), BranchId = parsed.GetRequiredValue(branch), PageToken = token };
                var page = await register.Camera.ListCameraSessionsAsync(request, register.Bounded(stop));
                return (page.Sessions, page.NextPageToken);
            });
            return new Answer(new JsonObject { ["sessions"] = ProtoJson.Of(sessions) }, Table(sessions));
        });
        return command;
    }

    /// <summary>Viewings as a table.</summary>
    public static IRenderable Table(IEnumerable<CameraSession> sessions) => Layout.Table(Columns, sessions.Select(Row), "No viewings.");

    private static IRenderable ReferenceTable(IEnumerable<CameraReference> references) => Layout.Table(
        ["id", "viewing", "camera", "event", "at", "by the camera", "purged"],
        references.Select(row => new[]
        {
            row.Id, row.SessionId, row.Camera, row.AttemptId, Times.Show(row.EventTime), Times.Show(row.CameraTime), Times.Show(row.PurgeTime),
        }),
        "No references.");

    private static string[] Row(CameraSession session) =>
    [
        session.Id, session.Viewer, session.BranchId, session.Camera, session.ReasonCode, Times.Show(session.StartTime),
        session.CompleteTime is null ? "missing" : Times.Show(session.CompleteTime), session.Record?.Matter ?? "", session.Record?.DecidedBy ?? "",
        session.Record is { OutsiderAsked: true } record ? $"{record.OutsiderName} ({ProtoJson.Short(record.OutsiderDecision)})" : "",
    ];
}
