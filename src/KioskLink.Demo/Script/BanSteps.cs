using Google.Protobuf.WellKnownTypes;
using KioskLink.Demo.Setup;
using KioskLink.Demo.World;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Demo.Script;

/// <summary>Bans patrons at the demo's branch and lifts the bans, as the staff does at the register.</summary>
internal sealed class BanSteps(DemoWorld world, TimeProvider time)
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BanFor = TimeSpan.FromDays(7);

    /// <summary>A ban is in the decisions of a node that is online within this time.</summary>
    private static readonly TimeSpan ReachTimeout = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(20);
    private readonly BanService.BanServiceClient _bans = new(world.Register);

    /// <summary>Bans or lifts. Returns when the node has heard of it, so that a cut in the next step does not overtake it, or at once where it cannot hear.</summary>
    /// <exception cref="InvalidOperationException">The register is not running.</exception>
    public async Task RunAsync(string customer, BanKind kind, bool lift)
    {
        if (!world.RegisterRuns)
        {
            throw new InvalidOperationException("the register is not running");
        }
        await WaitForReachAsync(lift ? await LiftAsync(customer, kind) : await AddAsync(customer, kind));
    }

    private async Task<long> LiftAsync(string customer, BanKind kind)
    {
        var request = new LiftBanRequest { PatronBans = new PatronBans { CustomerId = customer, Kind = kind }, Reason = "demo" };
        return (await _bans.LiftBanAsync(request, deadline: Deadline())).Version;
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
            Reason = "demo",
            DecidedBy = "demo 2/2026",
        };
        ban.BranchIds.Add(DemoBranch.Id);
        return (await _bans.AddBanAsync(new AddBanRequest { Ban = ban }, deadline: Deadline())).Version;
    }

    private async Task WaitForReachAsync(long version)
    {
        var start = time.GetTimestamp();
        while (world.Broken is null && time.GetElapsedTime(start) < ReachTimeout)
        {
            var reach = await _bans.GetReachAsync(new GetReachRequest { Version = version }, deadline: Deadline());
            if (reach.ConfirmedNodes == reach.TotalNodes)
            {
                return;
            }
            await Task.Delay(AskEvery, time);
        }
    }

    private DateTime Deadline() => (time.GetUtcNow() + AnswerTimeout).UtcDateTime;
}
