using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;

namespace KioskLink.Register.Circulation;

/// <summary>Takes withdrawals, each on the write lane, where the act itself has its turn before or after. Thread-safe.</summary>
internal sealed class WithdrawalDesk(RegisterCore core, ActDesk desk)
{
    /// <summary>Withdraws an act of the caller's own.</summary>
    public async Task<WithdrawActResponse> TakeAsync(WithdrawActRequest request, ServerCallContext context)
    {
        Field.Optional(request.ItemId, "item_id", Field.IdMax);
        var terms = ActTerms.Checked(core, context, request.Act, ActKind.Withdrawn);
        var written = await core.Lane.WriteAsync(scope => Withdrawing.Withdraw(core, scope, terms, request.ItemId)).ConfigureAwait(false);
        desk.Forget(terms with { Kind = written.Value.Kind });
        var outcome = written.Value.Refusal.Clone();
        (outcome.Done, outcome.Reason) = (true, outcome.Conflict ? LoanReason.Withdrawn : LoanReason.Done);
        return new WithdrawActResponse { Outcome = outcome };
    }
}
