using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Identity;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using KioskLink.Rules.Access;

namespace KioskLink.Register.Bans;

/// <summary>Bans (R28, R29): in force in the register when a call returns, and pushed to nodes ahead of bulk.</summary>
internal sealed class BanService(RegisterCore core, BanWriter writer, BanPages pages, BanReach reach, Enforcement enforcement, BanChecks checks)
    : Protos.Register.V1.BanService.BanServiceBase
{
    private const int TextMax = 1000;

    /// <inheritdoc/>
    public override async Task<AddBanResponse> AddBan(AddBanRequest request, ServerCallContext context)
    {
        var ban = request.Ban ?? throw Field.Wrong("ban", "is missing: give it");
        var now = core.Now();
        var terms = BanRules.Complete(Asked(ban, now), core.Profile, [.. core.Index.Branches.Select(branch => branch.Policy.Id)], now);
        var by = context.Caller().Name;
        var written = await core.Lane.WriteAsync(
            scope => writer.Add(scope, ban, terms, by), added => context.Audit().About(added.Row.PatronId).Fields("bans"), context.CancellationToken);
        return new AddBanResponse { Ban = BanView.Of(written.Value.Row, written.Value.CustomerId, core.Now()), Version = written.Version };
    }

    /// <inheritdoc/>
    public override async Task<LiftBanResponse> LiftBan(LiftBanRequest request, ServerCallContext context)
    {
        Field.Required(request.Reason, "reason");
        if (request.WhichCase == LiftBanRequest.WhichOneofCase.None)
        {
            throw Field.Wrong("which", "is missing: give ban_id or patron_bans");
        }

        var by = context.Caller().Name;
        var written = await core.Lane.WriteAsync(
            scope => BanWriter.Lift(scope, request, by),
            lifted => context.Audit().About(lifted.Select(ban => ban.Row.PatronId)).Fields("bans"),
            context.CancellationToken);
        var response = new LiftBanResponse { Version = written.Version };
        response.Bans.AddRange(written.Value.Select(ban => BanView.Of(ban.Row, ban.CustomerId, core.Now())));
        return response;
    }

    /// <inheritdoc/>
    public override Task<ListBansResponse> ListBans(ListBansRequest request, ServerCallContext context) => Task.FromResult(pages.List(request, context.Caller(), context.Audit().Fields("bans")));

    /// <inheritdoc/>
    public override Task<GetReachResponse> GetReach(GetReachRequest request, ServerCallContext context) =>
        Task.FromResult(request.BanId.Length > 0 ? reach.OfBan(Field.Optional(request.BanId, "ban_id", Field.IdMax), context.Audit().Fields("bans")) : reach.OfVersion(request.Version));

    /// <inheritdoc/>
    public override Task<ListBanChecksResponse> ListBanChecks(ListBanChecksRequest request, ServerCallContext context)
    {
        var response = new ListBanChecksResponse();
        response.Checks.AddRange(checks.List());
        return Task.FromResult(response);
    }

    /// <inheritdoc/>
    public override Task<CheckEnforcementResponse> CheckEnforcement(CheckEnforcementRequest request, ServerCallContext context) =>
        enforcement.ProveAsync(Field.Required(request.BranchId, "branch_id"), context.Caller(), context.CancellationToken);

    private static BanTerms Asked(Ban ban, NodaTime.Instant now)
    {
        Field.Required(ban.CustomerId, "ban.customer_id", Field.IdMax);
        Field.Known(ban.Kind, "ban.kind");
        Field.Required(ban.ReasonCode, "ban.reason_code");
        Field.Optional(ban.Reason, "ban.reason");
        Field.Optional(ban.DecidedBy, "ban.decided_by");
        Field.Optional(ban.DecisionRef, "ban.decision_ref");
        Field.Optional(ban.Hearing, "ban.hearing", TextMax);
        return new BanTerms(
            (BanKind)ban.Kind,
            Field.Time(ban.StartTime, "ban.start_time") ?? now,
            Field.Time(ban.EndTime, "ban.end_time"),
            [.. ban.BranchIds.Distinct()])
        {
            ReasonCode = ban.ReasonCode,
            DecisionRef = ban.DecisionRef,
            HeardOn = Field.Date(ban.HeardOn, "ban.heard_on"),
        };
    }
}
