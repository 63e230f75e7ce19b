using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Patrons;
using KioskLink.Register.Requests;
using KioskLink.Register.Responsibles;
using KioskLink.Register.Rights;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Register.Consents;

/// <summary>The ledger of consents as staff uses it.</summary>
internal sealed class ConsentService(RegisterCore core, ConsentWriter writer) : Protos.Register.V1.ConsentService.ConsentServiceBase
{
    /// <inheritdoc/>
    public override async Task<RecordConsentResponse> RecordConsent(RecordConsentRequest request, ServerCallContext context)
    {
        var consent = request.Consent ?? throw Field.Wrong("consent", "is missing: give it");
        Field.Required(consent.CustomerId, "consent.customer_id", Field.IdMax);
        var deed = ConsentReading.Read(consent, OpeningCalendar.DateAt(core.Now()));
        var caller = context.Caller();
        var written = await core.Lane.WriteAsync(
            scope =>
            {
                var patron = PatronWriter.Find(scope.Db, scope.Consortium, consent.CustomerId) ?? throw Field.Missing("patron");
                // The answer may be an older entry, and names who gave it.
                Restriction.Require(caller, patron);
                return writer.Record(scope, patron, deed, caller.Name);
            },
            recorded => context.Audit().About(recorded.Row.PatronId).Fields("consents"),
            context.CancellationToken);
        return new RecordConsentResponse
        {
            Consent = Show(written.Value.Row, consent.CustomerId),
            Added = written.Value.Added,
            Version = written.Version,
        };
    }

    /// <inheritdoc/>
    public override Task<ListConsentsResponse> ListConsents(ListConsentsRequest request, ServerCallContext context)
    {
        Field.Required(request.CustomerId, "customer_id", Field.IdMax);
        var size = Field.PageSize(request.PageSize);
        var before = Field.PageToken(request.PageToken) ?? long.MaxValue;
        using var db = core.Store.Read();
        var patron = PatronWriter.Find(db, core.Store.Consortium, request.CustomerId) ?? throw Field.Missing("patron");
        context.Audit().About(patron.PatronId).Fields("consents");
        Restriction.Require(context.Caller(), patron);
        var rows = db.Set<ConsentRow>()
            .Where(row => row.PatronId == patron.PatronId && row.ConsentId < before)
            .OrderByDescending(row => row.ConsentId)
            .Take(size + 1)
            .ToList();
        var response = new ListConsentsResponse { NextPageToken = rows.Count > size ? ResponsibleData.Id(rows[size - 1].ConsentId) : "" };
        response.Consents.AddRange(rows.Take(size).Select(row => Show(row, patron.CustomerId)));
        response.Standings.AddRange(ConsentLedger.Standings(db, patron.PatronId));
        return Task.FromResult(response);
    }

    private static Consent Show(ConsentRow row, string customerId) => new()
    {
        ConsentId = row.ConsentId,
        CustomerId = customerId,
        Kind = (ConsentKind)row.Kind,
        Act = (ConsentAct)row.Act,
        TextVersion = row.TextVersion,
        ActedOn = row.ActedOn,
        Channel = (ConsentChannel)row.Channel,
        ByResponsible = row.ByResponsible,
        GiverCustomerId = row.GiverCustomerId,
        GiverPersonId = row.GiverPersonId == 0 ? "" : ResponsibleData.Id(row.GiverPersonId),
        RecordTime = Instant.FromUnixTimeMilliseconds(row.RecordedAt).ToProto(),
        RecordedBy = row.RecordedBy,
    };
}
