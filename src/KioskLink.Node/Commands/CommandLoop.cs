using Grpc.Core;
using KioskLink.Node.Diagnostics;
using KioskLink.Node.Diagnostics.Doctor;
using KioskLink.Node.Hosting;
using KioskLink.Node.RegisterLink;
using KioskLink.Node.Subjects;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Node.Commands;

/// <summary>Keeps the stream of commands open while the link is online, has each carried out, and reports what became of it.</summary>
internal sealed class CommandLoop(
    RegisterChannels channels, Link link, StatusReporter status, CommandDesk desk, CardTraces traces, RelayedDoctor doctor, RelayedWork work, TimeProvider time, RetryDelay retry, ILogger<CommandLoop> log)
{
    /// <summary>Runs until stopped.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            await link.WhenOnlineAsync(stopping);
            await ReceiveAsync(stopping);
            await Task.Delay(retry.Next(), time, stopping);
        }
    }

    // No door's command waits for the doctor, nor for a work on devices.
    private async Task DiagnoseAsync(ReceiveCommandsResponse command, CancellationToken stopping) =>
        await status.ReportAsync(command.CommandId, await doctor.ExamineAsync(command), stopping);

    private async Task ReceiveAsync(CancellationToken stopping)
    {
        try
        {
            using var call = channels.Node.ReceiveCommands(new ReceiveCommandsRequest(), cancellationToken: stopping);
            await foreach (var command in call.ResponseStream.ReadAllAsync(stopping))
            {
                retry.Reset();
                if (command.Token.Length > 0)
                    await status.ReportAsync(command.CommandId, traces.Of(command.Token.ToByteArray()), stopping);
                else if (command.Diagnose)
                    _ = DiagnoseAsync(command, stopping);
                else if (command.DeviceAct is not null)
                    _ = work.CarryOutAsync(command, stopping);
                else if (await desk.CarryOutAsync(command) is { } doors)
                    await status.ReportAsync(command.CommandId, doors, stopping);
            }
        }
        // A stream that fails while the node stops has ended too, and is no reason to call the stop a failure.
        catch (Exception error) when (error is RpcException || StreamEnds.IsOrdinary(error))
        {
            log.CommandStreamEnded(error.Message);
        }
    }
}
