using KioskLink.Protos.Register.V1;
using KioskLink.Register.Patrons;
using KioskLink.Register.Profiles;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using KioskLink.Rules.Access;
using NodaTime;

namespace KioskLink.Register.Bans;

/// <summary>A ban as it was written, and whose it is.</summary>
/// <param name="Row">The ban.</param>
/// <param name="CustomerId">The patron's number.</param>
internal sealed record WrittenBan(BanRow Row, string CustomerId);

/// <summary>Writes bans; the cards of the patron go to the nodes ahead of bulk. Thread-safe.</summary>
internal sealed class BanWriter(RegisterCore core)
{
    /// <summary>Stores a ban whose terms are complete.</summary>
    public WrittenBan Add(WriteScope scope, Ban ban, BanTerms terms, string by)
    {
        var patron = PatronWriter.Find(scope.Db, scope.Consortium, ban.CustomerId) ?? throw Field.Missing("patron");
        RefuseOverlap(scope, patron.PatronId, terms);
        RefuseChain(scope, patron.PatronId, terms);
        var row = new BanRow
        {
            BanId = Guid.NewGuid().ToString("N"),
            Consortium = scope.Consortium,
            PatronId = patron.PatronId,
            Kind = (int)terms.Kind,
            BranchIds = string.Join('\n', terms.BranchIds),
            StartAt = terms.Start.ToUnixTimeMilliseconds(),
            EndAt = terms.End?.ToUnixTimeMilliseconds(),
            ReasonCode = terms.ReasonCode,
            Reason = ban.Reason,
            DecidedBy = ban.DecidedBy.Length > 0 ? ban.DecidedBy : by,
            DecisionRef = terms.DecisionRef,
            HeardOn = ban.HeardOn,
            Hearing = ban.Hearing,
            Appeal = AppealIn((Language)patron.Language, core.Profile),
            CreatedAt = scope.NowMs,
            CreatedBy = by,
        };
        scope.Db.Add(row);
        PatronWriter.TouchCards(scope, patron.PatronId, priority: true);
        return new WrittenBan(row, patron.CustomerId);
    }

    /// <summary>Lifts a ban, or every ban of a kind of a patron; what is over or lifted stays as it is.</summary>
    public static List<WrittenBan> Lift(WriteScope scope, LiftBanRequest request, string by)
    {
        var lifted = new List<WrittenBan>();
        foreach (var (row, customerId) in ToLift(scope, request))
        {
            var after = row with { LiftedAt = scope.NowMs, LiftedBy = by, LiftReason = request.Reason };
            scope.Db.Update(after);
            PatronWriter.TouchCards(scope, row.PatronId, priority: true);
            lifted.Add(new WrittenBan(after, customerId));
        }

        return lifted;
    }

    private static void RefuseOverlap(WriteScope scope, long patronId, BanTerms terms)
    {
        var kind = (int)terms.Kind;
        var others = scope.Db.Set<BanRow>().Where(ban => ban.PatronId == patronId && ban.Kind == kind && ban.LiftedAt == null).AsEnumerable().Select(Terms);
        if (others.Any(terms.Overlaps))
        {
            throw Field.Wrong("ban.start_time", "falls within another ban of this kind, or reaches into one: lift that ban, or let this one begin when it ends");
        }
    }

    // Act 1492/2016, section 15: a decision bans for at most its time, so what follows under the same decision is what is left of it.
    private void RefuseChain(WriteScope scope, long patronId, BanTerms terms)
    {
        if (terms.Kind != BanKind.Use || terms.End is not { } end)
        {
            return;
        }

        var spent = scope.Db.Set<BanRow>()
            .Where(ban => ban.PatronId == patronId && ban.Kind == (int)BanKind.Use && ban.DecisionRef == terms.DecisionRef)
            .AsEnumerable()
            .Where(ban => BanView.Branches(ban).Intersect(terms.BranchIds).Any())
            .Sum(ban => Math.Max(0, Math.Min(ban.EndAt ?? long.MaxValue, ban.LiftedAt ?? long.MaxValue) - ban.StartAt));
        if (Duration.FromMilliseconds(spent) + (end - terms.Start) > core.Profile.Bans.UseMax)
        {
            throw Field.Wrong("ban.decision_ref", $"has banned from this library before: one decision bans for at most {core.Profile.Bans.UseMax.TotalDays} days in all, so shorten the ban or give the reference of a new decision");
        }
    }

    private static BanTerms Terms(BanRow row) => new(
        (BanKind)row.Kind,
        Instant.FromUnixTimeMilliseconds(row.StartAt),
        row.EndAt is { } end ? Instant.FromUnixTimeMilliseconds(end) : null,
        BanView.Branches(row));

    private static string AppealIn(Language language, ConsortiumProfile profile) =>
        profile.Bans.Appeal.GetValueOrDefault(language) ?? profile.Bans.Appeal.GetValueOrDefault(profile.Languages[0]) ?? "";

    private static List<WrittenBan> ToLift(WriteScope scope, LiftBanRequest request)
    {
        if (request.WhichCase == LiftBanRequest.WhichOneofCase.BanId)
        {
            var row = scope.Db.Set<BanRow>().SingleOrDefault(ban => ban.Consortium == scope.Consortium && ban.BanId == request.BanId)
                ?? throw Field.Missing("ban");
            var holder = scope.Db.Set<PatronRow>().Single(patron => patron.PatronId == row.PatronId);
            return row.LiftedAt is null && !(row.EndAt <= scope.NowMs) ? [new WrittenBan(row, holder.CustomerId)] : [];
        }

        var (customerId, kind) = (request.PatronBans.CustomerId, (int)Field.Known(request.PatronBans.Kind, "patron_bans.kind"));
        var patron = PatronWriter.Find(scope.Db, scope.Consortium, customerId) ?? throw Field.Missing("patron");
        var rows = scope.Db.Set<BanRow>()
            .Where(ban => ban.PatronId == patron.PatronId && ban.Kind == kind && ban.LiftedAt == null
                && (ban.EndAt == null || ban.EndAt > scope.NowMs))
            .ToList();
        return [.. rows.Select(row => new WrittenBan(row, customerId))];
    }
}
