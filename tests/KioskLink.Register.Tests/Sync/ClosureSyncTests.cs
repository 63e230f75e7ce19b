using Google.Protobuf.WellKnownTypes;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Tests.Running;

namespace KioskLink.Register.Tests.Sync;

/// <summary>Bans, breaks and suspensions reach the nodes ahead of everything else.</summary>
public sealed class ClosureSyncTests
{
    private static Timestamp InHours(int hours) => new() { Seconds = Library.Now.AddHours(hours).ToUnixTimeSeconds() };

    [Fact]
    public async Task R90_A_ban_is_in_force_online_at_once_and_overtakes_everything_that_waits_for_the_node()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        for (var i = 1; i <= 5; i++) await register.AddPatronAsync(i, visited: Library.Now);
        await register.AddPatronAsync(6, pin: "2468", visited: Library.Now);
        var node = await register.EnrolAsync(Library.Branch);
        using var sync = await node.SyncAsync(credit: 1);
        await sync.WelcomeAsync();
        Assert.False((await sync.NextFactAsync()).State.Priority);

        var bans = new BanService.BanServiceClient(register.Admin);
        var made = await bans.AddBanAsync(new AddBanRequest { Ban = new Ban { CustomerId = "c6", Kind = BanKind.SelfService, ReasonCode = "damage" } });

        Assert.Equal(DecisionCode.SelfServiceBan, (await register.EnterAsync(Library.Card(6), "2468")).Code);
        var pushed = (await sync.NextFactAsync()).State;
        Assert.Equal((true, made.Version), (pushed.Priority, pushed.Version));
        Assert.Equal(made.Ban.EndTime, Assert.Single(pushed.Entitlement.Bans).EndTime);
    }

    [Fact]
    public async Task R29_A_ban_that_is_to_come_is_with_the_node_before_it_begins()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        await register.AddPatronAsync(1, visited: Library.Now);
        var node = await register.EnrolAsync(Library.Branch);
        using var sync = await node.SyncedAsync();
        var tonight = InHours(8);

        var ban = new Ban { CustomerId = "c1", Kind = BanKind.SelfService, ReasonCode = "damage", StartTime = tonight };
        await new BanService.BanServiceClient(register.Admin).AddBanAsync(new AddBanRequest { Ban = ban });

        var (states, _) = await sync.UntilCompleteAsync();
        Assert.Equal(tonight, Assert.Single(Assert.Single(states).Entitlement.Bans).StartTime);
    }

    [Fact]
    public async Task R83_A_planned_break_is_with_the_node_before_it_begins_texts_and_all()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var node = await register.EnrolAsync(Library.Branch);
        using var sync = await node.SyncedAsync();
        var outage = new Outage
        {
            Kind = OutageKind.Planned,
            Scope = OutageScope.System,
            StartTime = InHours(8),
            EndTime = InHours(16),
            Services = { LibraryService.Login, LibraryService.Doors },
            Reason = "update",
        };
        await new OutageService.OutageServiceClient(register.Admin).AddOutageAsync(new AddOutageRequest { Outage = outage });

        var (states, _) = await sync.UntilCompleteAsync();
        var state = Assert.Single(states);
        var window = Assert.Single(state.Branch.Branch.Maintenance);
        Assert.Equal((true, true, outage.StartTime, 3), (state.Priority, window.DoorsAffected, window.StartTime, window.Notices.Count));
    }

    [Fact]
    public async Task R87_A_suspension_is_pushed_at_once_and_so_is_its_end()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var node = await register.EnrolAsync(Library.Branch);
        using var sync = await node.SyncedAsync();
        var branches = new BranchService.BranchServiceClient(register.Admin);

        var made = await branches.SuspendBranchAsync(new SuspendBranchRequest { Suspension = new BranchSuspension { BranchId = Library.Branch, Reason = "repairs" } });
        var (suspended, _) = await sync.UntilCompleteAsync();
        await branches.ResumeBranchAsync(new ResumeBranchRequest { SuspensionId = made.Suspension.Id, Reason = "done" });
        var (resumed, _) = await sync.UntilCompleteAsync();

        Assert.Equal((true, null), (suspended.Single().Priority, suspended.Single().Branch.Branch.Suspensions.Single().EndTime));
        Assert.NotNull(resumed.Single().Branch.Branch.Suspensions.Single().EndTime);
    }
}
