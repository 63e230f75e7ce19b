using KioskLink.Protos.Register.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Patrons;
using KioskLink.Register.Requests;
using KioskLink.Register.Responsibles;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using NodaTime;

namespace KioskLink.Register.Rights;

/// <summary>Erases a person on request, or refuses with what forbids it (R75, R56, R79). Thread-safe.</summary>
internal sealed class ErasureDesk(RegisterCore core, RequestBook book, SubjectHolds holds, SubjectErasure erasure, ErasureGround grounds)
{
    private const string Rule = "request";

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
        if (asked.PersonId is { } person)
        {
            return ErasePerson(scope, asked, person, new ErasureReason(Rule, by, ground), audit);
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

        return Done(scope, caseId, erasure.Erase(scope, patron, new ErasureReason(Rule, by, ground)));
    }

    // Kept as long as somebody needs the person, and no longer (R15, R16).
    private Outcome ErasePerson(WriteScope scope, SubjectRequestRow asked, long personId, ErasureReason reason, CallAudit audit)
    {
        audit.About(ResponsibleWriter.SubjectsOf(scope.Db, personId)).Fields("responsible-person");
        ErasureGround.Require(scope.Db.Set<ResponsiblePersonRow>().Single(row => row.PersonId == personId), reason.Ground);
        return Wards.Need(scope.Db, core.Profile, personId, scope.Now)
            ? Forbid(scope, asked, [SubjectHold.Responsible(core.Profile)], reason.By)
            : Done(scope, asked.CaseId, erasure.ErasePerson(scope, personId, reason));
    }

    // The request has forgotten whose it was.
    private Outcome Done(WriteScope scope, long caseId, ErasureRow done)
    {
        var closed = book.Close(scope, book.Find(scope.Db, caseId) with { ErasureId = done.ErasureId }, RequestState.Done, done.ErasedBy);
        return new Outcome(closed, [], done);
    }

    private Outcome Forbid(WriteScope scope, SubjectRequestRow asked, IReadOnlyList<SubjectHold> holds, string by)
    {
        var refused = asked with
        {
            Holds = string.Join(' ', holds.Select(hold => hold.Code)),
            OutcomeReason = string.Join("; ", holds.Select(hold => hold.Sentence)),
        };
        return new Outcome(book.Close(scope, refused, RequestState.Refused, by), holds, null);
    }
}
