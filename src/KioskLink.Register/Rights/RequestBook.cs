using System.Globalization;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Patrons;
using KioskLink.Register.Requests;
using KioskLink.Register.Responsibles;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Register.Rights;

/// <summary>Opens, extends, closes and lists requests of data subjects. Thread-safe.</summary>
internal sealed class RequestBook(RegisterCore core, OverdueAlarm alarm)
{
    private LocalDate Today => OpeningCalendar.DateAt(core.Now());

    /// <summary>Opens a request.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT names the field, NOT_FOUND for an unknown patron.</exception>
    public async Task<SubjectRequest> OpenAsync(OpenRequestRequest request, string by)
    {
        Field.Known(request.Kind, "kind");
        OneOf(Field.Required(request.Channel, "channel"), core.Profile.Requests.Channels, "channel");
        if (request.IdentifiedBy.Length > 0)
        {
            OneOf(request.IdentifiedBy, core.Profile.Requests.IdentityProofs, "identified_by");
        }

        var received = Field.Date(request.ReceivedOn, "received_on") ?? Today;
        if (received > Today || received < Today.PlusYears(-1))
        {
            throw Field.Wrong("received_on", "must lie within the last year and not in the future: correct it");
        }

        Field.Optional(request.CustomerId, "customer_id", Field.IdMax);
        CheckPerson(request);
        var opened = await core.Lane.WriteAsync(scope => Open(scope, request, received, by));
        return Show(opened.Value);
    }

    /// <summary>Records how an identity was proven (R77).</summary>
    public Task<SubjectRequest> ProveAsync(long caseId, string way, string by)
    {
        OneOf(Field.Required(way, "identified_by"), core.Profile.Requests.IdentityProofs, "identified_by");
        return ChangeAsync(caseId, (scope, row) => row.IdentityProof.Length > 0 ? row
            : Opened(row) with { IdentityProof = way, ProvenAt = scope.NowMs, ProvenBy = by });
    }

    /// <summary>Moves the due date, once.</summary>
    public Task<SubjectRequest> ExtendAsync(long caseId, int months, string reason)
    {
        if (months is < 1 or > DueDates.ExtensionMax)
        {
            throw Field.Wrong("months", $"must be 1 or {DueDates.ExtensionMax}");
        }

        Field.Required(reason, "reason");
        return ChangeAsync(caseId, (_, row) => Opened(row).ExtendedFrom.Length > 0
            ? throw Refused.With(StatusCode.FailedPrecondition, "EXTENDED_ALREADY", "The request was extended already: the law allows it once.")
            : row with
            {
                ExtendedFrom = row.DueOn,
                ExtensionReason = reason,
                DueOn = ((LocalDate?)DueDates.Extended(row.ReceivedOn.ToDate()!.Value, months)).ToIso(),
            });
    }

    /// <summary>A request.</summary>
    /// <exception cref="RpcException">NOT_FOUND.</exception>
    public SubjectRequestRow Find(RegisterDb db, long caseId) =>
        db.Set<SubjectRequestRow>().SingleOrDefault(row => row.Consortium == core.Store.Consortium && row.CaseId == caseId) ?? throw Field.Missing("request");

    /// <summary>A request of a kind whose person is known for certain; without that nothing is handed out or done (R77).</summary>
    /// <exception cref="RpcException">NOT_FOUND or FAILED_PRECONDITION.</exception>
    public SubjectRequestRow Proven(RegisterDb db, long caseId, params ReadOnlySpan<RequestKind> kinds)
    {
        var row = Find(db, caseId);
        if (!kinds.Contains((RequestKind)row.Kind))
        {
            throw Refused.With(StatusCode.FailedPrecondition, "OTHER_KIND", "The request asks for something else: open one of the right kind.");
        }

        return row.IdentityProof.Length > 0
            ? row
            : throw Refused.With(StatusCode.FailedPrecondition, "IDENTITY_NOT_PROVEN", "The person's identity is not proven: record how it was, then go on.");
    }

    /// <summary>The request while it is open.</summary>
    /// <exception cref="RpcException">FAILED_PRECONDITION.</exception>
    public static SubjectRequestRow Opened(SubjectRequestRow row) => row.ClosedAt is null
        ? row
        : throw Refused.With(StatusCode.FailedPrecondition, "REQUEST_CLOSED", "The request is closed: open a new one.");

    /// <summary>The request while it is open, and again when it was carried out: a repetition does the same once more.</summary>
    /// <exception cref="RpcException">FAILED_PRECONDITION.</exception>
    public static SubjectRequestRow OpenedOrDone(SubjectRequestRow row) => row.State == (int)RequestState.Done ? row : Opened(row);

    /// <summary>Closes a request inside a unit of work; one that is closed stays as it is.</summary>
    public SubjectRequestRow Close(WriteScope scope, SubjectRequestRow row, RequestState state, string by)
    {
        Tell(scope, row);
        var closed = row.ClosedAt is not null ? row : row with { State = (int)state, ClosedAt = scope.NowMs, ClosedBy = by };
        scope.Db.Update(closed);
        scope.Db.SaveChanges();
        scope.Db.ChangeTracker.Clear();
        alarm.Settle(scope);
        return closed;
    }

    /// <summary>Changes a request.</summary>
    public async Task<SubjectRequest> ChangeAsync(long caseId, Func<WriteScope, SubjectRequestRow, SubjectRequestRow> change) =>
        Show((await core.Lane.WriteAsync(scope =>
        {
            var before = Find(scope.Db, caseId);
            Tell(scope, before);
            var after = change(scope, before);
            if (after != before)
            {
                scope.Db.Update(after);
                scope.Db.SaveChanges();
                scope.Db.ChangeTracker.Clear();
                alarm.Settle(scope);
            }

            return after;
        })).Value);

    /// <summary>A page of requests, by due date.</summary>
    public ListRequestsResponse List(ListRequestsRequest request, CallerIdentity caller)
    {
        var size = Field.PageSize(request.PageSize);
        var (due, id) = Cursor(request.PageToken);
        var today = ((LocalDate?)Today).ToIso();
        using var db = core.Store.Read();
        var asked = request.CustomerId.Length == 0 ? null : PatronWriter.Find(db, core.Store.Consortium, request.CustomerId) ?? throw Field.Missing("patron");
        if (asked is not null)
        {
            Restriction.Require(caller, asked);
        }

        var patron = asked?.PatronId;
        var all = db.Set<SubjectRequestRow>().Where(row => row.Consortium == core.Store.Consortium);
        var page = all
            .Where(row => request.IncludeClosed || row.ClosedAt == null)
            .Where(row => !request.OverdueOnly || (row.ClosedAt == null && string.Compare(row.DueOn, today) < 0))
            .Where(row => patron == null || row.PatronId == patron)
            .Where(row => string.Compare(row.DueOn, due) > 0 || (row.DueOn == due && row.CaseId > id))
            .OrderBy(row => row.DueOn).ThenBy(row => row.CaseId)
            .Take(size + 1)
            .ToList();
        var response = new ListRequestsResponse
        {
            NextPageToken = page.Count > size ? string.Create(CultureInfo.InvariantCulture, $"{page[size - 1].DueOn}.{page[size - 1].CaseId}") : "",
            Overdue = OverdueAlarm.Count(db, core.Store.Consortium, core.Now()),
        };
        response.Requests.AddRange(page.Take(size).Select(row => ShowTo(caller, Show(row))));
        return response;
    }

    /// <summary>A request as the API shows it.</summary>
    public SubjectRequest Show(SubjectRequestRow row)
    {
        var shown = new SubjectRequest
        {
            Id = row.CaseId,
            CustomerId = CustomerOf(row),
            PersonId = row.PersonId is { } person ? ResponsibleData.Id(person) : "",
            Kind = (RequestKind)row.Kind,
            Channel = row.Channel,
            ReceivedOn = row.ReceivedOn,
            DueOn = row.DueOn,
            Overdue = row.ClosedAt is null && DueDates.IsOverdue(row.DueOn.ToDate()!.Value, Today),
            ExtendedFrom = row.ExtendedFrom,
            ExtensionReason = row.ExtensionReason,
            IdentifiedBy = row.IdentityProof,
            ProvenBy = row.ProvenBy,
            State = (RequestState)row.State,
            RefusalReason = row.OutcomeReason,
            ErasureId = row.ErasureId ?? 0,
            OpenedBy = row.OpenedBy,
            CloseTime = row.ClosedAt.ToTimestamp(),
            ClosedBy = row.ClosedBy,
        };
        shown.Holds.AddRange(row.Holds.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return shown;
    }

    /// <summary>A request as a caller sees it: whose it is, and what was written about it, is for officers where the person is restricted (R76).</summary>
    public SubjectRequest ShowTo(CallerIdentity caller, SubjectRequest request)
    {
        using var db = core.Store.Read();
        if (Restriction.Reads(caller) || !IsRestricted(db, request))
        {
            return request;
        }

        var masked = request.Clone();
        (masked.CustomerId, masked.PersonId) = ("", "");
        (masked.ExtensionReason, masked.RefusalReason) = ("", "");
        return masked;
    }

    private bool IsRestricted(RegisterDb db, SubjectRequest request) =>
        PatronWriter.Find(db, core.Store.Consortium, request.CustomerId) is { Restricted: true }
        || (ResponsibleData.Id(request.PersonId, "person_id") is > 0 and var id && db.Set<ResponsiblePersonRow>().Any(person => person.PersonId == id && person.Restricted));

    private static SubjectRequestRow Open(WriteScope scope, OpenRequestRequest request, LocalDate received, string by)
    {
        var patron = request.CustomerId.Length == 0 ? null
            : PatronWriter.Find(scope.Db, scope.Consortium, request.CustomerId) ?? throw Field.Missing("patron");
        var proven = request.IdentifiedBy.Length > 0;
        var row = new SubjectRequestRow
        {
            Consortium = scope.Consortium,
            PatronId = patron?.PatronId,
            PersonId = PersonOf(scope, request),
            Kind = (int)request.Kind,
            Channel = request.Channel,
            ReceivedOn = ((LocalDate?)received).ToIso(),
            DueOn = ((LocalDate?)DueDates.DueOn(received)).ToIso(),
            IdentityProof = request.IdentifiedBy,
            ProvenAt = proven ? scope.NowMs : null,
            ProvenBy = proven ? by : "",
            State = (int)RequestState.Open,
            OpenedAt = scope.NowMs,
            OpenedBy = by,
        };
        scope.Db.Add(row);
        scope.Db.SaveChanges();
        Tell(scope, row);
        return row;
    }

    private static void Tell(WriteScope scope, SubjectRequestRow row) => scope.About(
        row.PatronId is { } patron ? [patron] : row.PersonId is { } person ? ResponsibleWriter.SubjectsOf(scope.Db, person) : [], "request");

    private static void CheckPerson(OpenRequestRequest request)
    {
        if (request.PersonId.Length > 0 && request.CustomerId.Length > 0)
        {
            throw Field.Wrong("person_id", "is for a person who is no patron: give it or `customer_id`, not both");
        }
    }

    private static long? PersonOf(WriteScope scope, OpenRequestRequest request)
    {
        if (request.PersonId.Length == 0)
        {
            return null;
        }

        var id = ResponsibleData.Id(request.PersonId, "person_id");
        return scope.Db.Set<ResponsiblePersonRow>().Any(person => person.Consortium == scope.Consortium && person.PersonId == id) ? id : throw Field.Missing("person");
    }

    private string CustomerOf(SubjectRequestRow row)
    {
        using var db = core.Store.Read();
        return row.PatronId is { } id ? db.Set<PatronRow>().Where(patron => patron.PatronId == id).Select(patron => patron.CustomerId).SingleOrDefault() ?? "" : "";
    }

    private static void OneOf(string value, IReadOnlyList<string> known, string field)
    {
        if (!known.Contains(value))
        {
            throw Field.Wrong(field, $"must be one of {string.Join(", ", known)}");
        }
    }

    private static (string Due, long Id) Cursor(string token)
    {
        var parts = token.Split('.');
        return token.Length == 0 ? ("", 0) : parts.Length == 2 ? (parts[0], Field.PageNumber(parts[1])) : throw Field.WrongToken();
    }
}
