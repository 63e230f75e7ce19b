using KioskLink.Register.Access;
using KioskLink.Register.Facts;
using KioskLink.Register.Hosting;
using KioskLink.Register.Nodes;
using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace KioskLink.Register.Sync;

/// <summary>
/// Tells nodes of cards whose stay in the scope visited has ended by time alone: each is touched once, so that the nodes of
/// the branch get its tombstone; the visit itself goes when all of them have confirmed it, or when no position needs it any more.
/// </summary>
internal sealed class VisitSweep(RegisterCore core, NodeDirectory nodes, NodeConfirmations confirmations, ILogger<VisitSweep> log) : BackgroundService
{
    /// <summary>How often it runs.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private const string Name = "visits";
    private const int BatchMax = 256;

    /// <summary>Sweeps once.</summary>
    /// <returns>The cards that left a scope.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var (since, now) = (LastRun(), core.Now());
        var left = core.Index.Cards.Where(card => card.Visits.Any(visit => EndOf(visit) is { } end && since < end && end <= now)).Select(card => card.CardId).ToList();
        foreach (var batch in left.Chunk(BatchMax))
            await core.Lane.WriteAsync(scope => Array.ForEach(batch, card => scope.Touch(EntityId.Card(card))), cancel);
        foreach (var batch in Confirmed(now).Chunk(BatchMax))
            await core.Lane.WriteAsync(scope => Array.ForEach(batch, stay => Forget(scope, stay.CardId, stay.BranchId, now)), cancel);
        await core.Lane.WriteAsync(scope => Finish(scope, now), cancel);
        return left.Count;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, core.Time);
        do
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (StoreProblem problem)
            {
                log.VisitsNotSwept(problem.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private Instant? EndOf(Visit visit) => core.Index.Branch(visit.BranchId) is { } branch ? visit.At + branch.Policy.VisitedFor : null;

    // Stays that have ended and whose tombstone every node of the branch has: nobody needs to know any more where the card was.
    private List<(long CardId, string BranchId)> Confirmed(Instant now)
    {
        var byBranch = nodes.All.Where(node => !node.Revoked).ToLookup(node => node.BranchId, node => node.NodeId);
        return [.. core.Index.Cards.SelectMany(card => card.Visits
            .Where(visit => EndOf(visit) is { } end && end <= now && card.CommitTime >= end
                && byBranch[visit.BranchId].All(node => confirmations.IsInForce(node, card.Version)))
            .Select(visit => (card.CardId, visit.BranchId)))];
    }

    private void Forget(WriteScope scope, long cardId, string branchId, Instant now)
    {
        if (core.Index.Branch(branchId) is not { } branch)
            return;
        var before = (now - branch.Policy.VisitedFor).ToUnixTimeMilliseconds();
        scope.Db.Set<VisitRow>().Where(visit => visit.CardId == cardId && visit.BranchId == branchId && visit.GrantedAt <= before).ExecuteDelete();
        scope.Touch(EntityId.Card(cardId));
    }

    private Instant LastRun()
    {
        using var db = core.Store.Read();
        var row = db.Set<SweepRow>().SingleOrDefault(row => row.Consortium == core.Store.Consortium && row.Name == Name);
        return row is null ? core.Now() : Instant.FromUnixTimeMilliseconds(row.RunAt);
    }

    private void Finish(WriteScope scope, Instant now)
    {
        var row = new SweepRow { Consortium = scope.Consortium, Name = Name, RunAt = now.ToUnixTimeMilliseconds() };
        var known = scope.Db.Set<SweepRow>().Any(sweep => sweep.Consortium == scope.Consortium && sweep.Name == Name);
        scope.Db.Entry(row).State = known ? EntityState.Modified : EntityState.Added;
        foreach (var branch in core.Index.Branches)
        {
            var (id, before) = (branch.Policy.Id, (now - branch.Policy.VisitedFor - ChangeLog.KeptFor).ToUnixTimeMilliseconds());
            scope.Db.Set<VisitRow>().Where(visit => visit.BranchId == id && visit.GrantedAt < before).ExecuteDelete();
        }
    }
}
