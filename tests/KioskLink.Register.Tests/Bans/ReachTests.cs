using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Tests.Running;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Bans;

/// <summary>At how many doors a ban is known (R29), and whether it is enforced there.</summary>
public sealed class ReachTests
{
    [Fact]
    public async Task R29_A_ban_is_known_at_a_door_once_the_door_s_node_has_confirmed_it()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync(Library.BranchLike(change: branch => branch.Doors.Add(new Door { Id = "back", Name = "Back" })));
        await register.AddPatronAsync(1, visited: Library.Now);
        var node = await register.EnrolAsync(Library.Branch);
        using var sync = await node.SyncedAsync();
        var bans = new BanService.BanServiceClient(register.Admin);
        var ban = new Ban { CustomerId = "c1", Kind = BanKind.SelfService, ReasonCode = "damage" };
        var made = await bans.AddBanAsync(new AddBanRequest { Ban = ban });

        var before = await bans.GetReachAsync(new GetReachRequest { BanId = made.Ban.Id });
        Assert.Equal((0, 1, 0, 2), (before.ConfirmedNodes, before.TotalNodes, before.ConfirmedDoors, before.TotalDoors));
        Assert.Equal([$"{Library.Branch}/back", $"{Library.Branch}/front"], before.MissingDoors);

        await sync.ConfirmAsync(new SyncConfirm { PriorityVersions = { made.Version } });
        await Patience.Until(
            async () => await bans.GetReachAsync(new GetReachRequest { BanId = made.Ban.Id }) is { ConfirmedDoors: 2, TotalDoors: 2, ConfirmedNodes: 1, CompleteTime: not null },
            "the ban is known at both doors");
        Assert.Equal(BanState.InForce, (await bans.GetReachAsync(new GetReachRequest { BanId = made.Ban.Id })).Ban.State);
    }

    [Fact]
    public async Task R29_A_ban_of_one_branch_is_looked_for_at_that_branch_alone()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        await register.ApplyBranchAsync(Library.BranchLike("FI-Other"));
        await register.AddPatronAsync(1);
        await register.EnrolAsync(Library.Branch);
        await register.EnrolAsync("FI-Other", "other");
        var bans = new BanService.BanServiceClient(register.Admin);
        var ban = new Ban { CustomerId = "c1", Kind = BanKind.Use, ReasonCode = "violence", DecisionRef = "1/2026", BranchIds = { "FI-Other" } };
        var made = await bans.AddBanAsync(new AddBanRequest { Ban = ban });

        var reach = await bans.GetReachAsync(new GetReachRequest { BanId = made.Ban.Id });

        Assert.Equal(["other"], reach.MissingNodeIds);
        Assert.Equal(2, (await bans.GetReachAsync(new GetReachRequest { Version = made.Version })).TotalNodes);
    }

    [Fact]
    public async Task R33_A_branch_whose_node_enforces_bans_is_proven_by_an_invented_holder()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var node = await register.EnrolAsync(Library.Branch);
        var bans = new BanService.BanServiceClient(register.Admin);

        var silent = await bans.CheckEnforcementAsync(new CheckEnforcementRequest { BranchId = Library.Branch });
        Assert.False(silent.Enforced);
        Assert.Equal(["front"], silent.SilentNodeIds);
        Assert.True(Assert.Single(silent.Results).Refused);

        Assert.True((await ProveAsync(register, node, problem: null)).Enforced);
        var unproven = await ProveAsync(register, node, "The branch is not configured here.");
        Assert.False(unproven.Enforced);
        Assert.Contains(unproven.Results, result => result is { NodeId: "front", Refused: false, Problem: "The branch is not configured here." });
    }

    [Fact]
    public async Task R33_Each_hour_every_branch_is_proven_and_one_that_is_not_is_a_state_that_staff_sees()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        await register.ApplyBranchAsync(Library.BranchLike("FI-Other"));
        await register.EnrolAsync(Library.Branch);
        var (bans, runner) = (new BanService.BanServiceClient(register.Admin), register.Part<Register.Jobs.JobRunner>());
        Assert.Empty((await bans.ListBanChecksAsync(new ListBanChecksRequest())).Checks);

        Assert.Contains(Library.Branch, (await runner.RunAsync("ban-check", "test", CancellationToken.None)).Summary, StringComparison.Ordinal);

        var checks = (await bans.ListBanChecksAsync(new ListBanChecksRequest())).Checks.ToDictionary(check => check.BranchId);
        Assert.Equal((false, "front does not answer", null), (checks[Library.Branch].Enforced, checks[Library.Branch].Problem, checks[Library.Branch].EnforceTime));
        Assert.True(checks["FI-Other"].Enforced);
        Assert.NotNull(checks["FI-Other"].EnforceTime);
    }

    /// <summary>Asks for the proof while the node answers it as told.</summary>
    private static async Task<CheckEnforcementResponse> ProveAsync(RunningRegister register, TestNode node, string? problem)
    {
        // A stream that was ended is still the node's until the register has seen its end.
        var sessions = register.Part<Register.Nodes.NodeSessions>();
        await Patience.Until(() => !sessions.IsOpen("front", Register.Nodes.SessionKind.Commands), "the last stream has ended");
        using var commands = node.Commands();
        var answered = AnswerAsync();
        await Patience.Until(() => sessions.IsOpen("front", Register.Nodes.SessionKind.Commands), "the node takes commands");
        var proof = new BanService.BanServiceClient(register.Admin).CheckEnforcementAsync(new CheckEnforcementRequest { BranchId = Library.Branch }).ResponseAsync;
        await answered;
        return await proof;

        async Task AnswerAsync()
        {
            Assert.True(await commands.ResponseStream.MoveNext(CancellationToken.None));
            var command = commands.ResponseStream.Current;
            Assert.Equal((DoorCommand.ProveBan, Library.Branch), (command.Command, command.BranchId));
            var report = new ReportStatusRequest { CommandId = command.CommandId };
            report.Doors.Add(new DoorState { NodeId = "front", DoorId = "front", Done = problem is null, Problem = problem ?? "" });
            await node.Service.ReportStatusAsync(report);
        }
    }
}
