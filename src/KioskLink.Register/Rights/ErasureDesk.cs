using KioskLink.Protos.Register.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Patrons;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using NodaTime;

namespace KioskLink.Register.Rights;

/// <summary>Erases a person on request, or refuses with what forbids it (R75, R56, R79). Thread-safe.</summary>
internal sealed class ErasureDesk(RegisterCore core, RequestBook book, SubjectHolds holds, SubjectErasure erasure, ErasureGround grounds)
{
    /// <summary>What a request of erasure led to.</summary>
    /// <param name="Request">The request afterwards.</param>
    /// <param name="Holds">What forbade it; empty when it was done.</param>
    /// <param name="Erasure">What was done; null when it was forbidden.</param>
    public sealed record Outcome(SubjectRequestRow Request, IReadOnlyList<SubjectHold> Holds, ErasureRow? Erasure);

    /// <summary>Carries a request out, once.</summary>
    public async Task<Outcome> EraseAsync(long caseId, string ground, CallerIdentity caller, CallAudit audit)
    {
        var written = await core.Lane.WriteAsync(scope => Erase(scope, caseId, ground, caller, audit));
        if (written.Value.Erasure is { Version: 0 } done)
        {
            await erasure.NoteVersionAsync(done.ErasureId, written.Version);
            await erasure.SweepAsync();
            return written.Value with { Erasure = done with { Version = written.Version } };
        }

        return written.Value;
    }

    /// <summary>An erasure and how far it has reached.</summary>
    /// <exception cref="Grpc.Core.RpcException">NOT_FOUND.</exception>
    public Erasure Show(long erasureId)
    {
        using var db = core.Store.Read();
        var row = db.Set<ErasureRow>().SingleOrDefault(row => row.Consortium == core.Store.Consortium && row.ErasureId == erasureId) ?? throw Field.Missing("erasure");
        var reach = erasure.ReachOf(row);
        var shown = new Erasure
        {
            Id = row.ErasureId,
            Reason = row.Reason,
            Ground = row.Ground,
            EraseTime = Instant.FromUnixTimeMilliseconds(row.ErasedAt).ToProto(),
            ErasedBy = row.ErasedBy,
            Version = row.Version,
            ConfirmedNodes = reach.Confirmed,
            TotalNodes = reach.Total,
        };
        shown.MissingNodeIds.AddRange(reach.Missing);
        shown.MissingRecipients.AddRange(db.Set<ErasureNoticeRow>()
            .Where(notice => notice.Consortium == core.Store.Consortium && notice.ErasureId == erasureId && notice.ConfirmedAt == null)
            .Select(notice => notice.Recipient)
            .ToList());
        return shown;
    }

    private Outcome Erase(WriteScope scope, long caseId, string ground, CallerIdentity caller, CallAudit audit)
    {
        var (asked, by) = (book.Proven(scope.Db, caseId, RequestKind.Erase), caller.Name);
        Restriction.Require(caller, scope.Db, asked);
        if (asked.ErasureId is { } before)
        {
            return new Outcome(asked, [], scope.Db.Set<ErasureRow>().Single(row => row.ErasureId == before));
        }

        RequestBook.Opened(asked);
        if (asked.PersonId is not null)
        {
            // Kept as long as there is somebody to answer for, and gone with the last one (R16).
            return Forbid(scope, asked, [SubjectHold.Responsible], by);
        }

        if (scope.Db.Set<PatronRow>().SingleOrDefault(row => row.PatronId == asked.PatronId) is not { } patron)
        {
            throw Field.Missing("patron");
        }

        audit.About(patron.PatronId).Fields("all");
        grounds.Require(scope.Db, patron, ground);
        if (holds.Of(scope.Db, patron, scope.NowMs) is { Count: > 0 } forbidding)
        {
            return Forbid(scope, asked, forbidding, by);
        }

        var done = erasure.Erase(scope, patron, new ErasureReason("request", by, ground));
        var closed = RequestBook.Close(scope, book.Find(scope.Db, caseId) with { ErasureId = done.ErasureId }, RequestState.Done, by);
        return new Outcome(closed, [], done);
    }

    private static Outcome Forbid(WriteScope scope, SubjectRequestRow asked, IReadOnlyList<SubjectHold> holds, string by)
    {
        var refused = asked with
        {
            Holds = string.Join(' ', holds.Select(hold => hold.Code)),
            OutcomeReason = string.Join("; ", holds.Select(hold => hold.Sentence)),
        };
        return new Outcome(RequestBook.Close(scope, refused, RequestState.Refused, by), holds, null);
    }
}
