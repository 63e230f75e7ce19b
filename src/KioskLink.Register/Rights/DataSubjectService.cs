using System.Globalization;
using Google.Protobuf;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Disclosures;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Patrons;
using KioskLink.Register.Requests;
using KioskLink.Register.Responsibles;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Language = KioskLink.Rules.Access.Language;

namespace KioskLink.Register.Rights;

/// <summary>Rights of the data subject (R74-R80): checks requests and callers, and leaves the work to its room.</summary>
internal sealed class DataSubjectService(
    RegisterCore core,
    RequestBook book,
    SubjectExport export,
    Rectifications rectifications,
    ErasureDesk erasures,
    ErasureNotices notices,
    Certificates certificates) : Protos.Register.V1.DataSubjectService.DataSubjectServiceBase
{
    /// <inheritdoc/>
    public override async Task<OpenRequestResponse> OpenRequest(OpenRequestRequest request, ServerCallContext context) =>
        new() { Request = book.ShowTo(context.Caller(), Noted(context, await book.OpenAsync(request, context.Caller().Name))) };

    /// <inheritdoc/>
    public override async Task<ProveIdentityResponse> ProveIdentity(ProveIdentityRequest request, ServerCallContext context) =>
        new() { Request = book.ShowTo(context.Caller(), Noted(context, await book.ProveAsync(request.RequestId, request.IdentifiedBy, context.Caller().Name))) };

    /// <inheritdoc/>
    public override async Task<ExtendRequestResponse> ExtendRequest(ExtendRequestRequest request, ServerCallContext context) =>
        new() { Request = book.ShowTo(context.Caller(), Noted(context, await book.ExtendAsync(request.RequestId, request.Months, request.Reason))) };

    /// <inheritdoc/>
    public override async Task<GetRequestResponse> GetRequest(GetRequestRequest request, ServerCallContext context)
    {
        await using var db = core.Store.Read();
        return new GetRequestResponse { Request = book.ShowTo(context.Caller(), Noted(context, book.Show(book.Find(db, request.RequestId)))) };
    }

    /// <inheritdoc/>
    public override Task<ListRequestsResponse> ListRequests(ListRequestsRequest request, ServerCallContext context) => Task.FromResult(Noted(context, book.List(request, context.Caller())));

    /// <inheritdoc/>
    public override async Task<ExportSubjectResponse> ExportSubject(ExportSubjectRequest request, ServerCallContext context)
    {
        var (language, by) = (Read(request.Language), context.Caller().Name);
        await using var db = core.Store.Read();
        var asked = RequestBook.OpenedOrDone(book.Proven(db, request.RequestId, RequestKind.Inspect, RequestKind.Portability));
        var gathered = asked.PersonId is { } person ? GatherOf(db, person, context) : await GatherAsync(db, asked, context);
        return new ExportSubjectResponse
        {
            DocumentJson = ByteString.CopyFrom(export.ToJson(gathered)),
            DocumentHtml = ByteString.CopyFrom(export.ToHtml(gathered, language)),
            Request = await book.ChangeAsync(asked.CaseId, (scope, row) => book.Close(scope, row, RequestState.Done, by)),
        };
    }

    /// <inheritdoc/>
    public override Task<RectifySubjectResponse> RectifySubject(RectifySubjectRequest request, ServerCallContext context) =>
        rectifications.RectifyAsync(request, context.Caller(), context.Audit());

    /// <inheritdoc/>
    public override async Task<EraseSubjectResponse> EraseSubject(EraseSubjectRequest request, ServerCallContext context)
    {
        var reason = Field.Required(request.Reason, "reason");
        var outcome = await erasures.EraseAsync(request.RequestId, reason, context.Caller(), context.Audit());
        var response = new EraseSubjectResponse { Request = book.Show(outcome.Request), Erased = outcome.Erasure is not null };
        if (outcome.Erasure is { } done)
        {
            response.Erasure = erasures.Show(done.ErasureId);
            return response;
        }

        response.Reasons.AddRange(outcome.Holds.Select(hold => hold.Sentence));
        response.DocumentHtml = ByteString.CopyFrom(certificates.Write(outcome.Request, certificates.LanguageOf(outcome.Request)));
        return response;
    }

    /// <inheritdoc/>
    public override Task<GetErasureResponse> GetErasure(GetErasureRequest request, ServerCallContext context) =>
        Task.FromResult(new GetErasureResponse { Erasure = erasures.Show(request.ErasureId) });

    /// <inheritdoc/>
    public override async Task<RestrictSubjectResponse> RestrictSubject(RestrictSubjectRequest request, ServerCallContext context)
    {
        var by = context.Caller().Name;
        var written = await core.Lane.WriteAsync(
            scope => Restrict(scope, request, by), asked => Note(context, asked, "restriction"), context.CancellationToken);
        return new RestrictSubjectResponse { Request = book.ShowTo(context.Caller(), book.Show(written.Value)), Version = written.Version };
    }

    /// <inheritdoc/>
    public override async Task<RefuseRequestResponse> RefuseRequest(RefuseRequestRequest request, ServerCallContext context)
    {
        var (reason, by, language) = (Field.Required(request.Reason, "reason"), context.Caller().Name, Read(request.Language));
        var shown = await book.ChangeAsync(request.RequestId, (scope, row) =>
        {
            Restriction.Require(context.Caller(), scope.Db, row);
            return row.State == (int)RequestState.Refused
                ? row
                : book.Close(scope, RequestBook.Opened(row) with { OutcomeReason = reason }, RequestState.Refused, by);
        });
        await using var db = core.Store.Read();
        Note(context, book.Find(db, request.RequestId), "request");
        return new RefuseRequestResponse { Request = shown, DocumentHtml = Certificate(request.RequestId, language, context.Caller()) };
    }

    /// <inheritdoc/>
    public override Task<GetCertificateResponse> GetCertificate(GetCertificateRequest request, ServerCallContext context)
    {
        using var db = core.Store.Read();
        Note(context, book.Find(db, request.RequestId), "certificate");
        return Task.FromResult(new GetCertificateResponse { DocumentHtml = Certificate(request.RequestId, Read(request.Language), context.Caller()) });
    }

    /// <inheritdoc/>
    public override async Task<SetLegalHoldResponse> SetLegalHold(SetLegalHoldRequest request, ServerCallContext context)
    {
        Field.Required(request.CustomerId, "customer_id", Field.IdMax);
        Field.Required(request.Reference, "reference", Field.IdMax);
        var written = await core.Lane.WriteAsync(
            scope => SetHold(scope, request, context.Caller()), held => context.Audit().About(held.Patron).Fields("legal-hold"), context.CancellationToken);
        var response = new SetLegalHoldResponse();
        response.References.AddRange(written.Value.References);
        return response;
    }

    /// <inheritdoc/>
    public override Task<ListErasureNoticesResponse> ListErasureNotices(ListErasureNoticesRequest request, ServerCallContext context)
    {
        var size = Field.PageSize(request.PageSize);
        AdapterField.Optional(request.Recipient, "recipient", core.Profile);
        var page = notices.Open(request.Recipient, Field.PageToken(request.PageToken) ?? 0, size + 1);
        var response = new ListErasureNoticesResponse
        {
            NextPageToken = page.Count > size ? page[size - 1].Row.NoticeId.ToString(CultureInfo.InvariantCulture) : "",
        };
        response.Notices.AddRange(page.Take(size).Select(notice => new ErasureNotice
        {
            Id = notice.Row.NoticeId,
            Recipient = notice.Row.Recipient,
            CustomerId = notice.CustomerId,
            ErasureId = notice.Row.ErasureId,
            CreateTime = Instant.FromUnixTimeMilliseconds(notice.Row.MadeAt).ToProto(),
        }));
        return Task.FromResult(response);
    }

    /// <inheritdoc/>
    public override async Task<ConfirmErasureNoticeResponse> ConfirmErasureNotice(ConfirmErasureNoticeRequest request, ServerCallContext context)
    {
        var by = context.Caller().Name;
        var known = await core.Lane.WriteAsync(scope => ErasureNotices.Confirm(scope, request.NoticeId, by), context.CancellationToken);
        return known.Value ? new ConfirmErasureNoticeResponse() : throw Field.Missing("notice");
    }

    private SubjectRequest Noted(ServerCallContext context, SubjectRequest request)
    {
        using var db = core.Store.Read();
        Note(context, book.Find(db, request.Id), "request");
        return request;
    }

    private ListRequestsResponse Noted(ServerCallContext context, ListRequestsResponse page)
    {
        var ids = page.Requests.Select(request => request.Id).ToList();
        using var db = core.Store.Read();
        context.Audit().Fields("request").About(db.Set<SubjectRequestRow>()
            .Where(row => row.PatronId != null && ids.Contains(row.CaseId)).Select(row => row.PatronId!.Value).ToList());
        return page;
    }

    private static void Note(ServerCallContext context, SubjectRequestRow row, string fields)
    {
        context.Audit().Fields(fields);
        if (row.PatronId is { } patron)
        {
            context.Audit().About(patron);
        }
    }

    private SubjectRequestRow Restrict(WriteScope scope, RestrictSubjectRequest request, string by)
    {
        var asked = RequestBook.Opened(book.Proven(scope.Db, request.RequestId, RequestKind.Restrict, RequestKind.Object));
        if (request.KeepDoors && (request.Lift || asked.PersonId is not null))
        {
            throw Field.Wrong("keep_doors", "is for a patron whose restriction begins: leave it out");
        }

        if (asked.PersonId is { } person)
        {
            scope.Db.Set<ResponsiblePersonRow>().Where(row => row.PersonId == person).ExecuteUpdate(set => set
                .SetProperty(row => row.Restricted, !request.Lift)
                .SetProperty(row => row.UpdatedAt, scope.NowMs)
                .SetProperty(row => row.UpdatedBy, by));
            return book.Close(scope, asked, RequestState.Done, by);
        }

        var patron = scope.Db.Set<PatronRow>().SingleOrDefault(row => row.PatronId == asked.PatronId) ?? throw Field.Missing("patron");
        var (restricted, keeps) = (!request.Lift, request.KeepDoors);
        if ((patron.Restricted, patron.KeepsDoors) != (restricted, keeps))
        {
            scope.Db.Set<PatronRow>().Where(row => row.PatronId == patron.PatronId).ExecuteUpdate(set => set
                .SetProperty(row => row.Restricted, restricted)
                .SetProperty(row => row.KeepsDoors, keeps)
                .SetProperty(row => row.UpdatedAt, scope.NowMs)
                .SetProperty(row => row.UpdatedBy, by));
            PatronWriter.TouchCards(scope, patron.PatronId, priority: true);
        }

        if (patron.Restricted != restricted)
        {
            ClaimDecisions.End(scope, patron.PatronId);
        }

        return book.Close(scope, asked, RequestState.Done, by);
    }

    private static (long Patron, List<string> References) SetHold(WriteScope scope, SetLegalHoldRequest request, CallerIdentity caller)
    {
        var patron = PatronWriter.Find(scope.Db, scope.Consortium, request.CustomerId) ?? throw Field.Missing("patron");
        Restriction.Require(caller, patron);
        var pending = scope.Db.Set<LegalHoldRow>().Where(row => row.PatronId == patron.PatronId && row.ReleasedAt == null);
        if (request.Release)
        {
            pending.Where(row => row.Reference == request.Reference).ExecuteUpdate(set => set
                .SetProperty(row => row.ReleasedAt, scope.NowMs)
                .SetProperty(row => row.ReleasedBy, caller.Name));
        }
        else if (!pending.Any(row => row.Reference == request.Reference))
        {
            scope.Db.Add(new LegalHoldRow
            {
                Consortium = scope.Consortium,
                PatronId = patron.PatronId,
                Reference = request.Reference,
                SetAt = scope.NowMs,
                SetBy = caller.Name,
            });
            scope.Db.SaveChanges();
        }

        return (patron.PatronId, [.. pending.OrderBy(row => row.HoldId).Select(row => row.Reference)]);
    }

    private async Task<SubjectExport.Gathered> GatherAsync(RegisterDb db, SubjectRequestRow asked, ServerCallContext context)
    {
        var patron = db.Set<PatronRow>().SingleOrDefault(row => row.PatronId == asked.PatronId);
        if (patron is not null)
        {
            context.Audit().About(patron.PatronId).Fields("all");
            Restriction.Require(context.Caller(), patron);
        }

        return await export.GatherAsync(patron, context.CancellationToken);
    }

    private SubjectExport.Gathered GatherOf(RegisterDb db, long person, ServerCallContext context)
    {
        context.Audit().About(ResponsibleWriter.SubjectsOf(db, person)).Fields("responsible-person");
        var row = db.Set<ResponsiblePersonRow>().Single(row => row.PersonId == person);
        Restriction.Require(context.Caller(), row);
        return export.Gather(db, row);
    }

    private ByteString Certificate(long caseId, Language language, CallerIdentity caller)
    {
        using var db = core.Store.Read();
        var row = book.Find(db, caseId);
        Restriction.Require(caller, db, row);
        return row.State == (int)RequestState.Refused
            ? ByteString.CopyFrom(certificates.Write(row, language))
            : throw Refused.With(StatusCode.FailedPrecondition, "NOT_REFUSED", "The request was not refused, so there is no certificate of it.");
    }

    private static Language Read(Protos.Types.V1.Language language) =>
        Enum.IsDefined(language) ? (Language)language : throw Field.Wrong("language", "must be Fi, Sv or En");
}
