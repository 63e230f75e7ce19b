using Grpc.Core;
using KioskLink.Circulation.Answers;
using KioskLink.Circulation.Lending;
using KioskLink.Circulation.Machines;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Alarms;
using KioskLink.Rules.Alarms;
using KioskLink.Sip2.Circulation;

namespace KioskLink.Register.Machines;

/// <summary>Answers machines that are connected to the register itself, each for the branch of its login. Thread-safe.</summary>
/// <param name="channels">The way to LoanService.</param>
/// <param name="logins">The machines.</param>
/// <param name="ids">The ids of acts.</param>
/// <param name="proofs">What was given for right PINs.</param>
/// <param name="alarms">Told of cards that machines kept.</param>
/// <param name="time">The clock.</param>
/// <param name="withoutLogin">The machine that is meant where none has logged in; null where all must.</param>
internal sealed class RegisterCirculation(
    BranchChannels channels, MachineLogins logins, ActIds ids, ProofMemory proofs, AlarmDesk alarms, TimeProvider time, string? withoutLogin)
    : LoanCirculation(logins, ids, proofs, new CirculationAway(), withoutLogin)
{
    /// <summary>How long LoanService may take.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(4);

    /// <summary>How long a withdrawal may wait for its turn.</summary>
    public static readonly TimeSpan WithdrawalDeadline = TimeSpan.FromMinutes(1);

    private readonly MachineLogins _logins = logins;

    /// <inheritdoc/>
    protected override bool CanAsk => true;

    /// <inheritdoc/>
    protected override async ValueTask<TAnswer> CallAsync<TAnswer>(
        Question question, Func<LoanService.LoanServiceClient, CallOptions, Task<TAnswer>> ask, Func<ValueTask<TAnswer>> otherwise, Func<string, TAnswer> refuse)
    {
        // The branch is that of the login: what AO says of another one is echoed and gives no right there.
        var loans = channels.LoansOf(_logins.ProfileOf(LoginOf(question)).Institution);
        try
        {
            return await ask(loans, new CallOptions(deadline: time.GetUtcNow().UtcDateTime + Deadline));
        }
        catch (RpcException error)
        {
            var answer = await otherwise();
            if (IsUnknown(error) && answer is not null && WithdrawMessage.IsNo(answer))
                Withdraw(loans, question);
            return answer;
        }
    }

    // Whoever ran out of time, or of luck, may have done it all the same; every other status is an answer.
    private static bool IsUnknown(RpcException error) =>
        error.StatusCode is StatusCode.DeadlineExceeded or StatusCode.Cancelled or StatusCode.Internal or StatusCode.Unknown;

    private void Withdraw(LoanService.LoanServiceClient loans, Question question)
    {
        var request = WithdrawMessage.Ask(question, LoginOf(question), IdOf(question));
        Forget(question);
        _ = WithdrawAsync(loans, request);
    }

    // The act and its withdrawal stand in one line, so a busy register takes both in the end; a register that stops has taken neither, or
    // staff hears of it.
    private async Task WithdrawAsync(LoanService.LoanServiceClient loans, WithdrawActRequest request)
    {
        try
        {
            await loans.WithdrawActAsync(request, new CallOptions(deadline: time.GetUtcNow().UtcDateTime + WithdrawalDeadline));
        }
        catch (Exception failed) when (failed is RpcException or ObjectDisposedException or InvalidOperationException)
        {
            alarms.Raise(
                AlarmPlace.Register, AlarmKind.Other, $"machine-withdrawal {request.Act.DeviceId}",
                $"Machine {request.Act.DeviceId} was told no and that could not be noted: look whether {(request.ItemId.Length > 0 ? $"item {request.ItemId}" : "its last act")} stands.", isHappening: true);
        }
    }

    /// <inheritdoc/>
    protected override void TellStaff(string login, BlockQuestion question) => alarms.Raise(
        // A second card of the same machine is a matter of its own; the same card again is not.
        AlarmPlace.Register, AlarmKind.Other, $"machine-card {login} {BlockWords.EndOf(question.Card)}".TrimEnd(), BlockWords.Of(login, question), isHappening: true);
}
