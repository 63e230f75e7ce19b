using System.Collections.Concurrent;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Node.Tests.Rig;

/// <summary>
/// A library in the memory of a scripted register: one patron with a card and a PIN, ten guesses, items that are lent once. Every call is kept; an act's id
/// is answered once.
/// </summary>
internal sealed class FakeLending
{
    public const string Card = Samples.KnownCard, Pin = Samples.Pin, Name = "Virtanen Ville", Due = "2026-12-19";
    public const int GuessesMax = 10;

    private readonly ConcurrentDictionary<string, object> _answers = new();
    private int _wrong;

    public ConcurrentQueue<object> Calls { get; } = new();

    public ConcurrentDictionary<string, string> Loans { get; } = new();

    public DecisionCode CardCode { get; set; } = DecisionCode.Granted;

    /// <summary>Runs before each answer; a test makes it wait or throw.</summary>
    public Func<Task> Before { get; set; } = () => Task.CompletedTask;

    public IEnumerable<T> CallsOf<T>() => Calls.OfType<T>();

    public Task<GetPatronInformationResponse> Patron(GetPatronInformationRequest asked) => Answer(asked, () =>
    {
        var pin = Check(asked.Borrower);
        var known = asked.Borrower.CardNumber == Card;
        return new GetPatronInformationResponse
        {
            Known = known,
            CardCode = known ? CardCode : DecisionCode.CardUnknown,
            PinResult = pin,
            BorrowReason = LoanReason.Done,
            PersonName = known && asked.DeviceRole == DeviceRole.SelfCheck ? Name : "",
            Loans = Loans.Count,
            HoldsReady = 1,
            HoldsWaiting = 2,
            FeesCents = 150,
            Message = known ? "" : "Tuntematon kortti tai väärä PIN",
        };
    });

    public Task<CheckOutResponse> CheckOut(CheckOutRequest asked) => Once(asked.Act, asked, () =>
    {
        if (Check(asked.Borrower) != PinResult.Right)
            return new CheckOutResponse { Outcome = new() { Reason = LoanReason.CardRefused, Message = "Väärä PIN" } };
        return Loans.TryAdd(asked.ItemId, asked.Borrower.CardNumber)
            ? new CheckOutResponse { Outcome = Done(), DueOn = Due, Item = ItemOf(asked.ItemId) }
            : new CheckOutResponse { Outcome = new() { Reason = LoanReason.ItemOnLoan, Message = "Lainassa toisella" } };
    });

    public Task<CheckInResponse> CheckIn(CheckInRequest asked) => Once(asked.Act, asked, () => Loans.TryRemove(asked.ItemId, out _)
        ? new CheckInResponse { Outcome = Done(), Item = ItemOf(asked.ItemId), Alert = "02", Destination = "EAST" }
        : new CheckInResponse { Outcome = new() { Reason = LoanReason.NotOnLoan } });

    public Task<RenewResponse> Renew(RenewRequest asked) => Once(asked.Act, asked, () => new RenewResponse { Outcome = Done(), DueOn = Due, Item = ItemOf(asked.ItemId) });

    public Task<RenewAllResponse> RenewAll(RenewAllRequest asked) => Once(asked.Act, asked, () => new RenewAllResponse
    {
        Outcome = Done(),
        Loans = { new RenewalResult { ItemId = "ITEM1", Renewed = true }, new RenewalResult { ItemId = "ITEM2" } },
    });

    public Task<PlaceHoldResponse> PlaceHold(PlaceHoldRequest asked) => Once(asked.Act, asked, () => new PlaceHoldResponse { Outcome = Done(), QueuePosition = 3, PickUpBranch = asked.PickUpBranch });

    public Task<PayFeeResponse> PayFee(PayFeeRequest asked) => Once(asked.Act, asked, () => new PayFeeResponse { Outcome = Done() });

    public Task<WithdrawActResponse> Withdraw(WithdrawActRequest asked) => Answer(asked, () => new WithdrawActResponse { Outcome = Done() });

    public Task<GetItemResponse> Item(GetItemRequest asked) => Answer(asked, () => asked.ItemId == "NONE"
        ? throw new RpcException(new Status(StatusCode.NotFound, "no such item"))
        : new GetItemResponse { Item = ItemOf(asked.ItemId, asked.HasProperties ? asked.Properties : "") });

    private static LoanOutcome Done() => new() { Done = true, Reason = LoanReason.Done };

    private static Item ItemOf(string id, string properties = "") => new()
    {
        Id = id,
        Title = "Seven Brothers",
        HomeBranch = "MAIN",
        Media = "001",
        Status = ItemStatus.OnLoan,
        DueOn = Due,
        Properties = properties,
    };

    private PinResult Check(Borrower borrower)
    {
        if (borrower.Pin.IsEmpty)
            return PinResult.Missing;
        if (Volatile.Read(ref _wrong) >= GuessesMax)
            return PinResult.Locked;
        if (borrower.CardNumber == Card && borrower.Pin.ToStringUtf8() == Pin)
            return PinResult.Right;
        Interlocked.Increment(ref _wrong);
        return PinResult.Wrong;
    }

    private async Task<T> Answer<T>(object asked, Func<T> answer)
    {
        Calls.Enqueue(asked);
        await Before();
        return answer();
    }

    private async Task<T> Once<T>(Act act, object asked, Func<T> answer)
        where T : class
    {
        Calls.Enqueue(asked);
        await Before();
        return (T)_answers.GetOrAdd(act.TransactionId, _ => answer());
    }
}
