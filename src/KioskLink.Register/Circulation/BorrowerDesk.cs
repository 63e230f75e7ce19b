using KioskLink.Protos.Register.V1;
using KioskLink.Register.Access;
using KioskLink.Register.Branches;
using KioskLink.Register.Cards;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Patrons;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Cards;

namespace KioskLink.Register.Circulation;

/// <summary>
/// Finds out who borrows: by card with PIN or proof, by a sealed card, or by staff's word. The PIN's guesses are those of the doors.
/// Thread-safe.
/// </summary>
internal sealed class BorrowerDesk(RegisterCore core, CredentialDesk credentials, SessionProofs proofs, EnvelopeKey envelopes)
{
    private const int PinMax = 16;
    private const int CardMax = 128;
    private const int EnvelopeMax = 1024;
    private const int ProofMax = 64;

    private static readonly DecisionCode[] OfCard =
        [DecisionCode.CardUnreadable, DecisionCode.CardUnknown, DecisionCode.CardLost, DecisionCode.CardExpired, DecisionCode.PatronRestricted];

    private static readonly DecisionCode[] OfCardAndPin = [.. OfCard, DecisionCode.PinLocked, DecisionCode.PinMissing, DecisionCode.PinWrong];

    private readonly IReadOnlyList<CardFormat> _formats = BranchRules.CardFormats(core.Profile);

    /// <summary>Refuses a borrower that cannot be one, whoever it is: INVALID_ARGUMENT names the field.</summary>
    public static Borrower Checked(Borrower? borrower, CallerIdentity caller)
    {
        if (borrower is null)
        {
            throw Field.Wrong("borrower", "is missing: say whose it is");
        }

        var given = new[] { borrower.CardNumber.Length > 0, !borrower.CardEnvelope.IsEmpty, borrower.CustomerId.Length > 0 }.Count(isGiven => isGiven);
        if (given != 1)
        {
            throw Field.Wrong("card_number", "must be given, or `card_envelope`, or `customer_id`: exactly one of them");
        }

        Field.Optional(borrower.CustomerId, "customer_id", Field.IdMax);
        Bounded(borrower.CardNumber.Length, CardMax, "card_number");
        Bounded(borrower.Pin.Length, PinMax, "pin");
        Bounded(borrower.CardEnvelope.Length, EnvelopeMax, "card_envelope");
        Bounded(borrower.Proof.Length, ProofMax, "proof");
        return borrower.CustomerId.Length > 0 && caller.Role == CallerRole.Node
            ? throw Refused.With(Grpc.Core.StatusCode.PermissionDenied, "CARD_REQUIRED", "A node asks with the patron's card, not by customer id.")
            : borrower;
    }

    /// <summary>Whose card or number it is, for the audit log; nobody's gives nobody.</summary>
    public IEnumerable<long> SubjectsOf(Borrower borrower)
    {
        if (borrower.CustomerId.Length == 0)
        {
            return Presentation.Find(core, _formats, NumberOf(borrower)).Card is { } card ? [card.PatronId] : [];
        }

        using var db = core.Store.Read();
        return PatronWriter.Find(db, core.Store.Consortium, borrower.CustomerId) is { } patron ? [patron.PatronId] : [];
    }

    /// <summary>By what the answer of an attempt is remembered: whose it is and the machine have their say (R22).</summary>
    public string AttemptOf(Borrower borrower, string device, string attempt) => borrower.CustomerId.Length > 0
        ? $"{device}/{borrower.CustomerId}/{attempt}"
        : credentials.AttemptOf(device, NumberOf(borrower), attempt);

    /// <summary>Finds the borrower and judges card and PIN.</summary>
    /// <param name="borrower">Who, checked.</param>
    /// <param name="mustProve">Whether a card without a PIN is refused.</param>
    /// <param name="source">Where the PIN was typed, and in which attempt.</param>
    /// <param name="branchId">The branch; empty for none.</param>
    /// <exception cref="Grpc.Core.RpcException">NOT_FOUND for a customer id that nobody has, RESOURCE_EXHAUSTED when too many wait.</exception>
    public async ValueTask<Presented> FindAsync(Borrower borrower, bool mustProve, PinTry source, string branchId)
    {
        if (borrower.CustomerId.Length > 0)
        {
            return OfCustomer(borrower.CustomerId);
        }

        var number = NumberOf(borrower);
        var (presented, pin) = await ProveAsync(number, borrower, source).ConfigureAwait(false);
        var code = credentials.Judge(presented, mustProve || pin is not null ? OfCardAndPin : OfCard, branchId, pin ?? PinResult.Missing, core.Now());
        var card = presented.Card;
        return new Presented(card?.PatronId, card, pin, card is null && code == DecisionCode.Granted ? DecisionCode.CardUnknown : code);
    }

    private async ValueTask<(Presentation Presented, PinResult? Pin)> ProveAsync(string number, Borrower borrower, PinTry source)
    {
        if (!borrower.Pin.IsEmpty)
        {
            return await credentials.PresentAsync(number, borrower.Pin.Memory, source).ConfigureAwait(false);
        }

        var presented = Presentation.Find(core, _formats, number);
        var holds = presented.Card is { } card && proofs.Holds(borrower.Proof.Span, card, source.Device, core.Now());
        return (presented, holds ? PinResult.Right : null);
    }

    private Presented OfCustomer(string customerId)
    {
        using var db = core.Store.Read();
        var patron = PatronWriter.Find(db, core.Store.Consortium, customerId) ?? throw Field.Missing("patron");
        var today = OpeningCalendar.DateAt(core.Now());
        var code = patron.Restricted ? DecisionCode.PatronRestricted
            : patron.ValidTo.ToDate() < today || patron.ValidFrom.ToDate() > today ? DecisionCode.CardExpired
            : DecisionCode.Granted;
        return new Presented(patron.PatronId, null, null, code);
    }

    // An envelope that does not open is a card that cannot be read.
    private string NumberOf(Borrower borrower) => borrower.CardEnvelope.IsEmpty ? borrower.CardNumber : envelopes.Open(borrower.CardEnvelope.Span) ?? "";

    private static void Bounded(int length, int max, string field)
    {
        if (length > max)
        {
            throw Field.Wrong(field, $"is longer than {max}: give what was read or typed");
        }
    }
}
