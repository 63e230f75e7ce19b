using Google.Protobuf.WellKnownTypes;
using KioskLink.Node.Tests.Rig;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;
using Code = KioskLink.Rules.Access.DecisionCode;

namespace KioskLink.Node.Tests.Deciding;

/// <summary>What a node that is cut off does about bans, breaks and suspensions: it holds them, and goes by its clock.</summary>
public sealed class OfflineClosureTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TestAuthority _authority = new();
    private readonly VirtualTime _time = new();

    [Fact]
    public async Task R86_A_branch_that_fails_closed_admits_nobody_without_the_register()
    {
        using var rig = Rig().Holding(Samples.Branch(offline: OfflinePolicy.FailClosed), Samples.Adult());

        Assert.Equal(Code.OfflineRefused, (await rig.Present(Samples.KnownCard)).Decision.Code);
    }

    [Fact]
    public async Task R86_A_branch_that_decides_from_its_facts_admits_until_they_are_too_old()
    {
        using var rig = Rig().Holding(Samples.Branch(offline: OfflinePolicy.Cached), Samples.Adult());

        Assert.Equal(Code.Granted, (await rig.Present(Samples.KnownCard)).Decision.Code);
        _time.Advance(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1));
        Assert.Equal(Code.OfflineTooOld, (await rig.Present(Samples.KnownCard)).Decision.Code);
    }

    [Fact]
    public async Task R90_A_ban_that_the_node_holds_denies_without_the_register_however_old_its_facts()
    {
        using var rig = Rig().Holding(Samples.Branch(), Samples.Adult());
        Assert.Equal(Code.Granted, (await rig.Present(Samples.KnownCard)).Decision.Code);

        rig.Parts.Replica.Apply(Samples.State(Banned(start: _time.GetUtcNow()), 2, priority: true));

        Assert.Equal(Code.SelfServiceBan, (await rig.Present(Samples.KnownCard)).Decision.Code);
        _time.Advance(TimeSpan.FromDays(6));
        Assert.Equal(Code.SelfServiceBan, (await rig.Present(Samples.KnownCard)).Decision.Code);
    }

    [Fact]
    public async Task R29_A_ban_for_tonight_starts_on_time_in_a_node_that_is_cut_off()
    {
        using var rig = Rig().Holding(Samples.Branch(), Banned(start: _time.GetUtcNow().AddHours(8)));

        Assert.Equal(Code.Granted, (await rig.Present(Samples.KnownCard)).Decision.Code);
        _time.Advance(TimeSpan.FromHours(8));
        Assert.Equal(Code.SelfServiceBan, (await rig.Present(Samples.KnownCard)).Decision.Code);
    }

    [Fact]
    public async Task R86_A_break_that_lists_the_doors_shuts_them_in_a_node_that_is_cut_off_and_opens_them_on_time()
    {
        var branch = Samples.Branch();
        branch.Branch.Maintenance.Add(Window(doors: true));
        using var rig = Rig().Holding(branch, Samples.Adult());

        Assert.Equal(Code.Granted, (await rig.Present(Samples.KnownCard)).Decision.Code);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(Code.Maintenance, (await rig.Present(Samples.KnownCard)).Decision.Code);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(Code.Granted, (await rig.Present(Samples.KnownCard)).Decision.Code);
    }

    [Fact]
    public async Task R86_A_break_that_leaves_the_doors_alone_leaves_them_open()
    {
        var branch = Samples.Branch();
        branch.Branch.Maintenance.Add(Window(doors: false));
        using var rig = Rig().Holding(branch, Samples.Adult());

        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(Code.Granted, (await rig.Present(Samples.KnownCard)).Decision.Code);
    }

    [Fact]
    public async Task R87_A_suspension_shuts_the_branch_of_a_node_that_is_cut_off()
    {
        var branch = Samples.Branch();
        branch.Branch.Suspensions.Add(new Suspension { StartTime = Timestamp.FromDateTimeOffset(_time.GetUtcNow()), Reason = "repairs" });
        using var rig = Rig().Holding(branch, Samples.Adult());

        Assert.Equal(Code.BranchSuspended, (await rig.Present(Samples.KnownCard)).Decision.Code);
    }

    public void Dispose() => _folder.Dispose();

    private NodeRig Rig() => new(_folder, _authority, time: _time);

    private MaintenanceWindow Window(bool doors) => new()
    {
        StartTime = Timestamp.FromDateTimeOffset(_time.GetUtcNow().AddHours(1)),
        EndTime = Timestamp.FromDateTimeOffset(_time.GetUtcNow().AddHours(2)),
        DoorsAffected = doors,
        Reason = "update",
    };

    private static Entitlement Banned(DateTimeOffset start)
    {
        var card = Samples.Adult();
        card.Bans.Add(new BanFact
        {
            Kind = BanKind.SelfService,
            StartTime = Timestamp.FromDateTimeOffset(start),
            EndTime = Timestamp.FromDateTimeOffset(start.AddDays(30)),
            BranchIds = { TestAuthority.Branch },
        });
        return card;
    }
}
