using System.CommandLine;
using Grpc.Core;
using KioskLink.Cli.Output;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Cli.Devices;

/// <summary><c>device replug</c>: guides through pulling a device and plugging it in again.</summary>
internal static class ReplugCommand
{
    public static Command Create(Session session)
    {
        var (place, device) = (new DevicePlace(session), DeviceCommands.Device());
        var command = new Command("replug", "Pull a device and plug it in again when told; 1 when it does not come back by itself.") { device };
        command.SetAction(async (parsed, stop) =>
        {
            if (place.NodeOf(parsed) is not null)
                return await place.ShowAsync(parsed, new DeviceAct { Kind = DeviceActKind.TestReplug, Subject = parsed.GetRequiredValue(device) }, stop);
            using var node = place.Connect(parsed);
            using var call = node.Diagnostics.TestReplug(new TestReplugRequest { DeviceId = parsed.GetRequiredValue(device) }, cancellationToken: stop);
            var last = new TestReplugResponse();
            await foreach (var step in call.ResponseStream.ReadAllAsync(stop))
            {
                last = step;
                session.Terminal.ShowNext(ProtoJson.Of(step), Layout.Sentence(step.UsableAfter is { } span ? $"{step.Step}, usable {span.ToTimeSpan().TotalSeconds:0.0} s after its port was" : step.Step));
            }
            return (int)(last.Passed ? ExitCode.Done : ExitCode.Refused);
        });
        return place.In(command);
    }
}
