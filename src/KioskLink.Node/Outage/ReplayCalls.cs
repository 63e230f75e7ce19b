using Google.Protobuf;
using Grpc.Core;
using KioskLink.Node.Clock;
using KioskLink.Protos.Register.V1;
using NodaTime.Text;

namespace KioskLink.Node.Outage;

/// <summary>Tells the register of one kept act, as something that has happened: it is taken, and what speaks against it is a conflict. Thread-safe.</summary>
internal sealed class ReplayCalls(Func<LoanService.LoanServiceClient> register, NodeClock clock, TimeProvider time)
{
    /// <summary>How long the register may take for one act.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    /// <summary>Tells of it.</summary>
    /// <returns>What the replay is to know, and why the register takes nothing, for a technician; null where the register is not to blame.</returns>
    public async Task<(ReplayInput Input, string? Problem)> TellAsync(LoanAct act, CancellationToken stopping)
    {
        try
        {
            var options = new CallOptions(deadline: time.GetUtcNow().UtcDateTime + Deadline, cancellationToken: stopping);
            return (Read(await CallAsync(act, options)), null);
        }
        catch (RpcException error)
        {
            return Read(error, act);
        }
        catch (Exception ended) when (ended is InvalidOperationException or OperationCanceledException or IOException)
        {
            return (new ActUnanswered(), null);
        }
    }

    private async Task<LoanOutcome?> CallAsync(LoanAct act, CallOptions options) => act.Kind switch
    {
        ActKind.CheckOut => (await register().CheckOutAsync(ToCheckOut(act), options)).Outcome,
        ActKind.CheckIn => (await register().CheckInAsync(new CheckInRequest { Act = ToAct(act), ItemId = act.Item, Cancels = act.Cancels }, options)).Outcome,
        ActKind.Renew => (await register().RenewAsync(new RenewRequest { Act = ToAct(act), Borrower = ToBorrower(act), ItemId = act.Item, TitleId = act.Title }, options)).Outcome,
        ActKind.Hold => (await register().PlaceHoldAsync(ToHold(act), options)).Outcome,
        ActKind.Withdraw => (await register().WithdrawActAsync(new WithdrawActRequest { Act = ToAct(act), ItemId = act.Item }, options)).Outcome,
        _ => throw new ArgumentOutOfRangeException(nameof(act), act.Kind, "no such act"),
    };

    private CheckOutRequest ToCheckOut(LoanAct act) => new()
    {
        Act = ToAct(act),
        Borrower = ToBorrower(act),
        ItemId = act.Item,
        MayRenew = act.MayRenew,
        PromisedDueOn = act.DueOn is { } due ? LocalDatePattern.Iso.Format(due) : "",
        Cancels = act.Cancels,
    };

    private PlaceHoldRequest ToHold(LoanAct act) => new()
    {
        Act = ToAct(act),
        Borrower = ToBorrower(act),
        Action = HoldAction.Place,
        ItemId = act.Item,
        TitleId = act.Title,
        PickUpBranch = act.PickUpBranch,
    };

    private Act ToAct(LoanAct act) => new()
    {
        TransactionId = act.Kind == ActKind.Withdraw ? act.Withdraws : act.Id,
        DeviceId = act.Device,
        DeviceRole = DeviceRole.SelfCheck,
        HappenedTime = act.Time.Mended(clock).ToProto(),
        NoBlock = true,
        NotedBy = act.NotedBy,
    };

    private static Borrower ToBorrower(LoanAct act) => new() { CardEnvelope = UnsafeByteOperations.UnsafeWrap(act.Envelope) };

    private static ReplayInput Read(LoanOutcome? outcome) => outcome switch
    {
        null => new ActPuzzled(),
        { Conflict: true } => new ActAnswered(ActState.Conflict, outcome.Reason),
        { Done: true } => new ActAnswered(ActState.Taken, outcome.Reason),
        _ => new ActAnswered(ActState.Refused, outcome.Reason),
    };

    // An act that is wrong in itself stays wrong. What the register has against the node, its device or loans altogether may be mended.
    private static (ReplayInput Input, string? Problem) Read(RpcException error, LoanAct act) => error.StatusCode switch
    {
        // An older register cannot withdraw: staff looks at it, and what was kept behind it goes on.
        StatusCode.Unimplemented when act.Kind == ActKind.Withdraw => (new ActAnswered(ActState.Refused, LoanReason.Withdrawn), null),
        StatusCode.InvalidArgument or StatusCode.NotFound or StatusCode.OutOfRange => (new ActAnswered(ActState.Refused, LoanReason.Unspecified), null),
        StatusCode.PermissionDenied or StatusCode.FailedPrecondition or StatusCode.Unimplemented or StatusCode.Unauthenticated => (new ActUnanswered(), error.Status.Detail),
        StatusCode.Internal or StatusCode.Unknown or StatusCode.DataLoss => (new ActPuzzled(), null),
        _ => (new ActUnanswered(), null),
    };
}
