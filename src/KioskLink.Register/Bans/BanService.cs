using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Nodes;
using KioskLink.Register.Patrons;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using KioskLink.Rules.Access;

namespace KioskLink.Register.Bans;

/// <summary>Bans (R28, R29): in force in the register when a call returns, and pushed to nodes ahead of bulk.</summary>
internal sealed class BanService(RegisterCore core, BanPages pages, NodeConfirmations confirmations) : Protos.Register.V1.BanService.BanServiceBase
{
    /// <inheritdoc/>
    public override async Task<AddBanResponse> AddBan(AddBanRequest request, ServerCallContext context)
    {
        var ban = request.Ban ?? throw Field.Wrong("ban", "is missing: give it");
        Field.Required(ban.CustomerId, "ban.customer_id", Field.IdMax);
        Field.Known(ban.Kind, "ban.kind");
        Field.Optional(ban.Reason, "ban.reason");
        Field.Optional(ban.DecidedBy, "ban.decided_by");
        var now = core.Now();
        var asked = new BanTerms((BanKind)ban.Kind, Field.Time(ban.StartTime, "ban.start_time") ?? now, Field.Time(ban.EndTime, "ban.end_time"), [.. ban.BranchIds.Distinct()]);
        var terms = BanRules.Complete(asked, core.Profile, [.. core.Index.Branches.Select(branch => branch.Policy.Id)], now);
        var by = context.Caller().Name;
        var written = await core.Lane.WriteAsync(scope => Add(scope, ban, terms, by), context.CancellationToken);
        context.Audit().About(written.Result.PatronId).Fields("bans");
        return new AddBanResponse { Ban = PatronProto.Ban(written.Result, ban.CustomerId), Version = written.Version };
    }

    /// <inheritdoc/>
    public override async Task<LiftBanResponse> LiftBan(LiftBanRequest request, ServerCallContext context)
    {
        Field.Optional(request.Reason, "reason");
        if (request.WhichCase == LiftBanRequest.WhichOneofCase.None)
        {
            throw Field.Wrong("which", "is missing: give ban_id or patron_bans");
        }

        var by = context.Caller().Name;
        var written = await core.Lane.WriteAsync(scope => Lift(scope, request, by), context.CancellationToken);
        var response = new LiftBanResponse { Version = written.Version };
        context.Audit().About(written.Result.Select(lifted => lifted.PatronId)).Fields("bans");
        response.Bans.AddRange(written.Result.Select(lifted => lifted.Ban));
        return response;
    }

    /// <inheritdoc/>
    public override Task<ListBansResponse> ListBans(ListBansRequest request, ServerCallContext context) => Task.FromResult(pages.List(request, context.Audit().Fields("bans")));

    /// <inheritdoc/>
    public override Task<GetReachResponse> GetReach(GetReachRequest request, ServerCallContext context)
    {
        if (request.Version < 1 || request.Version > core.Log.Head.Version)
        {
            throw Field.Wrong("version", "is none of the change log: give the one that the change returned");
        }

        var reach = confirmations.ReachOf(request.Version);
        var response = new GetReachResponse
        {
            ConfirmedNodes = reach.Confirmed,
            TotalNodes = reach.Total,
            CompleteTime = reach.CompleteAt?.ToProto(),
        };
        response.MissingNodeIds.AddRange(reach.Missing);
        return Task.FromResult(response);
    }

    private static BanRow Add(WriteScope scope, Ban ban, BanTerms terms, string by)
    {
        var patron = PatronWriter.Find(scope.Db, scope.Consortium, ban.CustomerId) ?? throw Field.Missing("patron");
        var row = new BanRow
        {
            BanId = Guid.NewGuid().ToString("N"),
            Consortium = scope.Consortium,
            PatronId = patron.PatronId,
            Kind = (int)terms.Kind,
            BranchIds = string.Join('\n', terms.BranchIds),
            StartAt = terms.Start.ToUnixTimeMilliseconds(),
            EndAt = terms.End?.ToUnixTimeMilliseconds(),
            Reason = ban.Reason,
            DecidedBy = ban.DecidedBy.Length > 0 ? ban.DecidedBy : by,
            CreatedAt = scope.NowMs,
            CreatedBy = by,
        };
        scope.Db.Add(row);
        PatronWriter.TouchCards(scope, patron.PatronId, priority: true);
        return row;
    }

    private static List<(Ban Ban, long PatronId)> Lift(WriteScope scope, LiftBanRequest request, string by)
    {
        var lifted = new List<(Ban Ban, long PatronId)>();
        foreach (var (row, customerId) in ToLift(scope, request))
        {
            var after = row with { LiftedAt = scope.NowMs, LiftedBy = by, LiftReason = request.Reason };
            scope.Db.Update(after);
            PatronWriter.TouchCards(scope, row.PatronId, priority: true);
            lifted.Add((PatronProto.Ban(after, customerId), row.PatronId));
        }

        return lifted;
    }

    private static List<(BanRow Row, string CustomerId)> ToLift(WriteScope scope, LiftBanRequest request)
    {
        if (request.WhichCase == LiftBanRequest.WhichOneofCase.BanId)
        {
            var row = scope.Db.Set<BanRow>().SingleOrDefault(ban => ban.Consortium == scope.Consortium && ban.BanId == request.BanId)
                ?? throw Field.Missing("ban");
            var holder = scope.Db.Set<PatronRow>().Single(patron => patron.PatronId == row.PatronId);
            return row.LiftedAt is null ? [(row, holder.CustomerId)] : [];
        }

        var (customerId, kind) = (request.PatronBans.CustomerId, (int)Field.Known(request.PatronBans.Kind, "patron_bans.kind"));
        var patron = PatronWriter.Find(scope.Db, scope.Consortium, customerId) ?? throw Field.Missing("patron");
        var rows = scope.Db.Set<BanRow>()
            .Where(ban => ban.PatronId == patron.PatronId && ban.Kind == kind && ban.LiftedAt == null
                && (ban.EndAt == null || ban.EndAt > scope.NowMs))
            .ToList();
        return [.. rows.Select(row => (row, customerId))];
    }
}
