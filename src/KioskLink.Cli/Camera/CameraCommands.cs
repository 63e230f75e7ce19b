using System.CommandLine;
using System.Text.Json.Nodes;
using KioskLink.Cli.Connecting;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Cli.Camera;

/// <summary><c>camera grant|session|copy|alarms|reconcile|export</c>: the camera register.</summary>
internal static class CameraCommands
{
    public static Command Create(Session session) => new("camera", "The camera register: viewing rights, viewings and their records, copies, comparison with the camera system.")
    {
        GrantCommands.Create(session),
        SessionCommands.Create(session),
        CopyCommands.Create(session),
        Alarms(session),
        BookCommands.Reconcile(session),
        BookCommands.Export(session),
    };

    private static Command Alarms(Session session)
    {
        var command = new Command("alarms", "List alarms: missing records, copies open for too long, differences.");
        session.AtRegister(command, async (register, _, stop) =>
        {
            var alarms = await RegisterConnection.All<CameraAlarm>(async token =>
            {
                var page = await register.Camera.ListCameraAlarmsAsync(new ListCameraAlarmsRequest { PageToken = token }, register.Bounded(stop));
                return (page.Alarms, page.NextPageToken);
            });
            return new Answer(
                new JsonObject { ["alarms"] = ProtoJson.Of(alarms) },
                Layout.Table(["raised", "kind", "about", ""], alarms.Select(alarm => new[] { Times.Show(alarm.RaiseTime), ProtoJson.Short(alarm.Kind), alarm.SubjectId, alarm.Sentence }), "No alarms."));
        });
        return command;
    }
}
