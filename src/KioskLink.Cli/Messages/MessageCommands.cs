using System.CommandLine;
using System.Text.Json.Nodes;
using KioskLink.Cli.Branches;
using KioskLink.Cli.Connecting;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;
using Spectre.Console.Rendering;

namespace KioskLink.Cli.Messages;

/// <summary><c>message render|send|list</c>: notices to patrons.</summary>
internal static class MessageCommands
{
    private const string FileHelp = "JSON of the message PatronNotice (protos/kiosklink/register/v1/patron_notice_service.proto); comments are allowed.";

    public static Command Create(Session session) =>
        new("message", "Notices to patrons: pick-up, due-date, overdue, invoices.") { Render(session), Send(session), List(session) };

    private static Command Render(Session session)
    {
        var file = new Argument<string>("FILE") { Description = FileHelp };
        var command = new Command("render", "Show a notice as it would be sent, and send nothing.") { file };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new RenderPatronNoticeRequest { Notice = ProtoJsonFile.Read<PatronNotice>(parsed.GetRequiredValue(file)) };
            var rendered = (await register.PatronNotices.RenderPatronNoticeAsync(request, register.Bounded(stop))).Rendered;
            return new Answer(ProtoJson.Of(rendered), Layout.Stack(
                Layout.Fields(("channel", ProtoJson.Short(rendered.Channel)), ("language", ProtoJson.Short(rendered.Language)), ("subject", rendered.Subject)),
                Layout.Sentence($"\n{rendered.Body}")));
        });
        return command;
    }

    private static Command Send(Session session)
    {
        var file = new Argument<string>("FILE") { Description = FileHelp };
        var id = new Option<string?>("--id") { Description = "Id of the notice: the same again sends nothing twice (a new one by default).", HelpName = "ID" };
        var command = new Command("send", "Put a notice into the register's spool folder and among the patron's messages.") { file, id };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new SendPatronNoticeRequest
            {
                Notice = ProtoJsonFile.Read<PatronNotice>(parsed.GetRequiredValue(file)),
                NoticeId = parsed.GetValue(id) ?? Guid.NewGuid().ToString("N"),
            };
            var response = await register.PatronNotices.SendPatronNoticeAsync(request, register.Bounded(stop));
            return new Answer(ProtoJson.Of(response), Layout.Stack(
                Table([response.Sent]), Layout.Sentence(response.RepeatedCall ? "It was sent before; nothing was sent now." : "It is sent.")));
        });
        return command;
    }

    private static Command List(Session session)
    {
        var customer = new Argument<string>("CUSTOMER") { Description = "The patron's customer id." };
        var command = new Command("list", "List the notices that were sent to a patron, newest first.") { customer };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var notices = await RegisterConnection.All<SentNotice>(async token =>
            {
                var request = new ListPatronNoticesRequest { CustomerId = parsed.GetRequiredValue(customer), PageToken = token };
                var page = await register.PatronNotices.ListPatronNoticesAsync(request, register.Bounded(stop));
                return (page.Notices, page.NextPageToken);
            });
            return new Answer(new JsonObject { ["notices"] = ProtoJson.Of(notices) }, Table(notices));
        });
        return command;
    }

    private static IRenderable Table(IEnumerable<SentNotice> notices) =>
        Layout.Table(["id", "kind", "channel", "language", "sent", "by", "file"], notices.Select(Row), "No notices.");

    private static string[] Row(SentNotice notice) =>
    [
        notice.NoticeId, ProtoJson.Short(notice.Kind), ProtoJson.Short(notice.Channel), ProtoJson.Short(notice.Language), Times.Show(notice.SendTime), notice.SentBy, notice.File,
    ];
}
