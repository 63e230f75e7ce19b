using System.CommandLine;
using System.Text.Json.Nodes;
using KioskLink.Cli.Connecting;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;
using Spectre.Console.Rendering;

namespace KioskLink.Cli.Camera;

/// <summary><c>camera grant add|revoke|list</c>: who may look at recordings.</summary>
internal static class GrantCommands
{
    private static readonly string[] Columns = ["id", "viewer", "branches", "granted by", "undertaking", "signed", "from", "until", "revoked"];

    public static Command Create(Session session) => new("grant", "Viewing rights.") { Add(session), Revoke(session), List(session) };

    private static Command Add(Session session)
    {
        var viewer = new Argument<string>("VIEWER") { Description = "The viewer's user name." };
        var by = new Option<string>("--granted-by") { Description = "Name of the person who gives the right. Write -, and it is asked for.", HelpName = "NAME", Required = true };
        var undertaking = new Option<string>("--undertaking") { Description = "Reference of the signed security and secrecy undertaking.", HelpName = "REFERENCE", Required = true };
        var signed = new Option<string>("--signed") { Description = "Day on which it was signed.", HelpName = "DATE", Required = true };
        var from = new Option<string?>("--from") { Description = "Start (now by default).", HelpName = "TIME" };
        var until = new Option<string>("--until") { Description = "End.", HelpName = "TIME", Required = true };
        var branches = new Option<string[]>("--branch") { Description = "A branch; several times for more; none means all.", HelpName = "BRANCH" };
        var command = new Command("add", "Give a viewing right.") { viewer, by, undertaking, signed, from, until, branches };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var grant = new CameraGrant
            {
                Viewer = parsed.GetRequiredValue(viewer),
                GrantedBy = session.Terminal.OfPerson(parsed.GetRequiredValue(by), "name of the person who gives the right"),
                DynastyRef = parsed.GetRequiredValue(undertaking),
                UndertakingOn = parsed.GetRequiredValue(signed),
                StartTime = parsed.GetValue(from) is { } start ? Times.Read(start, "--from") : null,
                EndTime = Times.Read(parsed.GetRequiredValue(until), "--until"),
                BranchIds = { parsed.GetValue(branches) ?? [] },
            };
            var response = await register.Camera.GrantCameraViewingAsync(new GrantCameraViewingRequest { Grant = grant }, register.Bounded(stop));
            return Shown(response.Grant);
        });
        return command;
    }

    private static Command Revoke(Session session)
    {
        var id = new Argument<string>("ID") { Description = "The right." };
        var reason = new Option<string>("--reason") { Description = "Why.", HelpName = "TEXT", Required = true };
        var command = new Command("revoke", "End a viewing right.") { id, reason };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new RevokeCameraGrantRequest { GrantId = parsed.GetRequiredValue(id), Reason = parsed.GetRequiredValue(reason) };
            return Shown((await register.Camera.RevokeCameraGrantAsync(request, register.Bounded(stop))).Grant);
        });
        return command;
    }

    private static Command List(Session session)
    {
        var viewer = new Option<string>("--viewer") { Description = "Only this viewer's.", HelpName = "VIEWER", DefaultValueFactory = _ => "" };
        var past = new Option<bool>("--past") { Description = "Also rights that are over." };
        var command = new Command("list", "List viewing rights, newest first.") { viewer, past };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var grants = await RegisterConnection.All<CameraGrant>(async token =>
            {
                var request = new ListCameraGrantsRequest { Viewer = parsed.GetRequiredValue(viewer), IncludePast = parsed.GetValue(past), PageToken = token };
                var page = await register.Camera.ListCameraGrantsAsync(request, register.Bounded(stop));
                return (page.Grants, page.NextPageToken);
            });
            return new Answer(new JsonObject { ["grants"] = ProtoJson.Of(grants) }, Table(grants));
        });
        return command;
    }

    private static Answer Shown(CameraGrant grant) => new(ProtoJson.Of(grant), Table([grant]));

    private static IRenderable Table(IEnumerable<CameraGrant> grants) => Layout.Table(Columns, grants.Select(Row), "No viewing rights.");

    private static string[] Row(CameraGrant grant) =>
    [
        grant.Id, grant.Viewer, grant.BranchIds.Count == 0 ? "all" : string.Join(", ", grant.BranchIds), grant.GrantedBy, grant.DynastyRef, grant.UndertakingOn,
        Times.Show(grant.StartTime), Times.Show(grant.EndTime), Times.Show(grant.RevokeTime),
    ];
}
