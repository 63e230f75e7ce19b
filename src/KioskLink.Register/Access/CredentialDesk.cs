using KioskLink.Protos.Register.V1;
using KioskLink.Register.Branches;
using KioskLink.Register.Cards;
using KioskLink.Register.Facts;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Cards;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Access;

/// <summary>
/// Checks card and PIN for machines that are no doors (R31): the rules about the person, not those about the premises. A badge
/// is nobody's library card. Thread-safe.
/// </summary>
internal sealed class CredentialDesk(RegisterCore core, PinGate pins)
{
    private const string Checkout = "checkout";

    private static readonly DecisionCode[] AboutThePerson =
    [
        DecisionCode.CardUnreadable, DecisionCode.CardUnknown, DecisionCode.PinLocked, DecisionCode.PinMissing, DecisionCode.PinWrong,
        DecisionCode.CardLost, DecisionCode.CardExpired, DecisionCode.PatronRestricted, DecisionCode.UseBan,
    ];

    private readonly IReadOnlyList<CardFormat> _formats = BranchRules.CardFormats(core.Profile);

    /// <summary>Refuses a purpose that the profile does not list (R6).</summary>
    public void CheckPurpose(string purpose)
    {
        if (!core.Profile.Purposes.Contains(purpose))
        {
            throw Field.Wrong("purpose", $"must be one of {string.Join(", ", core.Profile.Purposes)}");
        }
    }

    /// <summary>Whose card it is, for the audit log; nobody's gives nobody.</summary>
    public IEnumerable<long> SubjectsOf(string cardNumber) => Presentation.Find(core, _formats, cardNumber).Card is { } card ? [card.PatronId] : [];

    /// <summary>Whether card and PIN belong together and the patron may use the purpose.</summary>
    public async ValueTask<Answer<VerifyCredentialsResponse>> VerifyAsync(VerifyCredentialsRequest request, string branchId, string caller)
    {
        var presented = Presentation.Find(core, _formats, request.CardNumber);
        var card = presented.Card;
        var pin = presented.Number is { } number
            ? await pins.CheckAsync(card, number, request.Pin.Memory, new PinTry(caller, request.DeviceId, request.AttemptId), CancellationToken.None).ConfigureAwait(false)
            : PinResult.Missing;
        card = card is null ? null : core.Index.Card(card.CardId);
        var reason = Judge(presented with { Entry = card }, request.Purpose, branchId, pin, core.Now());
        return Answer<VerifyCredentialsResponse>.Of(new VerifyCredentialsResponse
        {
            Valid = reason == DecisionCode.Granted,
            Reason = (Wire.DecisionCode)reason,
            PatronRef = reason == DecisionCode.Granted ? $"patron-{card!.PatronId}" : "",
            Source = Wire.Source.Register,
            FactsVersion = core.Log.Head.Version,
            FactsAge = Duration.Zero.ToProto(),
        });
    }

    private DecisionCode Judge(Presentation presented, string purpose, string branchId, PinResult pin, Instant now)
    {
        var policy = core.Index.Branch(branchId)?.Policy ?? new BranchPolicy { Id = branchId, Consortium = core.Profile.Id };
        var counter = policy with { PinRequired = true, LoanBanBlocksDoor = true };
        var (rules, _) = AccessRules.Explain(presented.FactsFor(counter, now), Presentation.Door(counter, "", null), pin, now);
        var failed = rules.FirstOrDefault(rule => !rule.Passed
            && (AboutThePerson.Contains(rule.Code) || (purpose == Checkout && rule.Code == DecisionCode.LoanBan)));
        return failed?.Code ?? DecisionCode.Granted;
    }
}
