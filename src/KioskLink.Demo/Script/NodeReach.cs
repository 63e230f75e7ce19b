using KioskLink.Demo.World;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Demo.Script;

/// <summary>Waits until the demo's node has heard what the register knows, so that a cut in the next step does not overtake it. Not thread-safe.</summary>
internal sealed class NodeReach(DemoWorld world, TimeProvider time)
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    /// <summary>What the register decides or is told is in the facts of a node that is online within this time.</summary>
    private static readonly TimeSpan ReachTimeout = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(20);
    private readonly BanService.BanServiceClient _bans = new(world.Register);
    private readonly AccessService.AccessServiceClient _access = new(world.Register);

    /// <summary>When a call that is made now must be answered.</summary>
    public DateTime Deadline() => (time.GetUtcNow() + AnswerTimeout).UtcDateTime;

    /// <summary>Returns when the node has heard of a version, or at once where it cannot hear.</summary>
    public Task WaitForAsync(long version) => WaitAsync(() => IsReachedAsync(version));

    /// <summary>Returns when the node has heard of everything, the card that was let in last included, or at once where it cannot hear.</summary>
    public async Task WaitForAllAsync()
    {
        var granted = world.Journal.Records.LastOrDefault(record => record.Open is { Kind: RecordKind.Decision, Granted: true, Source: Source.Register });
        await WaitAsync(async () =>
            (granted is null || await IsWrittenAsync(granted.Open.AttemptId)) && await IsReachedAsync(await HeadAsync()));
    }

    private async Task WaitAsync(Func<Task<bool>> isSo)
    {
        var start = time.GetTimestamp();
        while (world.Broken is null && time.GetElapsedTime(start) < ReachTimeout && !await isSo())
        {
            await Task.Delay(AskEvery, time);
        }
    }

    /// <summary>The register has written its answer, and with it that the card now belongs to the branch.</summary>
    private async Task<bool> IsWrittenAsync(string attempt)
    {
        var rows = await _access.ListAttemptsAsync(new ListAttemptsRequest { AttemptId = attempt, PageSize = 1 }, deadline: Deadline());
        return rows.Attempts.Any(row => row.RegisterCode != DecisionCode.Unspecified);
    }

    private async Task<long> HeadAsync() => (await _bans.ListBansAsync(new ListBansRequest { PageSize = 1 }, deadline: Deadline())).FactsVersion;

    private async Task<bool> IsReachedAsync(long version)
    {
        var reach = await _bans.GetReachAsync(new GetReachRequest { Version = version }, deadline: Deadline());
        return reach.ConfirmedNodes == reach.TotalNodes;
    }
}
