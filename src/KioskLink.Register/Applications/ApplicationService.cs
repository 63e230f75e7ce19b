using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Identity;
using KioskLink.Register.Patrons;
using KioskLink.Register.Profiles;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Register.Applications;

/// <summary>Applications for a card (R34-R39): handed in, processed by the robot, decided by staff.</summary>
internal sealed class ApplicationService(RegisterCore core, ApplicationStore store, ApplicationRobot robot, ApplicationProto proto)
    : Protos.Register.V1.ApplicationService.ApplicationServiceBase
{
    private const int LimitMax = 1000;

    /// <inheritdoc/>
    public override async Task<SubmitApplicationResponse> SubmitApplication(SubmitApplicationRequest request, ServerCallContext context)
    {
        var profile = Profile();
        var applicant = ApplicantData.Read(request.Applicant);
        var received = Received(request);
        CheckPatron(applicant, profile);
        var by = context.Caller().Name;
        var (row, known) = (await core.Lane.WriteAsync(
            scope => store.Put(scope, applicant, received, by), put => Note(context, [put.Item1]), context.CancellationToken)).Value;
        await using var db = core.Store.Read();
        return new SubmitApplicationResponse { Application = proto.Show(db, row), Known = known };
    }

    /// <inheritdoc/>
    public override Task<ListApplicationsResponse> ListApplications(ListApplicationsRequest request, ServerCallContext context)
    {
        var profile = Profile();
        var size = Field.PageSize(request.PageSize);
        var before = Field.PageToken(request.PageToken) ?? long.MaxValue;
        var state = request.State == ApplicationState.Unspecified ? 0 : (int)Field.Known(request.State, "state");
        using var db = core.Store.Read();
        var page = ApplicationProto.Readable(db, db.Set<ApplicationRow>(), context.Caller())
            .Where(row => row.Consortium == core.Store.Consortium && row.ApplicationNumber < before && (state == 0 || row.State == state))
            .OrderByDescending(row => row.ApplicationNumber)
            .Take(size + 1)
            .ToList();
        var response = new ListApplicationsResponse
        {
            NextPageToken = page.Count > size ? string.Create(null, $"{page[size - 1].ApplicationNumber}") : "",
            StorageLocation = profile.StorageLocation,
        };
        response.Applications.AddRange(page.Take(size).Select(row => proto.Show(db, row)));
        Note(context, page.Take(size));
        return Task.FromResult(response);
    }

    /// <inheritdoc/>
    public override Task<GetApplicationResponse> GetApplication(GetApplicationRequest request, ServerCallContext context)
    {
        var profile = Profile();
        using var db = core.Store.Read();
        var row = ApplicationStore.Find(db, core.Store.Consortium, request.Id) ?? throw Field.Missing("application");
        ApplicationProto.Require(db, row, context.Caller());
        var response = new GetApplicationResponse { Application = proto.Show(db, row), StorageLocation = profile.StorageLocation };
        var candidates = proto.Candidates(db, row);
        response.Candidates.AddRange(candidates.Select(patron => proto.Candidate(patron, context.Caller())));
        Note(context, [row]);
        context.Audit().About(candidates.Select(patron => patron.PatronId));
        return Task.FromResult(response);
    }

    /// <inheritdoc/>
    public override async Task<ProcessApplicationsResponse> ProcessApplications(ProcessApplicationsRequest request, ServerCallContext context)
    {
        _ = Profile();
        var limit = request.Limit switch
        {
            < 0 => throw Field.Wrong("limit", $"is negative: leave it out or give 1 to {LimitMax}"),
            0 => 100,
            _ => Math.Min(request.Limit, LimitMax),
        };
        if (request.Ids.Count > LimitMax)
        {
            throw Field.Wrong("ids", $"are more than {LimitMax}: give fewer");
        }

        var by = context.Caller().Name;
        var processed = new List<ApplicationRow>();
        foreach (var id in request.Ids.Count > 0 ? [.. request.Ids.Distinct()] : Oldest(limit))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            processed.Add((await core.Lane.WriteAsync(
                scope => robot.Process(scope, id, by), row => Note(context, [.. processed, row]), context.CancellationToken)).Value);
        }

        Note(context, processed);
        await using var db = core.Store.Read();
        var response = new ProcessApplicationsResponse { Left = Waiting(db).Count() };
        response.Applications.AddRange(proto.ShowProcessed(db, processed, context.Caller()));
        return response;
    }

    /// <inheritdoc/>
    public override async Task<DecideApplicationResponse> DecideApplication(DecideApplicationRequest request, ServerCallContext context)
    {
        _ = Profile();
        Field.Optional(request.Reason, "reason");
        if (request.AboutCase == DecideApplicationRequest.AboutOneofCase.None || (request.HasNewPatron && !request.NewPatron))
        {
            throw Field.Wrong("about", "is missing: give customer_id, or new_patron as true");
        }

        var caller = context.Caller();
        var row = (await core.Lane.WriteAsync(
            scope => robot.Decide(scope, request, caller), decided => Note(context, [decided]), context.CancellationToken)).Value;
        await using var db = core.Store.Read();
        return new DecideApplicationResponse { Application = proto.Show(db, row) };
    }

    /// <inheritdoc/>
    public override async Task<RejectApplicationResponse> RejectApplication(RejectApplicationRequest request, ServerCallContext context)
    {
        _ = Profile();
        Field.Required(request.Reason, "reason");
        var caller = context.Caller();
        var row = (await core.Lane.WriteAsync(
            scope => ApplicationRobot.Reject(scope, request, caller), rejected => Note(context, [rejected]), context.CancellationToken)).Value;
        await using var db = core.Store.Read();
        return new RejectApplicationResponse { Application = proto.Show(db, row) };
    }

    // Who applies may be no patron yet: then the application's id says whose data it was.
    private static void Note(ServerCallContext context, IEnumerable<ApplicationRow> rows)
    {
        var noted = rows.ToList();
        context.Audit().About(noted.Select(row => row.PatronId).OfType<long>())
            .Fields(noted is [var one] ? $"application {one.ApplicationId}" : "application");
    }

    private ApplicationProfile Profile() => core.Profile.Applications
        ?? throw Refused.With(StatusCode.FailedPrecondition, "NOT_IN_PROFILE", "The consortium's profile takes no applications: add `applications` to it.");

    private Instant Received(SubmitApplicationRequest request)
    {
        var now = core.Now();
        var received = Field.Time(request.ReceivedTime, "received_time") ?? now;
        if (received > now)
        {
            throw Field.Wrong("received_time", "lies in the future: correct it");
        }

        return ApplicationClock.OverAt(received, core.Profile) > now
            ? received
            : throw Field.Wrong("received_time", "lies so far back that the application would be destroyed at once: hand in a newer one");
    }

    private void CheckPatron(ApplicantData applicant, ApplicationProfile profile)
    {
        var today = OpeningCalendar.DateAt(core.Now());
        if (PatronRules.Problem(applicant.ToPatron(null, "new", applicant.NewGroup(profile, today)), core.Profile, today) is { } problem)
        {
            throw Field.Wrong($"applicant.{problem.Field}", problem.Reason);
        }

        if (applicant.TermsAcceptedOn > today || applicant.GuardianConsentOn > today)
        {
            var field = applicant.TermsAcceptedOn > today ? "applicant.terms_accepted_on" : "applicant.guardian_consent_on";
            throw Field.Wrong(field, "lies in the future: correct it");
        }
    }

    private IReadOnlyList<string> Oldest(int limit)
    {
        using var db = core.Store.Read();
        return [.. Waiting(db).OrderBy(row => row.ApplicationNumber).Take(limit).Select(row => row.ApplicationId)];
    }

    private IQueryable<ApplicationRow> Waiting(RegisterDb db) => db.Set<ApplicationRow>()
        .Where(row => row.Consortium == core.Store.Consortium && row.State == (int)ApplicationState.Received);
}
