using KioskLink.Register.Audit;
using KioskLink.Register.Hosting;
using KioskLink.Register.Identity;
using KioskLink.Register.Profiles;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Retention;

/// <summary>A rule with the period that the profile sets for it.</summary>
/// <param name="Entry">What the profile says.</param>
/// <param name="Rule">How it is done; null where the register holds no such data.</param>
internal sealed record RetentionTerm(RetentionProfile Entry, IRetentionRule? Rule)
{
    /// <summary>What lies before this is due now; null where nothing ever is.</summary>
    public Instant? Cutoff(Instant now) => Entry.Period is not { } keep ? null
        : RetentionRules.ByTheHour.Contains(Entry.Rule) ? keep.CutoffByTheHour(now) : keep.CutoffByDate(now);
}

/// <summary>
/// Counts and removes what is older than its period (R56-R65): a dry run changes nothing; a run works in slices and leaves evidence
/// without personal data. One run at a time. Thread-safe.
/// </summary>
internal sealed class RetentionEngine(RegisterCore core, IEnumerable<IRetentionRule> rules, AuditLog audit, ILogger<RetentionEngine> log) : IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1);

    /// <summary>Every rule of the profile, in its order.</summary>
    public IReadOnlyList<RetentionTerm> Terms { get; } =
        [.. core.Profile.Retention.Select(entry => new RetentionTerm(entry, rules.SingleOrDefault(rule => rule.Name == entry.Rule)))];

    /// <summary>The term of a rule.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT for an unknown rule.</exception>
    public RetentionTerm Term(string rule) =>
        Terms.FirstOrDefault(term => term.Entry.Rule == rule) ?? throw Field.Wrong("rule", $"must be one of {string.Join(", ", RetentionRules.Names)}");

    /// <summary>Counts what is due, and keeps the count as a plan.</summary>
    public async Task<RetentionRunRow> PlanAsync(RetentionTerm term, string by)
    {
        var now = core.Now();
        var cutoff = term.Cutoff(now)?.ToUnixTimeMilliseconds() ?? 0;
        var counts = Count(term, cutoff, now);
        return (await core.Lane.WriteAsync(scope =>
        {
            var plan = new RetentionRunRow
            {
                Consortium = scope.Consortium,
                Rule = term.Entry.Rule,
                Keep = term.Entry.Keep,
                Cutoff = cutoff,
                State = (int)RetentionState.Planned,
                Counts = RetentionEvidence.Write(counts),
                PlannedAt = scope.NowMs,
                PlannedBy = by,
            };
            scope.Db.Add(plan);
            scope.Db.SaveChanges();
            return plan;
        }).ConfigureAwait(false)).Value;
    }

    /// <summary>Carries a plan out: removes what its cutoff and the facts of now make due, and nothing that came in since.</summary>
    public async Task<RetentionRunRow> RunAsync(RetentionTerm term, RetentionRunRow plan, string by, CancellationToken stop)
    {
        await _oneAtATime.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            var what = RetentionEvidence.Read(plan.Counts) is [var first, ..] ? first.What : "rows";
            return await audit.NotedAsync(
                _ => AuditEntry.OfJob(by, $"retention/{term.Entry.Rule}", CallPurpose.CustomerService) with { Fields = what }, () => RunAsync(term, plan, what, by, stop)).ConfigureAwait(false);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _oneAtATime.Dispose();

    private async Task<RetentionRunRow> RunAsync(RetentionTerm term, RetentionRunRow plan, string what, string by, CancellationToken stop)
    {
        var started = plan with { State = (int)RetentionState.Running, StartedAt = core.Now().ToUnixTimeMilliseconds(), RunBy = by };
        await core.Lane.WriteAsync(scope => { scope.Db.Update(started); }, stop).ConfigureAwait(false);
        var kept = Count(term, plan.Cutoff, core.Now()).Skip(1);
        var removed = term.Rule is null || plan.Cutoff == 0 ? 0 : await RemoveAsync(term.Rule, plan.Cutoff, stop).ConfigureAwait(false);
        log.RetentionRun(term.Entry.Rule, removed, what);
        return (await core.Lane.WriteAsync(scope => End(scope, started, [new RetentionCount(what, removed), .. kept]), CancellationToken.None).ConfigureAwait(false)).Value;
    }

    private IReadOnlyList<RetentionCount> Count(RetentionTerm term, long cutoff, Instant now)
    {
        if (term.Rule is null || cutoff == 0)
        {
            return [new RetentionCount("rows", 0)];
        }

        using var db = core.Store.Read();
        return term.Rule.Count(db, cutoff, now);
    }

    private async Task<long> RemoveAsync(IRetentionRule rule, long cutoff, CancellationToken stop)
    {
        var (total, next) = (0L, (long?)0);
        while (next is { } after)
        {
            stop.ThrowIfCancellationRequested();
            var slice = (await core.Lane.WriteAsync(scope => rule.Remove(scope, cutoff, after), stop).ConfigureAwait(false)).Value;
            (total, next) = (total + slice.Removed, slice.Next);
        }

        await rule.EndAsync().ConfigureAwait(false);
        return total;
    }

    private static RetentionRunRow End(WriteScope scope, RetentionRunRow started, IReadOnlyList<RetentionCount> counts)
    {
        var ended = RetentionEvidence.Close(
            scope.Db, started with { State = (int)RetentionState.Done, EndedAt = scope.NowMs, Counts = RetentionEvidence.Write(counts) });
        scope.Db.Update(ended);
        return ended;
    }
}
