using Grpc.Core;
using KioskLink.Circulation.Answers;
using KioskLink.Circulation.Machines;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Sip2;
using KioskLink.Sip2.Circulation;
using KioskLink.Sip2.Server;
using DeviceRole = KioskLink.Sip2.Circulation.DeviceRole;

namespace KioskLink.Circulation.Lending;

/// <summary>Answers machines from LoanService; how it is called, and what else can be done where it does not answer, each program says itself. Thread-safe.</summary>
/// <param name="logins">The machines.</param>
/// <param name="ids">The ids of acts.</param>
/// <param name="proofs">What the register gave for right PINs.</param>
/// <param name="offline">Answers where LoanService does not.</param>
/// <param name="withoutLogin">The machine that is meant where none has logged in; null where all must.</param>
internal abstract class LoanCirculation(MachineLogins logins, ActIds ids, ProofMemory proofs, ICirculation offline, string? withoutLogin) : ICirculation
{
    private const SupportedMessages YesOrNo = SupportedMessages.PatronStatus | SupportedMessages.PatronInformation;

    private const SupportedMessages Everything = YesOrNo | SupportedMessages.Checkout | SupportedMessages.Checkin | SupportedMessages.BlockPatron | SupportedMessages.FeePaid
        | SupportedMessages.ItemInformation | SupportedMessages.ItemStatusUpdate | SupportedMessages.Hold | SupportedMessages.Renew | SupportedMessages.RenewAll;

    /// <summary>Whether LoanService can be asked now.</summary>
    protected abstract bool CanAsk { get; }

    /// <inheritdoc/>
    public ValueTask<DeviceProfile?> LogInAsync(LoginQuestion question, CancellationToken cancel) => new(logins.LogIn(question));

    /// <inheritdoc/>
    public ValueTask<ServiceAnswer> ServiceAsync(ServiceQuestion question, CancellationToken cancel)
    {
        // A gate is decided for with and without the register.
        if (!CanAsk && question.Asker.Role != DeviceRole.Door)
            return offline.ServiceAsync(question, cancel);
        var lends = question.Asker.Role == DeviceRole.SelfCheck;
        return new(new ServiceAnswer
        {
            OnLine = true,
            CheckinOk = lends,
            CheckoutOk = lends,
            RenewalOk = lends,
            OffLineOk = lends,
            Supported = lends ? Everything : YesOrNo,
        });
    }

    /// <inheritdoc/>
    public virtual ValueTask<PatronAnswer> PatronAsync(PatronQuestion question, CancellationToken cancel)
    {
        // Yes or no without a PIN would be a yes to whoever found the card.
        if (question.Asker.Role != DeviceRole.SelfCheck && question.Pin.Typed is null)
            return new(PatronAnswer.Refused(CirculationTexts.PinMissing(question.Asker.Language)));
        return CallAsync(
            question,
            async (loans, call) => PatronInformationMessage.Answer(await InformAsync(loans, call, question), question.Asker.Role),
            () => offline.PatronAsync(question, cancel),
            PatronAnswer.Refused);
    }

    /// <inheritdoc/>
    public ValueTask<PatronAnswer> BlockAsync(BlockQuestion question, CancellationToken cancel)
    {
        TellStaff(LoginOf(question), question);
        // Whose card it is stays open: the machine asked to block it, and nobody has looked at it.
        return new(PatronAnswer.Refused(CirculationTexts.StaffTold(question.Asker.Language)));
    }

    /// <inheritdoc/>
    public ValueTask<LoanAnswer> CheckOutAsync(CheckoutQuestion question, CancellationToken cancel) => ActOnceAsync(
        question,
        async (loans, call) => CheckoutMessage.Answer(await ProvenAsync(
            question, question.Card, question.Pin,
            async borrower => await loans.CheckOutAsync(CheckoutMessage.Ask(question, LoginOf(question), ids.Of(question), borrower), call),
            response => IsUnproven(response.Outcome))),
        () => offline.CheckOutAsync(question, cancel),
        LoanAnswer.Refused);

    /// <inheritdoc/>
    public ValueTask<ReturnAnswer> CheckInAsync(CheckinQuestion question, CancellationToken cancel) => ActOnceAsync(
        question,
        async (loans, call) => CheckinMessage.Answer(await loans.CheckInAsync(CheckinMessage.Ask(question, LoginOf(question), ids.Of(question)), call)),
        () => offline.CheckInAsync(question, cancel),
        ReturnAnswer.Refused);

    /// <inheritdoc/>
    public ValueTask<LoanAnswer> RenewAsync(RenewQuestion question, CancellationToken cancel) => ActOnceAsync(
        question,
        async (loans, call) => RenewMessage.Answer(await ProvenAsync(
            question, question.Card, question.Pin,
            async borrower => await loans.RenewAsync(RenewMessage.Ask(question, LoginOf(question), ids.Of(question), borrower), call),
            response => IsUnproven(response.Outcome))),
        () => offline.RenewAsync(question, cancel),
        LoanAnswer.Refused);

    /// <inheritdoc/>
    public ValueTask<RenewAllAnswer> RenewAllAsync(RenewAllQuestion question, CancellationToken cancel) => ActOnceAsync(
        question,
        async (loans, call) => RenewAllMessage.Answer(await ProvenAsync(
            question, question.Card, question.Pin,
            async borrower => await loans.RenewAllAsync(RenewAllMessage.Ask(question, LoginOf(question), ids.Of(question), borrower), call),
            response => IsUnproven(response.Outcome))),
        () => offline.RenewAllAsync(question, cancel),
        RenewAllAnswer.Refused);

    /// <inheritdoc/>
    public ValueTask<HoldAnswer> HoldAsync(HoldQuestion question, CancellationToken cancel) => ActOnceAsync(
        question,
        async (loans, call) => HoldMessage.Answer(await ProvenAsync(
            question, question.Card, question.Pin,
            async borrower => await loans.PlaceHoldAsync(HoldMessage.Ask(question, LoginOf(question), ids.Of(question), borrower), call),
            response => IsUnproven(response.Outcome))),
        () => offline.HoldAsync(question, cancel),
        HoldAnswer.Refused);

    /// <inheritdoc/>
    public ValueTask<FeeAnswer> PayAsync(FeeQuestion question, CancellationToken cancel) => FeeMessage.Ask(question, LoginOf(question), ids.Of(question), LoanWords.BorrowerOf(question.Card, question.Pin)) is not { } request
        ? new(FeeAnswer.Refused(CirculationTexts.AmountUnclear(question.Asker.Language)))
        : ActOnceAsync(question, async (loans, call) => FeeMessage.Answer(await loans.PayFeeAsync(request, call)), () => offline.PayAsync(question, cancel), FeeAnswer.Refused);

    /// <inheritdoc/>
    public ValueTask<ItemAnswer> ItemAsync(ItemQuestion question, CancellationToken cancel) => ActAsync(
        question,
        async (loans, call) => await KnownAsync(() => loans.GetItemAsync(ItemMessage.Ask(question, LoginOf(question)), call)) is { } item ? ItemMessage.Answer(item) : new(),
        () => offline.ItemAsync(question, cancel),
        ItemAnswer.Refused);

    /// <inheritdoc/>
    public ValueTask<ItemUpdateAnswer> UpdateItemAsync(ItemUpdateQuestion question, CancellationToken cancel) => ItemMessage.Ask(question, LoginOf(question)) is not { } request
        ? new(new ItemUpdateAnswer())
        : ActAsync(
            question,
            async (loans, call) => await KnownAsync(() => loans.GetItemAsync(request, call)) is { } item ? ItemMessage.Updated(item) : new(),
            () => offline.UpdateItemAsync(question, cancel),
            ItemUpdateAnswer.Refused);

    /// <inheritdoc/>
    public ValueTask EndSessionAsync(EndSessionQuestion question, CancellationToken cancel) => ValueTask.CompletedTask;

    /// <summary>Calls LoanService.</summary>
    /// <typeparam name="TAnswer">The answer.</typeparam>
    /// <param name="question">What a machine asks.</param>
    /// <param name="ask">The call.</param>
    /// <param name="otherwise">Answers where it could not be made.</param>
    /// <param name="refuse">Says that nothing was done, and why.</param>
    protected abstract ValueTask<TAnswer> CallAsync<TAnswer>(
        Question question, Func<LoanService.LoanServiceClient, CallOptions, Task<TAnswer>> ask, Func<ValueTask<TAnswer>> otherwise, Func<string, TAnswer> refuse);

    /// <summary>Tells the staff that a machine has kept a card or wants it blocked; nothing is blocked by it.</summary>
    protected abstract void TellStaff(string login, BlockQuestion question);

    /// <summary>The machine that asks.</summary>
    protected string LoginOf(Question question) => question.Asker.Login ?? withoutLogin ?? "";

    /// <summary>The id of an act that LoanService was asked for.</summary>
    protected string IdOf(Question question) => ids.Of(question);

    /// <summary>Makes a repeat of a withdrawn act another act.</summary>
    protected void Forget(Question question) => ids.Withdraw(question);

    private ValueTask<TAnswer> ActOnceAsync<TAnswer>(
        Question question, Func<LoanService.LoanServiceClient, CallOptions, Task<TAnswer>> ask, Func<ValueTask<TAnswer>> otherwise, Func<string, TAnswer> refuse) =>
        ids.UnderWay.OnceAsync(ids.Of(question), () => ActAsync(question, ask, otherwise, refuse));

    private ValueTask<TAnswer> ActAsync<TAnswer>(
        Question question, Func<LoanService.LoanServiceClient, CallOptions, Task<TAnswer>> ask, Func<ValueTask<TAnswer>> otherwise, Func<string, TAnswer> refuse) =>
        question.Asker.Role == DeviceRole.SelfCheck ? CallAsync(question, ask, otherwise, refuse) : new(refuse(CirculationTexts.NotHere(question.Asker.Language)));

    private async Task<GetPatronInformationResponse> InformAsync(LoanService.LoanServiceClient loans, CallOptions call, PatronQuestion question)
    {
        var response = await ProvenAsync(
            question, question.Card, question.Pin,
            async borrower => await loans.GetPatronInformationAsync(PatronInformationMessage.Ask(question, LoginOf(question), ActIds.Random(), borrower), call),
            response => response is { Known: true, PinResult: not PinResult.Right });
        if (!response.Proof.IsEmpty)
            proofs.Keep(LoginOf(question), question.Card, response.Proof);
        return response;
    }

    // What proved the PIN a moment ago first, and the PIN where that no longer stands: as another act, since the first was answered.
    private async Task<TResponse> ProvenAsync<TResponse>(Question question, string card, PinClaim pin, Func<Borrower, Task<TResponse>> ask, Func<TResponse, bool> isUnproven)
    {
        if (pin.Proven && proofs.Find(LoginOf(question), card) is { } proof)
        {
            var response = await ask(LoanWords.BorrowerOf(card, proof));
            if (!isUnproven(response))
                return response;
            proofs.Forget(LoginOf(question), card);
            ids.Renew(question);
        }
        return await ask(LoanWords.BorrowerOf(card, pin));
    }

    private static bool IsUnproven(LoanOutcome? outcome) => outcome is { Reason: LoanReason.CardRefused, CardCode: DecisionCode.PinMissing };

    private static async Task<GetItemResponse?> KnownAsync(Func<AsyncUnaryCall<GetItemResponse>> ask)
    {
        try
        {
            return await ask();
        }
        catch (RpcException unknown) when (unknown.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }
}
