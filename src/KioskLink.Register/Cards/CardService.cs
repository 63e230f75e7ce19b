using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Access;
using KioskLink.Register.Audit;
using KioskLink.Register.Branches;
using KioskLink.Register.Consents;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.PatronNotes;
using KioskLink.Register.Patrons;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using KioskLink.Rules.Cards;
using NodaTime;
using Source = KioskLink.Protos.Types.V1.Source;

namespace KioskLink.Register.Cards;

/// <summary>Cards and their PINs.</summary>
internal sealed class CardService(
    RegisterCore core, CardWriter writer, PinGate pins, PinChoice choice, PatronProto proto, ConsentWriter consents, AttemptMemory attempts)
    : Protos.Register.V1.CardService.CardServiceBase
{
    private readonly IReadOnlyList<CardFormat> _formats = BranchRules.CardFormats(core.Profile);

    /// <inheritdoc/>
    public override async Task<IssueCardResponse> IssueCard(IssueCardRequest request, ServerCallContext context)
    {
        try
        {
            Field.Required(request.CustomerId, "customer_id", Field.IdMax);
            Field.Optional(request.AttemptId, "attempt_id", Field.IdMax);
            Field.Optional(request.DeviceId, "device_id", Field.IdMax);
            var number = Number(request.Card?.CardNumber ?? "", "card.card_number");
            Field.Date(request.Card!.ExpiresOn, "card.expires_on");
            return request.AttemptId.Length == 0
                ? (await IssueCardAsync(request, number, context)).Message
                : await attempts.OnceAsync(context.Caller().Name, request.AttemptId, () => IssueCardAsync(request, number, context));
        }
        finally
        {
            Field.Wipe(request.Pin);
        }
    }

    /// <inheritdoc/>
    public override async Task<ReportCardLostResponse> ReportCardLost(ReportCardLostRequest request, ServerCallContext context)
    {
        var number = Number(request.CardNumber, "card_number");
        var by = context.Caller().Name;
        var written = await core.Lane.WriteAsync(
            scope => SetLost(scope, number, !request.Found, by),
            card => context.Audit().About(card.PatronId).Fields("cards"),
            context.CancellationToken);
        return new ReportCardLostResponse { Card = proto.Card(written.Value), Version = written.Version };
    }

    /// <inheritdoc/>
    public override async Task<SetPinResponse> SetPin(SetPinRequest request, ServerCallContext context)
    {
        try
        {
            Field.Required(request.AttemptId, "attempt_id", Field.IdMax);
            Field.Optional(request.DeviceId, "device_id", Field.IdMax);
            var number = Number(request.CardNumber, "card_number");
            return await attempts.OnceAsync(context.Caller().Name, request.AttemptId, () => SetPinAsync(number, request.Pin.Memory, context));
        }
        finally
        {
            Field.Wipe(request.Pin);
        }
    }

    /// <inheritdoc/>
    public override async Task<LockPinResponse> LockPin(LockPinRequest request, ServerCallContext context)
    {
        var number = Number(request.CardNumber, "card_number");
        var reason = Field.Required(request.Reason, "reason");
        var card = core.Index.Find(core.Store.Vault.CardIndex(number)) as CardEntry ?? throw Field.Missing("card");
        context.Audit().About(card.PatronId).Fields("pin");
        var by = context.Caller().Name;
        var written = await core.Lane.WriteAsync(
            scope =>
            {
                GuessBook.LockForGood(scope, card);
                PatronWriter.Stamp(scope, card.PatronId, by);
                NotedDeed.Note(scope, card.PatronId, NotedDeed.PinLocked, reason, by);
            },
            context.CancellationToken);
        return new LockPinResponse { Version = written.Version };
    }

    private async ValueTask<Answer<IssueCardResponse>> IssueCardAsync(IssueCardRequest request, string number, ServerCallContext context)
    {
        var patron = FindPatron(request.CustomerId);
        context.Audit().About(patron.PatronId).Fields("cards");
        var acceptance = ConsentReading.Acceptance(request.Acceptance, proto.Today());
        var verifier = await VerifierAsync(request.Pin.Memory, patron, number);
        var by = context.Caller().Name;
        var written = await core.Lane.WriteAsync(scope =>
        {
            var (card, outcome) = Issue(scope, patron.PatronId, number, request.Card.ExpiresOn, verifier);
            if (outcome == WriteOutcome.Created)
            {
                consents.AcceptCard(scope, patron, acceptance, by);
            }

            if (outcome != WriteOutcome.Unchanged || verifier is not null)
            {
                PatronWriter.Stamp(scope, patron.PatronId, by);
            }

            return card;
        });
        return Answer<IssueCardResponse>.Of(new IssueCardResponse
        {
            Card = proto.Card(written.Value),
            Source = Source.Register,
            FactsVersion = written.Version,
            FactsAge = Duration.Zero.ToProto(),
        });
    }

    private async ValueTask<Answer<SetPinResponse>> SetPinAsync(string number, ReadOnlyMemory<byte> pin, ServerCallContext context)
    {
        var card = core.Index.Find(core.Store.Vault.CardIndex(number)) as CardEntry ?? throw Field.Missing("card");
        context.Audit().About(card.PatronId).Fields("pin");
        choice.Require(pin, card.Born, number, "pin");
        var verifier = await pins.MakeAsync(card.PatronId, pin);
        var by = context.Caller().Name;
        var written = await core.Lane.WriteAsync(scope =>
        {
            GuessBook.Clear(scope, card.Key);
            PinStore.Put(scope, card.CardId, verifier);
            PatronWriter.Stamp(scope, card.PatronId, by);
        });
        return Answer<SetPinResponse>.Of(new SetPinResponse { Version = written.Version });
    }

    private CardRow SetLost(WriteScope scope, string number, bool lost, string by)
    {
        var card = writer.Find(scope.Db, scope.Consortium, number) ?? throw Field.Missing("card");
        if (card.Lost != lost)
        {
            PatronWriter.Stamp(scope, card.PatronId, by);
        }

        return CardWriter.SetLost(scope, card, lost);
    }

    private (CardRow Card, WriteOutcome Outcome) Issue(WriteScope scope, long patronId, string number, string expiresOn, PinVerifier? verifier)
    {
        if (writer.IsTaken(scope.Db, scope.Consortium, number, patronId))
        {
            throw Refused.With(StatusCode.AlreadyExists, "CARD_TAKEN", "The card belongs to somebody else already: check the number, or take another card.");
        }

        var (card, outcome) = writer.Put(scope, patronId, number, expiresOn);
        if (verifier is not null)
        {
            GuessBook.Clear(scope, BlindIndex.Read(card.NumberIndex));
            PinStore.Put(scope, card.CardId, verifier);
        }

        return (card, outcome);
    }

    private async Task<PinVerifier?> VerifierAsync(ReadOnlyMemory<byte> pin, PatronRow patron, string number)
    {
        if (pin.IsEmpty)
        {
            return null;
        }

        choice.Require(pin, patron.DateOfBirth.ToDate(), number, "pin");
        return await pins.MakeAsync(patron.PatronId, pin);
    }

    private PatronRow FindPatron(string customerId)
    {
        using var db = core.Store.Read();
        return PatronWriter.Find(db, core.Store.Consortium, customerId) ?? throw Field.Missing("patron");
    }

    private string Number(string raw, string field) =>
        CardNumber.TryRead(Field.Required(raw, field), _formats, out var number)
            ? number
            : throw Field.Wrong(field, "is no card number of this consortium: check its length and check digit");
}
