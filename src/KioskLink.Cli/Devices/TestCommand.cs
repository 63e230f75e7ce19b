using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KioskLink.Cli.Output;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Cli.Devices;

/// <summary><c>device test</c>: lights, tone, text and keys of a reader, while the technician stands before it.</summary>
internal static class TestCommand
{
    private const int Longest = 60;

    public static Command Create(Session session)
    {
        var (place, device) = (new DevicePlace(session), DeviceCommands.Device());
        var keys = new Option<int>("--keys-for") { Description = "How long pressed keys are counted, in seconds; 0 for not at all.", HelpName = "SECONDS", DefaultValueFactory = _ => 10 };
        keys.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int>() is < 0 or > Longest)
                given.AddError($"--keys-for takes 0 to {Longest}");
        });
        var command = new Command("test", "Show a reader's colours, sound a tone, show a text, and count keys, never which; 1 when the reader is not online.") { device, keys };
        command.SetAction(async (parsed, stop) =>
        {
            var keysFor = Duration.FromTimeSpan(TimeSpan.FromSeconds(parsed.GetValue(keys)));
            if (place.NodeOf(parsed) is not null)
                return await place.ShowAsync(parsed, new DeviceAct { Kind = DeviceActKind.TestReader, Subject = parsed.GetRequiredValue(device), KeysFor = keysFor }, stop);
            using var node = place.Connect(parsed);
            var request = new TestReaderRequest
            {
                DeviceId = parsed.GetRequiredValue(device),
                KeysFor = keysFor,
            };
            using var call = node.Diagnostics.TestReader(request, cancellationToken: stop);
            var isDone = false;
            await foreach (var step in call.ResponseStream.ReadAllAsync(stop))
            {
                isDone |= step.Sent;
                session.Terminal.ShowNext(ProtoJson.Of(step), Layout.Sentence(Line(step)));
            }
            return (int)(isDone ? ExitCode.Done : ExitCode.Refused);
        });
        return place.In(command);
    }

    private static string Line(TestReaderResponse step) => step switch
    {
        { Sent: false } => $"{step.Step}: not possible: the device has none, or is not online",
        { Step: "reads" } => $"cards read: {step.Reads}",
        { Step: "keys" } => $"keys pressed: {step.Keys}",
        _ => $"{step.Step}: look and listen now",
    };
}
