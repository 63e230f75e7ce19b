using Grpc.Core;
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

    private readonly MachineLogins _logins = logins;

    /// <inheritdoc/>
    protected override bool CanAsk => true;

    /// <inheritdoc/>
    protected override async ValueTask<TAnswer> CallAsync<TAnswer>(
        Question question, Func<LoanService.LoanServiceClient, CallOptions, Task<TAnswer>> ask, Func<ValueTask<TAnswer>> otherwise, Func<string, TAnswer> refuse)
    {
        try
        {
            // The branch is that of the login: what AO says of another one is echoed and gives no right there.
            var loans = channels.LoansOf(_logins.ProfileOf(LoginOf(question)).Institution);
            return await ask(loans, new CallOptions(deadline: time.GetUtcNow().UtcDateTime + Deadline));
        }
        catch (RpcException)
        {
            return await otherwise();
        }
    }

    /// <inheritdoc/>
    protected override void TellStaff(string login, bool cardRetained) => alarms.Raise(
        AlarmPlace.Register, AlarmKind.Other, $"machine-card {login}", $"Machine {login} {(cardRetained ? "has kept a card" : "asks to block a card")}: look at it; nothing was blocked.", isHappening: true);
}
