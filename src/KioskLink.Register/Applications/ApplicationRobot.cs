using System.Globalization;
using System.Security.Cryptography;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Consents;
using KioskLink.Register.Contacts;
using KioskLink.Register.Identity;
using KioskLink.Register.Patrons;
using KioskLink.Register.Requests;
using KioskLink.Register.Responsibles;
using KioskLink.Register.Rights;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Register.Applications;

/// <summary>
/// Carries applications out (R37): the robot where the identity code says whom one is about, staff for the others. Works inside
/// the write lane; the same application again changes nothing.
/// </summary>
internal sealed class ApplicationRobot(
    RegisterCore core, ApplicationStore store, PatronWriter patrons, ConsentWriter consents, ErasedMarks erased)
{
    private const int CustomerIdFrom = 10_000_000;
    private const int CustomerIdTo = 100_000_000;

    /// <summary>The robot's step: carries a received application out, or puts it before staff.</summary>
    public ApplicationRow Process(WriteScope scope, string id, string by)
    {
        var row = ApplicationStore.Find(scope.Db, scope.Consortium, id) ?? throw Field.Missing("application");
        if (row.State != (int)ApplicationState.Received)
        {
            return row;
        }

        var applicant = ApplicantData.Typed(store.Open(row));
        if (applicant.Code is { } code && erased.Holds(scope.Db, (ErasedKind.Identity, code.Value)))
        {
            return Queue(scope, row, QueueReason.PersonErased, by);
        }

        var match = ApplicationMatch.Of(
            applicant, store.SameCode(scope.Db, scope.Consortium, applicant), ApplicationStore.Alike(scope.Db, scope.Consortium, applicant).Count > 0);
        if (match.Reason != QueueReason.Unspecified)
        {
            return Queue(scope, row, match.Reason, by);
        }

        var patron = ToPatron(scope, applicant, match.Patron);
        var obstacle = Obstacle(scope, patron, match.Patron);
        return obstacle == QueueReason.Unspecified ? CarryOut(scope, row, applicant, patron, by) : Queue(scope, row, obstacle, by);
    }

    /// <summary>Staff's decision about a queued application.</summary>
    /// <param name="scope">The unit of work.</param>
    /// <param name="request">The decision.</param>
    /// <param name="caller">Who decides.</param>
    public ApplicationRow Decide(WriteScope scope, DecideApplicationRequest request, CallerIdentity caller)
    {
        var row = ApplicationStore.Find(scope.Db, scope.Consortium, request.Id) ?? throw Field.Missing("application");
        ApplicationProto.Require(scope.Db, row, caller);
        var known = request.AboutCase == DecideApplicationRequest.AboutOneofCase.CustomerId
            ? PatronWriter.Find(scope.Db, scope.Consortium, request.CustomerId) ?? throw Field.Missing("patron")
            : null;
        if (row.State == (int)ApplicationState.Done && known is not null && known.PatronId == row.PatronId)
        {
            return row;
        }

        if (row.State != (int)ApplicationState.Queued)
        {
            throw Refused("NOT_QUEUED", "This application does not wait for staff: list those that do.");
        }

        if (known is not null)
        {
            Restriction.Require(caller, known);
        }

        var applicant = ApplicantData.Typed(store.Open(row));
        RequireFree(scope, applicant, known);
        var patron = ToPatron(scope, applicant, known);
        if (request.ResponsibleCustomerId.Length > 0)
        {
            patron = patron with { ResponsibleCustomerId = request.ResponsibleCustomerId };
        }

        RequireStorable(scope, patron, known);
        erased.Remove(scope, (ErasedKind.Identity, applicant.Code?.Value ?? ""));
        return CarryOut(scope, row with { DecisionReason = request.Reason }, applicant, patron, caller.Name);
    }

    /// <summary>Staff's refusal of an application that has not been carried out.</summary>
    public static ApplicationRow Reject(WriteScope scope, RejectApplicationRequest request, CallerIdentity caller)
    {
        var row = ApplicationStore.Find(scope.Db, scope.Consortium, request.Id) ?? throw Field.Missing("application");
        ApplicationProto.Require(scope.Db, row, caller);
        return (ApplicationState)row.State switch
        {
            ApplicationState.Rejected => row,
            ApplicationState.Done => throw Refused("ALREADY_DONE", "This application has been carried out already: change the patron instead."),
            _ => Handled(scope, row with { State = (int)ApplicationState.Rejected, QueueReason = 0, DecisionReason = request.Reason }, caller.Name),
        };
    }

    private ApplicationRow CarryOut(WriteScope scope, ApplicationRow row, ApplicantData applicant, PatronData data, string by)
    {
        var (patron, outcome) = patrons.Put(scope, data, by);
        if (outcome == WriteOutcome.Created)
        {
            scope.Db.Add(new PreRegistrationRow
            {
                Consortium = scope.Consortium,
                PatronId = patron.PatronId,
                RegisteredAt = scope.NowMs,
            });
        }

        // The ledger may change the patron's row, and so the deeds are taken one by one.
        foreach (var deed in applicant.Deeds(patron).ToList())
        {
            consents.Record(scope, PatronWriter.Find(scope.Db, scope.Consortium, patron.CustomerId)!, deed, by);
            outcome = outcome == WriteOutcome.Unchanged ? WriteOutcome.Changed : outcome;
        }

        return Handled(scope, row with { State = (int)ApplicationState.Done, QueueReason = 0, Outcome = (int)ToOutcome(outcome), PatronId = patron.PatronId }, by);
    }

    private static ApplicationRow Queue(WriteScope scope, ApplicationRow row, QueueReason reason, string by) =>
        Handled(scope, row with { State = (int)ApplicationState.Queued, QueueReason = (int)reason }, by);

    private static ApplicationRow Handled(WriteScope scope, ApplicationRow row, string by)
    {
        (row.HandledBy, row.HandledAt) = (by, scope.NowMs);
        scope.Db.Update(row);
        scope.Db.SaveChanges();
        scope.Db.ChangeTracker.Clear();
        return row;
    }

    private PatronData ToPatron(WriteScope scope, ApplicantData applicant, PatronRow? known) => applicant.ToPatron(
        known,
        known is null ? NewCustomerId(scope) : "",
        applicant.NewGroup(core.Profile.Applications!, Today(scope)),
        known is null ? null : scope.Db.Set<ContactRow>().SingleOrDefault(row => row.PatronId == known.PatronId)?.Show());

    // Where two people have one identity code, or one has two, somebody must find out which is wrong.
    private void RequireFree(WriteScope scope, ApplicantData applicant, PatronRow? known)
    {
        if (applicant.Code is null)
        {
            return;
        }

        var owner = store.SameCode(scope.Db, scope.Consortium, applicant);
        if (owner is not null && owner.PatronId != known?.PatronId)
        {
            throw Identity.Refused.With(
                Grpc.Core.StatusCode.AlreadyExists, "IDENTITY_TAKEN", "Another patron has this application's identity code: decide for that patron, or correct it.");
        }

        if (owner is null && known?.IdentityCode is not null)
        {
            throw Refused("IDENTITY_DIFFERS", "The patron has another identity code than the application: correct one of them first.");
        }
    }

    private void RequireStorable(WriteScope scope, PatronData patron, PatronRow? known)
    {
        if (PatronRules.Problem(patron, core.Profile, Today(scope)) is { } problem)
        {
            throw Field.Wrong(problem.Field, problem.Reason);
        }

        if (Obstacle(scope, patron, known) != QueueReason.Unspecified)
        {
            throw Field.Wrong("responsible_customer_id", "must be a patron's customer id: the applicant needs a responsible person");
        }
    }

    private QueueReason Obstacle(WriteScope scope, PatronData patron, PatronRow? known) => ApplicationMatch.Obstacle(
        patron,
        known,
        known is not null && ResponsiblePages.HasOther(scope.Db, known.PatronId),
        IsPatron(scope, patron.ResponsibleCustomerId),
        core.Profile,
        Today(scope));

    private static bool IsPatron(WriteScope scope, string customerId) =>
        customerId.Length > 0 && PatronWriter.Find(scope.Db, scope.Consortium, customerId) is not null;

    private static LocalDate Today(WriteScope scope) => OpeningCalendar.DateAt(scope.Now);

    // Says nothing of its holder, not even in what order patrons came.
    private static string NewCustomerId(WriteScope scope)
    {
        string id;
        do
        {
            id = RandomNumberGenerator.GetInt32(CustomerIdFrom, CustomerIdTo).ToString(CultureInfo.InvariantCulture);
        }
        while (PatronWriter.Find(scope.Db, scope.Consortium, id) is not null);
        return id;
    }

    private static ApplicationOutcome ToOutcome(WriteOutcome outcome) => outcome switch
    {
        WriteOutcome.Created => ApplicationOutcome.Created,
        WriteOutcome.Changed => ApplicationOutcome.Updated,
        _ => ApplicationOutcome.Unchanged,
    };

    private static Grpc.Core.RpcException Refused(string reason, string sentence) =>
        Identity.Refused.With(Grpc.Core.StatusCode.FailedPrecondition, reason, sentence);
}
