using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KioskLink.Cli.Nodes;
using KioskLink.Cli.Output;
using KioskLink.Protos.Node.V1;

namespace KioskLink.Cli.Devices;

/// <summary><c>device test</c>: lights, tone, text and keys of a reader, while the technician stands before it.</summary>
internal static class TestCommand
{
    private const int Longest = 60;

    public static Command Create(Session session)
    {
        var (socket, device) = (NodeSocket.Required(), DeviceCommands.Device());
        var keys = new Option<int>("--keys-for") { Description = "How long pressed keys are counted, in seconds; 0 for not at all.", HelpName = "SECONDS", DefaultValueFactory = _ => 10 };
        keys.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int>() is < 0 or > Longest)
                given.AddError($"--keys-for takes 0 to {Longest}");
        });
        var command = new Command("test", "Show a reader's colours, sound a tone, show a text, and count keys, never which; 1 when the reader is not online.") { device, keys, socket };
        command.SetAction(async (parsed, stop) =>
        {
            using var node = session.ConnectNode(parsed.GetRequiredValue(socket));
            var request = new TestReaderRequest
            {
                DeviceId = parsed.GetRequiredValue(device),
                KeysFor = Duration.FromTimeSpan(TimeSpan.FromSeconds(parsed.GetValue(keys))),
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
        return command;
    }

    private static string Line(TestReaderResponse step) => step switch
    {
        { Sent: false } => $"{step.Step}: not possible: the device has none, or is not online",
        { Step: "keys" } => $"keys pressed: {step.Keys}",
        _ => $"{step.Step}: look and listen now",
    };
}
