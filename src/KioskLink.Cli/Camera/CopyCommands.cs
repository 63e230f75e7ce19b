using System.CommandLine;
using System.Text.Json.Nodes;
using KioskLink.Cli.Connecting;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;
using Spectre.Console.Rendering;

namespace KioskLink.Cli.Camera;

/// <summary><c>camera copy take|deliver|destroy|list</c>: copies of recordings.</summary>
internal static class CopyCommands
{
    public static Command Create(Session session) =>
        new("copy", "Copies of recordings: taken, delivered to the police, destroyed.") { Take(session), Deliver(session), Destroy(session), List(session) };

    private static Command Take(Session session)
    {
        var id = new Argument<string>("SESSION") { Description = "The viewing." };
        var description = new Option<string>("--description") { Description = "What it is and where it is kept.", HelpName = "TEXT", Required = true };
        var command = new Command("take", "Note that a copy was taken.") { id, description };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new TakeCameraCopyRequest { SessionId = parsed.GetRequiredValue(id), Description = parsed.GetRequiredValue(description) };
            return Shown((await register.Camera.TakeCameraCopyAsync(request, register.Bounded(stop))).Copy);
        });
        return command;
    }

    private static Command Deliver(Session session)
    {
        var id = Id();
        var recipient = new Option<string>("--recipient") { Description = "To whom: police.", HelpName = "RECIPIENT", DefaultValueFactory = _ => "police" };
        var reference = new Option<string>("--reference") { Description = "The police's reference of the matter.", HelpName = "REFERENCE", Required = true };
        var command = new Command("deliver", "Note that a copy was delivered to the police.") { id, recipient, reference };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new DeliverCameraCopyRequest
            {
                CopyId = parsed.GetRequiredValue(id),
                Recipient = parsed.GetRequiredValue(recipient),
                RecipientRef = parsed.GetRequiredValue(reference),
            };
            return Shown((await register.Camera.DeliverCameraCopyAsync(request, register.Bounded(stop))).Copy);
        });
        return command;
    }

    private static Command Destroy(Session session)
    {
        var id = Id();
        var method = new Option<string>("--method") { Description = "How.", HelpName = "TEXT", Required = true };
        var undelivered = new Option<string>("--undelivered") { Description = "Why the police does not get it; for a copy that was never delivered.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        var command = new Command("destroy", "Note that a copy was destroyed: a delivered one, or with a reason one that was never delivered.") { id, method, undelivered };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new DestroyCameraCopyRequest
            {
                CopyId = parsed.GetRequiredValue(id),
                Method = parsed.GetRequiredValue(method),
                UndeliveredReason = parsed.GetRequiredValue(undelivered),
            };
            return Shown((await register.Camera.DestroyCameraCopyAsync(request, register.Bounded(stop))).Copy);
        });
        return command;
    }

    private static Command List(Session session)
    {
        var open = new Option<bool>("--open") { Description = "Only those that are not destroyed." };
        var command = new Command("list", "List copies, newest first.") { open };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var copies = await RegisterConnection.All<CameraCopy>(async token =>
            {
                var page = await register.Camera.ListCameraCopiesAsync(new ListCameraCopiesRequest { OnlyOpen = parsed.GetValue(open), PageToken = token }, register.Bounded(stop));
                return (page.Copies, page.NextPageToken);
            });
            return new Answer(new JsonObject { ["copies"] = ProtoJson.Of(copies) }, Table(copies));
        });
        return command;
    }

    private static Argument<string> Id() => new("ID") { Description = "The copy." };

    private static Answer Shown(CameraCopy copy) => new(ProtoJson.Of(copy), Table([copy]));

    private static IRenderable Table(IEnumerable<CameraCopy> copies) =>
        Layout.Table(["id", "viewing", "what", "state", "taken", "delivered", "reference", "destroyed", ""], copies.Select(Row), "No copies.");

    private static string[] Row(CameraCopy copy) =>
    [
        copy.Id, copy.SessionId, copy.Description, ProtoJson.Short(copy.State), Times.Show(copy.TakeTime), Times.Show(copy.DeliverTime), copy.RecipientRef,
        Times.Show(copy.DestroyTime), copy.Overdue ? "open for too long" : "",
    ];
}
