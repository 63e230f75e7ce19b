using KioskLink.Protos.Register.V1;
using KioskLink.Register.Branches;
using KioskLink.Register.Cards;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Outages;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Cards;
using NodaTime;
using LibraryService = KioskLink.Register.Outages.LibraryService;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Access;

/// <summary>
/// Checks card and PIN for machines that are no doors (R31): the rules about the person, not those about the premises. A badge
/// is nobody's library card. Thread-safe.
/// </summary>
internal sealed class CredentialDesk(RegisterCore core, PinGate pins, OutageBook outages)
{
    private static readonly DecisionCode[] AboutThePerson =
    [
        DecisionCode.CardUnreadable, DecisionCode.CardUnknown, DecisionCode.PinLocked, DecisionCode.PinMissing, DecisionCode.PinWrong,
        DecisionCode.CardLost, DecisionCode.CardExpired, DecisionCode.PatronRestricted, DecisionCode.UseBan,
    ];

    /// <summary>What keeps a patron from the own data: a ban does not, and a card that has run out neither.</summary>
    private static readonly DecisionCode[] OwnData =
    [
        DecisionCode.CardUnreadable, DecisionCode.CardUnknown, DecisionCode.PinLocked, DecisionCode.PinMissing, DecisionCode.PinWrong,
        DecisionCode.CardLost, DecisionCode.PatronRestricted,
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

    /// <summary>
    /// By what the answer of an attempt is remembered: a machine's programs count their own attempts, and a count that begins anew must
    /// not find the answer that another patron got (R22).
    /// </summary>
    public string AttemptOf(string device, string cardNumber, string attempt)
    {
        var card = Presentation.Find(core, _formats, cardNumber).Number ?? core.Store.Vault.CardIndex(cardNumber);
        return $"{device}/{Convert.ToHexString(card.ToBytes())}/{attempt}";
    }

    /// <summary>Refuses a purpose whose service is down (R84, R85).</summary>
    public void RequireService(string purpose, string branchId) => outages.Require(
        purpose switch
        {
            DeviceFields.EService => LibraryService.EServices,
            DeviceFields.PcBooking => LibraryService.PcBooking,
            DeviceFields.Checkout => LibraryService.Checkout,
            _ => LibraryService.Login,
        },
        branchId.Length == 0 ? null : branchId);

    /// <summary>Whether card and PIN belong together and the patron may use the purpose.</summary>
    public async ValueTask<Answer<VerifyCredentialsResponse>> VerifyAsync(VerifyCredentialsRequest request, string branchId, CallerIdentity caller)
    {
        var (presented, pin) = await PresentAsync(request.CardNumber, request.Pin.Memory, new PinTry(caller.Name, request.DeviceId, request.AttemptId)).ConfigureAwait(false);
        var reason = Judge(presented, request.Purpose == DeviceFields.Checkout ? [.. AboutThePerson, DecisionCode.LoanBan] : AboutThePerson, branchId, pin, core.Now());
        var isNamed = reason == DecisionCode.Granted && DeviceFields.NamesThePatron(caller.Role, request.DeviceRole, request.Purpose);
        await CardUse.NoteAsync(core, presented.Card, pin).ConfigureAwait(false);
        return Answer<VerifyCredentialsResponse>.Of(new VerifyCredentialsResponse
        {
            Valid = reason == DecisionCode.Granted,
            Reason = (Wire.DecisionCode)reason,
            PatronRef = isNamed ? $"patron-{presented.Card!.PatronId}" : "",
            Source = Wire.Source.Register,
            FactsVersion = core.Log.Head.Version,
            FactsAge = Duration.Zero.ToProto(),
        });
    }

    /// <summary>Whose card it is, where card and PIN open the patron's own data; else the first rule that keeps it shut.</summary>
    public async ValueTask<(CardEntry? Card, DecisionCode Reason)> ProveAsync(string cardNumber, ReadOnlyMemory<byte> pin, PinTry source, string branchId)
    {
        var (presented, result) = await PresentAsync(cardNumber, pin, source).ConfigureAwait(false);
        var reason = Judge(presented, OwnData, branchId, result, core.Now());
        await CardUse.NoteAsync(core, presented.Card, result).ConfigureAwait(false);
        return (reason == DecisionCode.Granted ? presented.Card : null, reason);
    }

    /// <summary>Finds a card and checks its PIN, for rooms that judge by rules of their own.</summary>
    public async ValueTask<(Presentation Presented, PinResult Pin)> PresentAsync(string cardNumber, ReadOnlyMemory<byte> pin, PinTry source)
    {
        var presented = Presentation.Find(core, _formats, cardNumber);
        var card = presented.Card;
        var result = presented.Number is { } number
            ? await pins.CheckAsync(card, number, pin, source, CancellationToken.None).ConfigureAwait(false)
            : PinResult.Missing;
        return (presented with { Entry = card is null ? null : core.Index.Card(card.CardId) }, result);
    }

    /// <summary>The first of some rules that refuses what was presented, or the grant.</summary>
    public DecisionCode Judge(Presentation presented, DecisionCode[] codes, string branchId, PinResult pin, Instant now)
    {
        var policy = core.Index.Branch(branchId)?.Policy ?? new BranchPolicy { Id = branchId, Consortium = core.Profile.Id };
        var counter = policy with { PinRequired = true, LoanBanBlocksDoor = true };
        var (rules, _) = AccessRules.Explain(presented.FactsFor(counter, now), Presentation.Door(counter, "", null), pin, now);
        return rules.FirstOrDefault(rule => !rule.Passed && codes.Contains(rule.Code))?.Code ?? DecisionCode.Granted;
    }
}
