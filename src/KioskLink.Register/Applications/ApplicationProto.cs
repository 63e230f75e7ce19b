using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Patrons;
using KioskLink.Register.Rights;
using KioskLink.Register.Store;
using KioskLink.Rules.Identity;
using NodaTime;

namespace KioskLink.Register.Applications;

/// <summary>Applications as staff sees them: identity codes masked, and from when on they are destroyed.</summary>
internal sealed class ApplicationProto(RegisterCore core, ApplicationStore store, PatronWriter patrons)
{
    /// <summary>An application.</summary>
    public Application Show(RegisterDb db, ApplicationRow row)
    {
        var applicant = store.Open(row);
        applicant.IdentityCode = IdentityCode.TryParse(applicant.IdentityCode, out var code) ? code.Masked : "";
        return new Application
        {
            Id = row.ApplicationId,
            Applicant = applicant,
            ReceivedTime = Instant.FromUnixTimeMilliseconds(row.ReceivedAt).ToProto(),
            State = (ApplicationState)row.State,
            QueueReason = (QueueReason)row.QueueReason,
            Outcome = (ApplicationOutcome)row.Outcome,
            CustomerId = row.PatronId is { } id ? db.Set<PatronRow>().Where(patron => patron.PatronId == id).Select(patron => patron.CustomerId).SingleOrDefault() ?? "" : "",
            SubmittedBy = row.SubmittedBy,
            HandledBy = row.HandledBy,
            HandledTime = row.HandledAt.ToTimestamp(),
            DecisionReason = row.DecisionReason,
            DeleteTime = ApplicationClock.OverAt(Instant.FromUnixTimeMilliseconds(row.ReceivedAt), core.Profile).ToProto(),
        };
    }

    /// <summary>Applications that only officers read: of patrons whose processing is restricted, by their number or identity code (R76).</summary>
    public static IQueryable<ApplicationRow> Readable(RegisterDb db, IQueryable<ApplicationRow> rows, CallerIdentity caller)
    {
        var restricted = db.Set<PatronRow>().Where(patron => patron.Restricted);
        return Restriction.Reads(caller) ? rows : rows.Where(row => !restricted.Any(patron => patron.Consortium == row.Consortium
            && (patron.PatronId == row.PatronId || (row.IdentityIndex != null && patron.IdentityIndex == row.IdentityIndex))));
    }

    /// <summary>Refuses an application that only officers read (R76).</summary>
    /// <exception cref="Grpc.Core.RpcException">PERMISSION_DENIED.</exception>
    public static void Require(RegisterDb db, ApplicationRow row, CallerIdentity caller)
    {
        if (!Readable(db, db.Set<ApplicationRow>().Where(known => known.ApplicationNumber == row.ApplicationNumber), caller).Any())
        {
            throw Restriction.Refusal();
        }
    }

    /// <summary>Applications that were processed, in order: of those that only officers read the number and what became of it.</summary>
    public IEnumerable<Application> ShowProcessed(RegisterDb db, IReadOnlyList<ApplicationRow> rows, CallerIdentity caller)
    {
        var numbers = rows.Select(row => row.ApplicationNumber).ToList();
        var readable = Readable(db, db.Set<ApplicationRow>().Where(row => numbers.Contains(row.ApplicationNumber)), caller)
            .Select(row => row.ApplicationNumber)
            .ToHashSet();
        return rows.Select(row => readable.Contains(row.ApplicationNumber) ? Show(db, row) : StateOf(row));
    }

    private static Application StateOf(ApplicationRow row) => new()
    {
        Id = row.ApplicationId,
        State = (ApplicationState)row.State,
        QueueReason = (QueueReason)row.QueueReason,
        Outcome = (ApplicationOutcome)row.Outcome,
    };

    /// <summary>The patrons that an application may be about.</summary>
    public IReadOnlyList<PatronRow> Candidates(RegisterDb db, ApplicationRow row)
    {
        var applicant = ApplicantData.Typed(store.Open(row));
        var alike = ApplicationStore.Alike(db, row.Consortium, applicant);
        var same = store.SameCode(db, row.Consortium, applicant);
        return same is null ? alike : [same, .. alike.Where(patron => patron.PatronId != same.PatronId)];
    }

    /// <summary>A patron as a candidate; a restricted one only by number.</summary>
    public ApplicationCandidate Candidate(PatronRow row, CallerIdentity caller) => row.Restricted && !Restriction.Reads(caller) ? new() { CustomerId = row.CustomerId } : new()
    {
        CustomerId = row.CustomerId,
        Surname = row.Surname,
        FirstNames = row.FirstNames,
        DateOfBirth = row.DateOfBirth,
        IdentityCode = patrons.Masked(row),
    };
}
