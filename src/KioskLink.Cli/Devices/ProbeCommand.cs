using System.CommandLine;
using KioskLink.Cli.Output;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Cli.Devices;

/// <summary><c>device probe</c>: asks a device something that changes nothing.</summary>
internal static class ProbeCommand
{
    private static readonly Dictionary<string, Question> Questions = new()
    {
        ["status"] = Question.LocalStatus,
        ["inputs"] = Question.Inputs,
        ["outputs"] = Question.Outputs,
        ["readers"] = Question.Readers,
        ["identity"] = Question.Identity,
    };

    public static Command Create(Session session)
    {
        var (place, device) = (new DevicePlace(session), DeviceCommands.Device());
        var ask = new Option<string>("--ask") { Description = "What to ask.", HelpName = "WHAT", DefaultValueFactory = _ => "status" };
        ask.AcceptOnlyFromAmong([.. Questions.Keys]);
        var command = new Command("probe", "Ask a device for its status, inputs, outputs, readers or identity; 1 when it does not answer.") { device, ask };
        command.SetAction(async (parsed, stop) =>
        {
            var question = parsed.GetRequiredValue(ask);
            // Both enumerations list the same questions in the same order.
            if (place.NodeOf(parsed) is not null)
                return await place.ShowAsync(parsed, new DeviceAct { Kind = DeviceActKind.Probe, Subject = parsed.GetRequiredValue(device), Question = (DeviceQuestion)Questions[question] }, stop);
            using var node = place.Connect(parsed);
            var request = new ProbeDeviceRequest { DeviceId = parsed.GetRequiredValue(device), Question = Questions[question] };
            return session.Terminal.Show(Answer(question, await node.Diagnostics.ProbeDeviceAsync(request, node.Bounded(stop))));
        });
        return place.In(command);
    }

    private static Answer Answer(string question, ProbeDeviceResponse response) => new(
        ProtoJson.Of(response),
        Layout.Stack(
            Layout.Sentence($"{Result(question, response)} ({response.Took.ToTimeSpan().TotalMilliseconds:0} ms)\n"),
            Layout.Sentence(string.Join('\n', response.Details) + "\n")),
        response.ReplyCode > 0 ? ExitCode.Done : ExitCode.Refused);

    private static string Result(string question, ProbeDeviceResponse response)
    {
        var bytes = response.Content.Span;
        return response.ReplyCode switch
        {
            0 => $"No answer: {response.Result}.",
            0x48 when bytes.Length >= 2 => $"Housing {(bytes[0] == 0 ? "closed" : "open or torn off")}, supply {(bytes[1] == 0 ? "in order" : "at fault")}.",
            0x49 or 0x4A => $"{question}: {string.Join(' ', bytes.ToArray().Select((state, index) => $"{index}={(state == 0 ? "off" : state == 1 ? "on" : $"fault {state}")}"))}",
            0x4B => $"readers: {string.Join(' ', bytes.ToArray().Select((state, index) => $"{index}={(state == 0 ? "in order" : state == 1 ? "not connected" : "open")}"))}",
            _ => $"Reply {response.ReplyCode:X2}: {Convert.ToHexStringLower(bytes)}",
        };
    }
}
