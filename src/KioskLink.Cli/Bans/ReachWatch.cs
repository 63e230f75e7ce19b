using KioskLink.Cli.Connecting;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Cli.Bans;

/// <summary>Waits a moment for a change to be in force everywhere; nodes that are cut off are named, not waited for.</summary>
internal sealed class ReachWatch(RegisterConnection register, TimeProvider clock)
{
    private const int LooksMax = 10;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    /// <summary>On how many nodes a version is in force, two seconds after the change at the latest.</summary>
    public async Task<GetReachResponse> Of(long version, CancellationToken stop)
    {
        var reach = await Look(version, stop);
        for (var looks = 1; reach.MissingNodeIds.Count > 0 && looks < LooksMax; looks++)
        {
            await Task.Delay(BetweenLooks, clock, stop);
            reach = await Look(version, stop);
        }

        return reach;
    }

    private async Task<GetReachResponse> Look(long version, CancellationToken stop) =>
        await register.Bans.GetReachAsync(new GetReachRequest { Version = version }, register.Bounded(stop));
}
