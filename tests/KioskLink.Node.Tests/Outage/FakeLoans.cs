using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Outage;

/// <summary>A circulation that does each act once by its id, as the register's does, undoes one that is withdrawn, and may lose its answers.</summary>
internal sealed class FakeLoans : LoanService.LoanServiceBase
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LoanOutcome> _answers = new(StringComparer.Ordinal);

    /// <summary>Acts as they came, repeats included.</summary>
    public Inbox<Act> Heard { get; } = new();

    /// <summary>What was done, in order: the act, its item, and the card's envelope.</summary>
    public List<(Act Act, string Item, byte[] Envelope, string DueOn)> Done { get; } = [];

    /// <summary>What becomes of an act on an item.</summary>
    public Func<string, LoanOutcome> Judge { get; set; } = _ => new LoanOutcome { Done = true, Reason = LoanReason.Done };

    /// <summary>What happens to an answer on its way: a status takes its place.</summary>
    public Func<Act, StatusCode?> OnTheWay { get; set; } = _ => null;

    /// <summary>Runs before a loan, renewal or payment is looked at; a test makes it wait.</summary>
    public Func<Act, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Runs before its answer goes out; a test makes it wait.</summary>
    public Func<Act, Task> After { get; set; } = _ => Task.CompletedTask;

    public override async Task<CheckOutResponse> CheckOut(CheckOutRequest request, ServerCallContext context)
    {
        await Before(request.Act);
        var outcome = Take(request.Act, request.ItemId, request.Borrower, request.PromisedDueOn);
        await After(request.Act);
        return new CheckOutResponse { Outcome = outcome };
    }

    public override Task<CheckInResponse> CheckIn(CheckInRequest request, ServerCallContext context) =>
        Task.FromResult(new CheckInResponse { Outcome = Take(request.Act, request.ItemId, null) });

    public override async Task<RenewResponse> Renew(RenewRequest request, ServerCallContext context)
    {
        await Before(request.Act);
        var outcome = Take(request.Act, request.ItemId, request.Borrower);
        await After(request.Act);
        return new RenewResponse { Outcome = outcome };
    }

    public override async Task<RenewAllResponse> RenewAll(RenewAllRequest request, ServerCallContext context)
    {
        await Before(request.Act);
        var outcome = Take(request.Act, "", request.Borrower);
        await After(request.Act);
        return new RenewAllResponse { Outcome = outcome };
    }

    public override async Task<PayFeeResponse> PayFee(PayFeeRequest request, ServerCallContext context)
    {
        await Before(request.Act);
        var outcome = Take(request.Act, "", request.Borrower);
        await After(request.Act);
        return new PayFeeResponse { Outcome = outcome };
    }

    public override Task<WithdrawActResponse> WithdrawAct(WithdrawActRequest request, ServerCallContext context)
    {
        lock (_gate)
        {
            Done.RemoveAll(done => done.Act.TransactionId == request.Act.TransactionId);
            _answers[request.Act.TransactionId] = new LoanOutcome { Reason = LoanReason.Withdrawn };
        }
        Heard.Post(request.Act);
        return Task.FromResult(new WithdrawActResponse { Outcome = new LoanOutcome { Done = true, Reason = LoanReason.Done } });
    }

    public override Task<PlaceHoldResponse> PlaceHold(PlaceHoldRequest request, ServerCallContext context) =>
        Task.FromResult(new PlaceHoldResponse { Outcome = Take(request.Act, request.TitleId, request.Borrower) });

    private LoanOutcome Take(Act act, string item, Borrower? borrower, string dueOn = "")
    {
        LoanOutcome outcome;
        lock (_gate)
        {
            if (!_answers.TryGetValue(act.TransactionId, out outcome!))
            {
                outcome = _answers[act.TransactionId] = Judge(item);
                Done.Add((act, item, borrower?.CardEnvelope.ToByteArray() ?? [], dueOn));
            }
        }
        Heard.Post(act);
        return OnTheWay(act) is { } lost ? throw new RpcException(new Status(lost, "lost on the way")) : outcome;
    }
}
