using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Access;
using KioskLink.Register.Audit;
using KioskLink.Register.Cards;
using KioskLink.Register.Circulation;
using KioskLink.Register.Identity;
using KioskLink.Register.Outages;
using KioskLink.Register.Patrons;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using LibraryService = KioskLink.Register.Outages.LibraryService;

namespace KioskLink.Register.Loans;

/// <summary>Loans, holds, fees and invoices (R22): counts for whoever proves who they are, and the list for staff.</summary>
internal sealed class LoanService(
    RegisterCore core, AttemptMemory attempts, CredentialDesk credentials, OutageBook outages, LoanStatus status, LoanPages pages, LoanWriter writer,
    CirculationCalls circulation, WithdrawalDesk withdrawals, PatronInformation information, ItemDesk items, ConflictPages conflicts)
    : Protos.Register.V1.LoanService.LoanServiceBase
{
    /// <summary>Records that one call may hold.</summary>
    public const int RecordsMax = 500;

    private const int PinMax = 16;
    private const int CardMax = 128;

    /// <inheritdoc/>
    public override async Task<GetLoanStatusResponse> GetLoanStatus(GetLoanStatusRequest request, ServerCallContext context)
    {
        try
        {
            context.Audit().Fields("loans");
            return request.CustomerId.Length > 0 ? OfCustomer(request, context) : await OfCardAsync(request, context);
        }
        finally
        {
            Field.Wipe(request.Pin);
        }
    }

    /// <inheritdoc/>
    public override Task<ListLoansResponse> ListLoans(ListLoansRequest request, ServerCallContext context)
    {
        Field.Required(request.CustomerId, "customer_id", Field.IdMax);
        return Task.FromResult(pages.List(request, context.Audit().Fields("loans")));
    }

    /// <inheritdoc/>
    public override Task<ImportLoansResponse> ImportLoans(ImportLoansRequest request, ServerCallContext context)
    {
        AdapterField.Optional(request.Adapter, "adapter", core.Profile);
        return request.Records.Count <= RecordsMax
            ? writer.StoreAsync(request.Records, context.Audit().Fields("loans"), context.CancellationToken)
            : throw Field.Wrong("records", $"holds more than {RecordsMax} records: send them in several calls");
    }

    /// <inheritdoc/>
    public override Task<GetPatronInformationResponse> GetPatronInformation(GetPatronInformationRequest request, ServerCallContext context) =>
        WipedAsync(request.Borrower, () => information.OfAsync(request, context));

    /// <inheritdoc/>
    public override Task<CheckOutResponse> CheckOut(CheckOutRequest request, ServerCallContext context) =>
        WipedAsync(request.Borrower, () => circulation.CheckOutAsync(request, context));

    /// <inheritdoc/>
    public override Task<CheckInResponse> CheckIn(CheckInRequest request, ServerCallContext context) => circulation.CheckInAsync(request, context);

    /// <inheritdoc/>
    public override Task<RenewResponse> Renew(RenewRequest request, ServerCallContext context) => WipedAsync(request.Borrower, () => circulation.RenewAsync(request, context));

    /// <inheritdoc/>
    public override Task<RenewAllResponse> RenewAll(RenewAllRequest request, ServerCallContext context) =>
        WipedAsync(request.Borrower, () => circulation.RenewAllAsync(request, context));

    /// <inheritdoc/>
    public override Task<PlaceHoldResponse> PlaceHold(PlaceHoldRequest request, ServerCallContext context) =>
        WipedAsync(request.Borrower, () => circulation.PlaceHoldAsync(request, context));

    /// <inheritdoc/>
    public override Task<PayFeeResponse> PayFee(PayFeeRequest request, ServerCallContext context) => WipedAsync(request.Borrower, () => circulation.PayFeeAsync(request, context));

    /// <inheritdoc/>
    public override Task<WithdrawActResponse> WithdrawAct(WithdrawActRequest request, ServerCallContext context) => withdrawals.TakeAsync(request, context);

    /// <inheritdoc/>
    public override Task<GetItemResponse> GetItem(GetItemRequest request, ServerCallContext context) => items.ShowAsync(request, context);

    /// <inheritdoc/>
    public override Task<ListLoanConflictsResponse> ListLoanConflicts(ListLoanConflictsRequest request, ServerCallContext context) =>
        Task.FromResult(conflicts.List(request, context));

    /// <inheritdoc/>
    public override Task<SettleLoanConflictResponse> SettleLoanConflict(SettleLoanConflictRequest request, ServerCallContext context) => conflicts.SettleAsync(request, context);

    private static async Task<T> WipedAsync<T>(Borrower? borrower, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        finally
        {
            WipePin(borrower);
        }
    }

    private static void WipePin(Borrower? borrower)
    {
        if (borrower is not null)
        {
            Field.Wipe(borrower.Pin);
        }
    }

    private GetLoanStatusResponse OfCustomer(GetLoanStatusRequest request, ServerCallContext context)
    {
        if (context.Caller().Role == CallerRole.Node)
        {
            throw Refused.With(StatusCode.PermissionDenied, "PIN_REQUIRED", "A node asks with the patron's card and PIN, not by customer id.");
        }

        if (request.CardNumber.Length > 0)
        {
            throw Field.Wrong("customer_id", "is given besides a card: give one of them");
        }

        using var db = core.Store.Read();
        var patron = PatronWriter.Find(db, core.Store.Consortium, Field.Required(request.CustomerId, "customer_id", Field.IdMax)) ?? throw Field.Missing("patron");
        context.Audit().About(patron.PatronId);
        return status.Of(patron.PatronId);
    }

    private async Task<GetLoanStatusResponse> OfCardAsync(GetLoanStatusRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        Field.Required(request.AttemptId, "attempt_id", Field.IdMax);
        Field.Required(request.DeviceId, "device_id", Field.IdMax);
        if (request.CardNumber.Length is 0 or > CardMax)
        {
            throw Field.Wrong("card_number", $"must have 1 to {CardMax} characters: give what the reader read");
        }

        if (request.Pin.Length > PinMax)
        {
            throw Field.Wrong("pin", $"is longer than {PinMax} digits: give what was typed");
        }

        context.Audit().About(credentials.SubjectsOf(request.CardNumber));
        DeviceFields.RequireLoans(caller.Role, request.DeviceRole);
        outages.Require(LibraryService.OwnData, caller.BranchId);
        var proven = await attempts.OnceAsync(caller.Name, credentials.AttemptOf(request.DeviceId, request.CardNumber, request.AttemptId), () => ProveAsync(request, caller));
        context.Audit().Judged(proven.Reason);
        return proven;
    }

    private async ValueTask<Answer<GetLoanStatusResponse>> ProveAsync(GetLoanStatusRequest request, CallerIdentity caller)
    {
        var source = new PinTry(caller.Name, request.DeviceId, request.AttemptId);
        var (card, reason) = await credentials.ProveAsync(request.CardNumber, request.Pin.Memory, source, caller.BranchId ?? "");
        return Answer<GetLoanStatusResponse>.Of(card is null ? status.Refusal(reason) : status.Of(card.PatronId));
    }
}
