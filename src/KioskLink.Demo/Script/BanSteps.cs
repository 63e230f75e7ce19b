using Google.Protobuf.WellKnownTypes;
using KioskLink.Demo.Setup;
using KioskLink.Demo.World;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Demo.Script;

/// <summary>Bans patrons at the demo's branch and lifts the bans, as the staff does at the register.</summary>
internal sealed class BanSteps(DemoWorld world, TimeProvider time)
{
    private static readonly TimeSpan BanFor = TimeSpan.FromDays(7);
    private readonly BanService.BanServiceClient _bans = new(world.Register);
    private readonly NodeReach _reach = new(world, time);

    /// <summary>Bans or lifts. Returns when the node has heard of it, so that a cut in the next step does not overtake it, or at once where it cannot hear.</summary>
    /// <exception cref="InvalidOperationException">The register is not running.</exception>
    public async Task RunAsync(string customer, BanKind kind, bool lift)
    {
        if (!world.RegisterRuns)
        {
            throw new InvalidOperationException("the register is not running");
        }
        await _reach.WaitForAsync(lift ? await LiftAsync(customer, kind) : await AddAsync(customer, kind));
    }

    private async Task<long> LiftAsync(string customer, BanKind kind)
    {
        var request = new LiftBanRequest { PatronBans = new PatronBans { CustomerId = customer, Kind = kind }, Reason = "demo" };
        return (await _bans.LiftBanAsync(request, deadline: _reach.Deadline())).Version;
    }

    private async Task<long> AddAsync(string customer, BanKind kind)
    {
        var now = time.GetUtcNow();
        var ban = new Ban
        {
            CustomerId = customer,
            Kind = kind,
            StartTime = Timestamp.FromDateTimeOffset(now),
            EndTime = Timestamp.FromDateTimeOffset(now + BanFor),
            ReasonCode = "other",
            Reason = "demo",
            DecidedBy = "demo",
            DecisionRef = "demo 2/2026",
        };
        ban.BranchIds.Add(DemoBranch.Id);
        return (await _bans.AddBanAsync(new AddBanRequest { Ban = ban }, deadline: _reach.Deadline())).Version;
    }
}
