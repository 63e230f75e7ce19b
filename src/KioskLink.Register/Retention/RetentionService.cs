using System.Globalization;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Profiles;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Retention;

/// <summary>Rules, dry runs, approvals, runs and their evidence.</summary>
internal sealed class RetentionService(RegisterCore core, RetentionEngine engine) : Protos.Register.V1.RetentionService.RetentionServiceBase
{
    /// <summary>How long a plan may be approved and carried out: what it counted is no longer true later.</summary>
    public static readonly Duration PlanValidity = Duration.FromDays(7);

    /// <inheritdoc/>
    public override Task<ListRulesResponse> ListRules(ListRulesRequest request, ServerCallContext context)
    {
        var response = new ListRulesResponse();
        var terms = request.Rule.Length == 0 ? engine.Terms : [engine.Term(request.Rule)];
        response.Rules.AddRange(terms.Select(term => term.ToProto(core.Now())));
        return Task.FromResult(response);
    }

    /// <inheritdoc/>
    public override async Task<DryRunResponse> DryRun(DryRunRequest request, ServerCallContext context) =>
        new() { Run = (await engine.PlanAsync(engine.Term(request.Rule), context.Caller().Name)).ToProto() };

    /// <inheritdoc/>
    public override async Task<ApproveRunResponse> ApproveRun(ApproveRunRequest request, ServerCallContext context)
    {
        var reason = Field.Required(request.Reason, "reason");
        var by = context.Caller().Name;
        var approved = await core.Lane.WriteAsync(scope => Approve(scope, request.RunId, reason, by), context.CancellationToken);
        return new ApproveRunResponse { Run = approved.Value.ToProto() };
    }

    /// <inheritdoc/>
    public override async Task<RunRetentionResponse> RunRetention(RunRetentionRequest request, ServerCallContext context)
    {
        await using var db = core.Store.Read();
        var plan = Find(db, request.RunId);
        if (plan.State == (int)RetentionState.Done)
        {
            return new RunRetentionResponse { Run = plan.ToProto() };
        }

        var term = engine.Term(plan.Rule);
        RequireMode(term.Entry, plan);
        RequireFresh(plan);
        return new RunRetentionResponse { Run = (await engine.RunAsync(term, plan, context.Caller().Name, context.CancellationToken)).ToProto() };
    }

    /// <inheritdoc/>
    public override async Task<ListRunsResponse> ListRuns(ListRunsRequest request, ServerCallContext context)
    {
        var size = Field.PageSize(request.PageSize);
        var before = Field.PageToken(request.PageToken) ?? long.MaxValue;
        if (request.Rule.Length > 0)
        {
            engine.Term(request.Rule);
        }

        await using var db = core.Store.Read();
        var page = db.Set<RetentionRunRow>()
            .Where(row => row.Consortium == core.Store.Consortium && row.RunId < before && (request.Rule == "" || row.Rule == request.Rule))
            .Where(row => !request.DoneOnly || row.State == (int)RetentionState.Done)
            .OrderByDescending(row => row.RunId)
            .Take(size + 1)
            .ToList();
        var broken = RetentionEvidence.FirstBroken(db, core.Store.Consortium);
        var response = new ListRunsResponse
        {
            NextPageToken = page.Count > size ? page[size - 1].RunId.ToString(CultureInfo.InvariantCulture) : "",
            EvidenceWhole = broken is null,
            FirstBroken = broken ?? 0,
        };
        response.Runs.AddRange(page.Take(size).Select(row => row.ToProto()));
        return response;
    }

    private RetentionRunRow Approve(WriteScope scope, long runId, string reason, string by)
    {
        var plan = Find(scope.Db, runId);
        if (plan.State == (int)RetentionState.Approved)
        {
            return plan;
        }

        if (plan.State != (int)RetentionState.Planned)
        {
            throw Refused.With(StatusCode.FailedPrecondition, "RUN_ALREADY", "This plan has been run already: make a new one with a dry run.");
        }

        if (engine.Term(plan.Rule).Entry.When != RetentionMode.Approved)
        {
            throw Refused.With(StatusCode.FailedPrecondition, "RUNS_BY_THE_CLOCK", "This rule runs by the clock and takes no approval.");
        }

        RequireFresh(plan);
        var approved = plan with { State = (int)RetentionState.Approved, ApprovedAt = scope.NowMs, ApprovedBy = by, Approval = reason };
        scope.Db.Update(approved);
        return approved;
    }

    private static void RequireMode(RetentionProfile entry, RetentionRunRow plan)
    {
        switch (entry.When)
        {
            case RetentionMode.Yearly:
                throw Refused.With(StatusCode.FailedPrecondition, "ONLY_YEARLY", $"This rule runs once a year, on {entry.On}, and never between.");
            case RetentionMode.Never:
                throw Refused.With(StatusCode.FailedPrecondition, "NO_PERIOD", "The profile sets no period for this rule: nothing is removed by it.");
            case RetentionMode.Approved when plan.State == (int)RetentionState.Planned:
                throw Refused.With(StatusCode.FailedPrecondition, "NOT_APPROVED", "This plan must be approved first: look at its counts and approve it.");
        }
    }

    private void RequireFresh(RetentionRunRow plan)
    {
        if (core.Now() - Instant.FromUnixTimeMilliseconds(plan.PlannedAt) > PlanValidity)
        {
            throw Refused.With(StatusCode.FailedPrecondition, "PLAN_TOO_OLD", $"This plan is older than {PlanValidity.TotalDays} days: make a new one with a dry run.");
        }
    }

    private RetentionRunRow Find(RegisterDb db, long runId) =>
        db.Set<RetentionRunRow>().SingleOrDefault(row => row.Consortium == core.Store.Consortium && row.RunId == runId) ?? throw Field.Missing("plan");
}
