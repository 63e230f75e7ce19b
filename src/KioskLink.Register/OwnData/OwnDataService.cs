using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Access;
using KioskLink.Register.Audit;
using KioskLink.Register.Cards;
using KioskLink.Register.Consents;
using KioskLink.Register.Contacts;
using KioskLink.Register.Facts;
using KioskLink.Register.Patrons;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.OwnData;

/// <summary>A patron's own view (R32): what a patron may see and change, and no way to anything else.</summary>
internal sealed class OwnDataService(
    RegisterCore core, OwnDesk desk, OwnSessions sessions, MyDataView view, ConsentWriter consents, PinGate pins, PinChoice choice, AttemptMemory attempts, MyLoans loans)
    : Protos.Register.V1.OwnDataService.OwnDataServiceBase
{
    private const int PinMax = 16;
    private const int CardMax = 128;

    /// <inheritdoc/>
    public override async Task<BeginMySessionResponse> BeginMySession(BeginMySessionRequest request, ServerCallContext context)
    {
        try
        {
            Field.Required(request.CardNumber, "card_number", CardMax);
            CheckAttempt(request.Pin.Length, request.AttemptId, request.DeviceId);
            return await desk.SignInAsync(request, context);
        }
        finally
        {
            Field.Wipe(request.Pin);
        }
    }

    /// <inheritdoc/>
    public override Task<EndMySessionResponse> EndMySession(EndMySessionRequest request, ServerCallContext context)
    {
        sessions.End(OwnDesk.TokenOf(context));
        return Task.FromResult(new EndMySessionResponse());
    }

    /// <inheritdoc/>
    public override Task<GetMyDataResponse> GetMyData(GetMyDataRequest request, ServerCallContext context)
    {
        var session = desk.Known(context).Session;
        var version = core.Log.Head.Version;
        using var db = core.Store.Read();
        return Task.FromResult(new GetMyDataResponse
        {
            Data = view.Of(db, session),
            Source = Wire.Source.Register,
            FactsVersion = version,
            FactsAge = NodaTime.Duration.Zero.ToProto(),
            ReviewRoutes = { Rights.ReviewRoutes.All },
        });
    }

    /// <inheritdoc/>
    public override Task<GetMyLoansResponse> GetMyLoans(GetMyLoansRequest request, ServerCallContext context) =>
        Task.FromResult(loans.Of(desk.Known(context).Session, request, context));

    /// <inheritdoc/>
    public override async Task<UpdateMyContactResponse> UpdateMyContact(UpdateMyContactRequest request, ServerCallContext context)
    {
        var session = desk.Known(context).Session;
        var contact = ContactRules.Read(request.Contact, "contact");
        var notices = NoticeChannels.Read(request.Notices, "notices");
        if (!Enum.IsDefined(request.Language))
        {
            throw Field.Wrong("language", "must be Fi, Sv or En");
        }

        await core.Lane.WriteAsync(scope => OwnWriter.Put(scope, session, contact, (int)request.Language, notices), context.CancellationToken);
        await using var db = core.Store.Read();
        return new UpdateMyContactResponse { Data = view.Of(db, session) };
    }

    /// <inheritdoc/>
    public override async Task<ChangeMyPinResponse> ChangeMyPin(ChangeMyPinRequest request, ServerCallContext context)
    {
        try
        {
            CheckAttempt(request.Pin.Length, request.AttemptId, request.DeviceId);
            var (session, card) = desk.Known(context);
            choice.Require(request.NewPin.Memory, card.Born, core.Store.Vault.OpenCardNumber(card.SealedNumber), "new_pin");
            return Noted(await attempts.OnceAsync(session.Actor, request.AttemptId, () => ChangePinAsync(request, session, card, context)), context);
        }
        finally
        {
            Field.Wipe(request.Pin);
            Field.Wipe(request.NewPin);
        }
    }

    /// <inheritdoc/>
    public override async Task<ReportMyCardLostResponse> ReportMyCardLost(ReportMyCardLostRequest request, ServerCallContext context)
    {
        var session = desk.Known(context).Session;
        var written = await core.Lane.WriteAsync(
            scope =>
            {
                CardWriter.SetLost(scope, scope.Db.Set<CardRow>().Single(card => card.CardId == session.CardId), lost: true);
                PatronWriter.Stamp(scope, session.PatronId, session.Actor);
            },
            context.CancellationToken);
        sessions.End(OwnDesk.TokenOf(context));
        return new ReportMyCardLostResponse { Version = written.Version };
    }

    /// <inheritdoc/>
    public override async Task<AcceptTermsResponse> AcceptTerms(AcceptTermsRequest request, ServerCallContext context)
    {
        var session = desk.Known(context).Session;
        if (request.TermsVersion != core.Profile.PatronFields.TermsVersion)
        {
            throw Field.Wrong("terms_version", "is not the version in force: show the present terms and accept those");
        }

        var written = await RecordAsync(session, ConsentKind.Terms, ConsentAct.Given, context);
        return new AcceptTermsResponse { AcceptedOn = written.Value.ActedOn, Version = written.Version };
    }

    /// <inheritdoc/>
    public override async Task<SetMyConsentResponse> SetMyConsent(SetMyConsentRequest request, ServerCallContext context)
    {
        var session = desk.Known(context).Session;
        if (request.Kind is not (ConsentKind.LoanHistory or ConsentKind.PreferenceProfile))
        {
            throw Field.Wrong("kind", "must be LoanHistory or PreferenceProfile");
        }

        await using var db = core.Store.Read();
        var act = request.Given ? ConsentAct.Given
            : ConsentLedger.IsGiven(db, session.PatronId, request.Kind) ? ConsentAct.Withdrawn
            : ConsentAct.Refused;
        if (act != ConsentAct.Refused || ConsentLedger.State(db, session.PatronId, request.Kind) == ConsentState.NotAsked)
        {
            await RecordAsync(session, request.Kind, act, context);
        }

        return new SetMyConsentResponse { Standing = ConsentLedger.Standing(db, session.PatronId, request.Kind) };
    }

    private Task<Committed<ConsentRow>> RecordAsync(OwnSession session, ConsentKind kind, ConsentAct act, ServerCallContext context) =>
        core.Lane.WriteAsync(
            scope =>
            {
                var patron = scope.Db.Set<PatronRow>().Single(row => row.PatronId == session.PatronId);
                var deed = new ConsentDeed(kind, act, ConsentChannel.OwnView, Giver: Giver.Self);
                return consents.Record(scope, patron, deed, session.Actor).Row;
            },
            context.CancellationToken);

    private async ValueTask<Answer<ChangeMyPinResponse>> ChangePinAsync(ChangeMyPinRequest request, OwnSession session, CardEntry card, ServerCallContext context)
    {
        var reason = await desk.CheckAsync(card, request.Pin.Memory, request.DeviceId, request.AttemptId, context);
        if (reason == Wire.DecisionCode.Granted)
        {
            var verifier = await pins.MakeAsync(card.PatronId, request.NewPin.Memory);
            await core.Lane.WriteAsync(scope =>
            {
                PinStore.Put(scope, card.CardId, verifier);
                PatronWriter.Stamp(scope, session.PatronId, session.Actor);
            });
            sessions.Change(OwnDesk.TokenOf(context), session with { PinSalt = verifier.Salt });
        }

        return Answer<ChangeMyPinResponse>.Of(new ChangeMyPinResponse { Reason = reason });
    }

    private static ChangeMyPinResponse Noted(ChangeMyPinResponse response, ServerCallContext context)
    {
        context.Audit().Judged(response.Reason);
        return response;
    }

    private static void CheckAttempt(int pinLength, string attempt, string device)
    {
        Field.Required(attempt, "attempt_id", Field.IdMax);
        Field.Required(device, "device_id", Field.IdMax);
        if (pinLength > PinMax)
        {
            throw Field.Wrong("pin", $"is longer than {PinMax} digits: give what was typed");
        }
    }
}
