using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Commands;
using KioskLink.Register.Identity;
using KioskLink.Register.Tests.Audit;
using KioskLink.Register.Tests.Running;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Commands;

/// <summary>A technician at the register works on a node's devices.</summary>
public sealed class DeviceWorkTests
{
    private static readonly CallerIdentity Technician = new(CallerRole.Technician, "lastu", "somebody", null);
    private static readonly DeviceAct Trace = new() { Kind = DeviceActKind.WatchTrace, Subject = "bus0", Frames = 10 };

    [Fact]
    public async Task Reports_of_a_work_reach_who_asked_until_the_last()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var node = await register.EnrolAsync(Library.Branch);
        using var stream = node.Commands();
        var (work, next) = await BegunAsync(register, stream);
        var command = stream.ResponseStream.Current;
        Assert.Equal((Trace, "administrator", "slow reader", DoorCommand.State), (command.DeviceAct, command.Role, command.Reason, command.Command));

        var first = await node.Service.ReportStatusAsync(Report(command, new DeviceActReport { Steps = { new DeviceActStep { Sentence = "pull it now" } } }));
        await node.Service.ReportStatusAsync(Report(command, new DeviceActReport { Done = true, Passed = true }));

        var reports = new List<DeviceActReport>();
        for (; await Patience.For(next, "a report"); next = work.ResponseStream.MoveNext(CancellationToken.None))
            reports.Add(work.ResponseStream.Current.Report);
        Assert.False(first.Unwanted);
        Assert.Contains(await register.EventsAsync("NodeService/WorkOnDevice"), row => row is { Role: "administrator", Result: "STARTED" });
        Assert.Equal(["pull it now"], reports.SelectMany(report => report.Steps).Select(step => step.Sentence));
        Assert.True(reports[^1] is { Done: true, Passed: true });
    }

    [Fact]
    public async Task A_node_is_told_when_nobody_waits_any_more()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var node = await register.EnrolAsync(Library.Branch);
        using var stream = node.Commands();
        var (work, _) = await BegunAsync(register, stream);

        work.Dispose();

        await Patience.Until(
            async () => (await node.Service.ReportStatusAsync(Report(stream.ResponseStream.Current, new DeviceActReport()))).Unwanted, "the register knows that the caller has gone");
    }

    [Fact]
    public async Task A_work_that_the_node_does_not_begin_expires_after_five_seconds()
    {
        var time = new VirtualTime();
        await using var register = await RunningRegister.StartAsync(time);
        await register.ApplyBranchAsync();
        var node = await register.EnrolAsync(Library.Branch);
        using var stream = node.Commands();
        var next = stream.ResponseStream.MoveNext(CancellationToken.None);
        Task<bool>? first = null;
        await Patience.Until(
            async () =>
            {
                var reports = register.Part<DoorCommands>().WorkAsync("front", Trace, "slow reader", Technician, CancellationToken.None).GetAsyncEnumerator();
                first = reports.MoveNextAsync().AsTask();
                return await Task.WhenAny(first, next) == next;
            },
            "the node's stream of commands is up");

        time.Advance(DoorCommands.Validity);

        var expired = await Assert.ThrowsAsync<RpcException>(() => Patience.For(first!, "the end of the work"));
        Assert.Equal(StatusCode.DeadlineExceeded, expired.StatusCode);
    }

    private static ReportStatusRequest Report(ReceiveCommandsResponse command, DeviceActReport work) => new() { CommandId = command.CommandId, DeviceAct = work };

    // The stream is up a moment after the node has asked for it; until then a work is refused.
    private static async Task<(AsyncServerStreamingCall<WorkOnDeviceResponse> Work, Task<bool> First)> BegunAsync(
        RunningRegister register, AsyncServerStreamingCall<ReceiveCommandsResponse> stream)
    {
        var next = stream.ResponseStream.MoveNext(CancellationToken.None);
        AsyncServerStreamingCall<WorkOnDeviceResponse>? work = null;
        Task<bool>? first = null;
        await Patience.Until(
            async () =>
            {
                work = register.AdminNodes.WorkOnDevice(new WorkOnDeviceRequest { NodeId = "front", Reason = "slow reader", Act = Trace });
                first = work.ResponseStream.MoveNext(CancellationToken.None);
                return await Task.WhenAny(first, next) == next;
            },
            "the node's stream of commands is up");
        return (work!, first!);
    }
}
