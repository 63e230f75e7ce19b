using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using LibraryService = KioskLink.Register.Outages.LibraryService;

namespace KioskLink.Register.Circulation;

/// <summary>The calls of circulation: checks what each asks beside the act, and takes it to the desk. Thread-safe.</summary>
internal sealed class CirculationCalls(RegisterCore core, ActDesk desk)
{
    private const string Currency = "EUR";
    private const int TitleMax = 300;
    private static readonly string[] Methods = ["cash", "card", "account", "other"];

    /// <summary>Lends.</summary>
    public Task<CheckOutResponse> CheckOutAsync(CheckOutRequest request, ServerCallContext context)
    {
        Field.Required(request.ItemId, "item_id", Field.IdMax);
        var borrower = BorrowerDesk.Checked(request.Borrower, context.Caller());
        if (Field.Date(request.PromisedDueOn, "promised_due_on") is not null && request.Act is { NoBlock: false })
        {
            throw Field.Wrong("promised_due_on", "goes with `no_block` alone: the register says the last day of a loan that is made now");
        }

        return desk.TakeAsync(
            new ActCall(context, request.Act, ActKind.CheckOut, LibraryService.Checkout),
            borrower,
            act => Lending.Lend(act, request),
            refusal => new CheckOutResponse { Outcome = refusal });
    }

    /// <summary>Takes back.</summary>
    public Task<CheckInResponse> CheckInAsync(CheckInRequest request, ServerCallContext context)
    {
        Field.Required(request.ItemId, "item_id", Field.IdMax);
        return desk.TakeAsync(
            new ActCall(context, request.Act, ActKind.CheckIn, LibraryService.Checkout),
            borrower: null,
            act => Returning.TakeBack(act, request),
            refusal => new CheckInResponse { Outcome = refusal });
    }

    /// <summary>Renews one loan.</summary>
    public Task<RenewResponse> RenewAsync(RenewRequest request, ServerCallContext context)
    {
        Field.Optional(request.ItemId, "item_id", Field.IdMax);
        if (request.ItemId.Length == 0)
        {
            Field.Required(request.TitleId, "title_id", TitleMax);
        }

        return desk.TakeAsync(
            new ActCall(context, request.Act, ActKind.Renew, LibraryService.Renewals),
            BorrowerDesk.Checked(request.Borrower, context.Caller()),
            act => Renewing.Renew(act, request),
            refusal => new RenewResponse { Outcome = refusal });
    }

    /// <summary>Renews what can be renewed.</summary>
    public Task<RenewAllResponse> RenewAllAsync(RenewAllRequest request, ServerCallContext context) => desk.TakeAsync(
        new ActCall(context, request.Act, ActKind.RenewAll, LibraryService.Renewals),
        BorrowerDesk.Checked(request.Borrower, context.Caller()),
        Renewing.RenewAll,
        refusal => new RenewAllResponse { Outcome = refusal });

    /// <summary>Places a hold, moves it or calls it off.</summary>
    public Task<PlaceHoldResponse> PlaceHoldAsync(PlaceHoldRequest request, ServerCallContext context)
    {
        Field.Known(request.Action, "action");
        Field.Optional(request.ItemId, "item_id", Field.IdMax);
        Field.Optional(request.PickUpBranch, "pick_up_branch", Field.IdMax);
        if (request.ItemId.Length == 0)
        {
            Field.Required(request.TitleId, "title_id", TitleMax);
        }

        if (request.ThisCopyOnly && request.ItemId.Length == 0)
        {
            throw Field.Wrong("item_id", "is missing: say which copy it must be");
        }

        if (Field.Date(request.ExpiresOn, "expires_on") is { } last && last < OpeningCalendar.DateAt(core.Now()) && request.Act is { NoBlock: false })
        {
            throw Field.Wrong("expires_on", "lies in the past: give a day to come, or none");
        }

        return desk.TakeAsync(
            new ActCall(context, request.Act, ActKind.Hold, LibraryService.Holds),
            BorrowerDesk.Checked(request.Borrower, context.Caller()),
            act => Holding.Handle(act, request),
            refusal => new PlaceHoldResponse { Outcome = refusal });
    }

    /// <summary>Books a payment; a machine may pay by the card alone.</summary>
    public Task<PayFeeResponse> PayFeeAsync(PayFeeRequest request, ServerCallContext context)
    {
        if (request.Currency.Length > 0 && request.Currency != Currency)
        {
            throw Field.Wrong("currency", $"must be {Currency}");
        }

        if (request.Method.Length > 0 && !Methods.Contains(request.Method))
        {
            throw Field.Wrong("method", $"must be one of {string.Join(", ", Methods)}");
        }

        Field.Optional(request.FeeId, "fee_id");
        Field.Optional(request.PaymentId, "payment_id", Field.IdMax);
        return desk.TakeAsync(
            new ActCall(context, request.Act, ActKind.Pay, LibraryService.Checkout, NeedsPin: false),
            BorrowerDesk.Checked(request.Borrower, context.Caller()),
            act => Paying.Pay(act, request),
            refusal => new PayFeeResponse { Outcome = refusal });
    }
}
