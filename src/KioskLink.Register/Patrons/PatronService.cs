using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Access;
using KioskLink.Register.Audit;
using KioskLink.Register.Branches;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Import;
using KioskLink.Register.PatronSearch;
using KioskLink.Register.Requests;
using KioskLink.Register.Responsibles;
using KioskLink.Register.Rights;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using KioskLink.Rules.Identity;
using Duration = Google.Protobuf.WellKnownTypes.Duration;

namespace KioskLink.Register.Patrons;

/// <summary>Patrons: created, shown and imported.</summary>
internal sealed class PatronService(
    RegisterCore core, PatronWriter writer, PatronProto proto, PatronImport import, PatronSummaries summaries, ResponsiblePages responsibles,
    ErasedMarks erased, AuditLog log)
    : Protos.Register.V1.PatronService.PatronServiceBase
{
    /// <inheritdoc/>
    public override async Task<UpsertPatronResponse> UpsertPatron(UpsertPatronRequest request, ServerCallContext context)
    {
        var patron = PatronReading.Read(request.Patron ?? throw Field.Wrong("patron", "is missing: give it"), proto.Today());
        if (PatronRules.Problem(patron, core.Profile, proto.Today()) is { } problem)
        {
            throw Field.Wrong(problem.Field, problem.Reason);
        }

        var written = await core.Lane.WriteAsync(
            scope => Put(scope, patron, context.Caller()), row => context.Audit().About(row.PatronId).Fields("core"), context.CancellationToken);
        await using var db = core.Store.Read();
        return new UpsertPatronResponse
        {
            Patron = proto.Show(db, written.Value),
            Source = Source.Register,
            FactsVersion = written.Version,
            FactsAge = new Duration(),
        };
    }

    /// <inheritdoc/>
    public override async Task<GetPatronResponse> GetPatron(GetPatronRequest request, ServerCallContext context)
    {
        CallPurpose.Of(context, request.Purpose, core.Profile);
        var version = core.Log.Head.Version;
        await using var db = core.Store.Read();
        var patron = Find(db, request) ?? throw Field.Missing("patron");
        context.Audit().About(patron.PatronId).Fields("core");
        Restriction.Require(context.Caller(), patron);
        var shown = proto.Show(db, patron);
        context.Audit().About(ResponsiblePages.SubjectsIn(shown));
        return new GetPatronResponse
        {
            Patron = shown,
            Source = Source.Register,
            FactsVersion = version,
            FactsAge = new Duration(),
            LanguageLabel = (LanguageLabel)core.Profile.PatronFields.Language,
        };
    }

    /// <inheritdoc/>
    public override Task<SearchPatronsResponse> SearchPatrons(SearchPatronsRequest request, ServerCallContext context)
    {
        CallPurpose.Of(context, request.Purpose, core.Profile);
        var (page, ids) = summaries.Search(request, context.Caller());
        context.Audit().About(ids).Fields("search");
        return Task.FromResult(page);
    }

    /// <inheritdoc/>
    public override Task<FindResponsiblePersonsResponse> FindResponsiblePersons(FindResponsiblePersonsRequest request, ServerCallContext context)
    {
        var (page, subjects) = responsibles.Find(request, context.Caller());
        context.Audit().About(subjects).Fields("responsible");
        return Task.FromResult(page);
    }

    /// <inheritdoc/>
    public override Task<GetPatronFormResponse> GetPatronForm(GetPatronFormRequest request, ServerCallContext context) =>
        Task.FromResult(PatronForm.Of(core.Profile));

    /// <inheritdoc/>
    public override Task ImportPatrons(
        IAsyncStreamReader<ImportPatronsRequest> requestStream, IServerStreamWriter<ImportPatronsResponse> responseStream, ServerCallContext context)
    {
        context.Audit().Fields("import");
        var by = new ImportAuthor(
            context.Caller().Name,
            batch => log.NotedAsync(stored => stored.Count > 0 ? CallEntry.Of(context, null) with { Subjects = stored, Result = "STORED" } : null, batch));
        return import.RunAsync(requestStream, responseStream, by, context.CancellationToken);
    }

    private PatronRow Put(WriteScope scope, PatronData patron, CallerIdentity caller)
    {
        // The answer would show what only officers read.
        if (PatronWriter.Find(scope.Db, scope.Consortium, patron.CustomerId) is { } known)
        {
            Restriction.Require(caller, known);
        }

        if (patron.IdentityCode is { } code && writer.IsTaken(scope.Db, scope.Consortium, code, patron.CustomerId))
        {
            throw Refused.With(StatusCode.AlreadyExists, "IDENTITY_TAKEN", "Another patron has this `identity_code`: correct it, or use that patron.");
        }

        CheckResponsible(scope, patron);
        // Whom staff registers has come back, erased or not.
        erased.Remove(scope, (ErasedKind.Customer, patron.CustomerId), (ErasedKind.Identity, patron.IdentityCode?.Value ?? ""));
        return writer.Put(scope, patron, caller.Name).Row;
    }

    private void CheckResponsible(WriteScope scope, PatronData patron)
    {
        var today = proto.Today();
        var known = PatronWriter.Find(scope.Db, scope.Consortium, patron.CustomerId);
        var stays = patron.Responsible is null && known is not null && ResponsiblePages.HasOther(scope.Db, known.PatronId);
        if (!stays && PatronRules.LacksResponsible(patron, core.Profile, today))
        {
            throw Field.Wrong("responsible_customer_id", $"is missing: a patron under {PatronRules.ResponsibleUntil} or of this group needs one, here or in `responsible`");
        }

        if (patron.ResponsibleCustomerId.Length == 0)
        {
            return;
        }

        var responsible = PatronWriter.Find(scope.Db, scope.Consortium, patron.ResponsibleCustomerId)
            ?? throw Field.Wrong("responsible_customer_id", "is nobody's number: store the responsible person first");
        if (responsible.DateOfBirth.ToDate() is { } born && AgeRule.OkFrom(born, ResponsibleData.AdultFrom) > today)
        {
            throw Field.Wrong("responsible_customer_id", $"is the number of somebody under {ResponsibleData.AdultFrom}: name an adult");
        }
    }

    private PatronRow? Find(RegisterDb db, GetPatronRequest request) => request.KeyCase switch
    {
        GetPatronRequest.KeyOneofCase.CustomerId => PatronWriter.Find(db, core.Store.Consortium, request.CustomerId),
        GetPatronRequest.KeyOneofCase.CardNumber =>
            Presentation.Find(core, BranchRules.CardFormats(core.Profile), request.CardNumber).Card is { } card
                ? db.Set<PatronRow>().SingleOrDefault(row => row.PatronId == card.PatronId)
                : null,
        _ => throw Field.Wrong("key", "is missing: give customer_id or card_number"),
    };
}
