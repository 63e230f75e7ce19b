using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Commands;
using KioskLink.Register.Identity;
using KioskLink.Register.Tests.Audit;
using KioskLink.Register.Tests.Running;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Commands;

public sealed class DoorCommandTests
{
    private static readonly CallerIdentity Librarian = new(CallerRole.Administrator, "lastu", "somebody", null);

    private static CommandDoorRequest Open => new() { BranchId = Library.Branch, DoorId = "front", Command = DoorCommand.Open, Reason = "delivery" };

    [Fact]
    public async Task A_command_reaches_the_node_and_its_result_comes_back()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var node = await register.EnrolAsync(Library.Branch);
        using var stream = node.Commands();
        var sent = await ConnectedAsync(register);

        Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));
        var command = stream.ResponseStream.Current;
        Assert.Equal((DoorCommand.Open, "front", "administrator", "delivery"), (command.Command, command.DoorId, command.Role, command.Reason));
        await node.Service.ReportStatusAsync(new ReportStatusRequest { CommandId = command.CommandId, Doors = { new DoorState { DoorId = "front", Done = true } } });
        Assert.True(Assert.Single((await sent).Doors).Done);
    }

    [Fact]
    public async Task A_command_for_a_branch_without_a_connected_node_is_refused_at_once()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var error = await Assert.ThrowsAsync<RpcException>(() => register.Part<DoorCommands>().SendAsync(Open, Librarian, CancellationToken.None));
        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
    }

    [Fact]
    public async Task A_command_that_nobody_answers_expires()
    {
        var time = new VirtualTime();
        await using var register = await RunningRegister.StartAsync(time);
        await register.ApplyBranchAsync();
        var node = await register.EnrolAsync(Library.Branch);
        using var stream = node.Commands();
        var sent = await ConnectedAsync(register);
        Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(time.GetUtcNow() + DoorCommands.Validity, stream.ResponseStream.Current.ExpireTime.ToDateTimeOffset());

        time.Advance(DoorCommands.Validity);
        var error = await Assert.ThrowsAsync<RpcException>(() => sent);
        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
    }

    [Fact]
    public async Task A_door_is_not_opened_without_a_reason()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var error = await Assert.ThrowsAsync<RpcException>(() =>
            register.Part<DoorCommands>().SendAsync(new CommandDoorRequest(Open) { Reason = "" }, Librarian, CancellationToken.None));
        Assert.Equal((StatusCode.InvalidArgument, "REASON"), (error.StatusCode, error.Trailers.GetValue(Refused.ReasonTrailer)));
    }

    [Fact]
    public async Task A_technician_is_told_how_a_node_is_and_no_door_is_commanded()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var node = await register.EnrolAsync(Library.Branch);
        using var stream = node.Commands();
        Task<DiagnoseNodeResponse>? asked = null;
        var next = stream.ResponseStream.MoveNext(CancellationToken.None);
        await Patience.Until(
            async () =>
            {
                asked = register.AdminNodes.DiagnoseNodeAsync(new DiagnoseNodeRequest { NodeId = "front", Reason = "slow reader" }).ResponseAsync;
                return await Task.WhenAny(asked, next) == next;
            },
            "the node's stream of commands is up");
        var command = stream.ResponseStream.Current;

        Assert.Equal((true, DoorCommand.State, "administrator", "slow reader"), (command.Diagnose, command.Command, command.Role, command.Reason));
        var report = new ReportStatusRequest { CommandId = command.CommandId, Diagnosis = new NodeDiagnosis { Checks = { new DiagnosisCheck { Code = "SLOW" } } } };
        await node.Service.ReportStatusAsync(report);
        Assert.Equal("SLOW", Assert.Single((await asked!).Diagnosis.Checks).Code);
        Assert.Contains(await register.EventsAsync("NodeService/DiagnoseNode"), row => row is { Role: "administrator", Result: "OK" });
    }

    [Fact]
    public async Task A_node_that_is_not_connected_cannot_be_examined()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        await register.EnrolAsync(Library.Branch);

        var error = await Assert.ThrowsAsync<RpcException>(() => register.AdminNodes.DiagnoseNodeAsync(new DiagnoseNodeRequest { NodeId = "front", Reason = "a look" }).ResponseAsync);

        Assert.Equal((StatusCode.Unavailable, "NODE_AWAY"), (error.StatusCode, error.Trailers.GetValue(Refused.ReasonTrailer)));
    }

    // The stream is up a moment after the node has asked for it.
    private static async Task<Task<CommandDoorResponse>> ConnectedAsync(RunningRegister register)
    {
        Task<CommandDoorResponse>? sent = null;
        await Patience.Until(
            () =>
            {
                sent = register.Part<DoorCommands>().SendAsync(Open, Librarian, CancellationToken.None);
                return !sent.IsFaulted;
            },
            "the node's stream of commands is up");
        return sent!;
    }
}
