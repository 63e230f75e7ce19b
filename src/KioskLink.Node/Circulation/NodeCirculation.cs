using Grpc.Core;
using KioskLink.Circulation.Answers;
using KioskLink.Circulation.Lending;
using KioskLink.Circulation.Machines;
using KioskLink.Node.Hosting;
using KioskLink.Node.Outage;
using KioskLink.Node.RegisterLink;
using KioskLink.Protos.Register.V1;
using KioskLink.Sip2.Circulation;

namespace KioskLink.Node.Circulation;

/// <summary>Answers machines from the register while the link holds; otherwise, and where a call fails, whoever answers offline has the word. Thread-safe.</summary>
/// <param name="parts">The node's parts.</param>
/// <param name="logins">The machines.</param>
/// <param name="proofs">What the register gave for right PINs.</param>
/// <param name="gates">Decides for gates.</param>
/// <param name="offline">Answers without the register.</param>
/// <param name="withoutLogin">The machine that is meant where none has logged in; null where all must.</param>
internal sealed class NodeCirculation(NodeParts parts, MachineLogins logins, ProofMemory proofs, GateDecisions gates, ICirculation offline, string? withoutLogin = null)
    : LoanCirculation(logins, parts.Acts, proofs, offline, withoutLogin)
{
    /// <summary>How long the register may take.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    private const string RefusalAlarm = "circulation";

    private readonly MachineLogins _logins = logins;
    private readonly Withdrawals _withdrawals = new(parts);

    /// <inheritdoc/>
    public override ValueTask<PatronAnswer> PatronAsync(PatronQuestion question, CancellationToken cancel) =>
        _logins.DoorOf(LoginOf(question)) is { } door ? new(gates.DecideAsync(question, LoginOf(question), door)) : base.PatronAsync(question, cancel);

    /// <inheritdoc/>
    protected override bool CanAsk => parts.Link.State != LinkState.Offline;

    /// <inheritdoc/>
    protected override async ValueTask<TAnswer> CallAsync<TAnswer>(
        Question question, Func<LoanService.LoanServiceClient, CallOptions, Task<TAnswer>> ask, Func<ValueTask<TAnswer>> otherwise, Func<string, TAnswer> refuse)
    {
        if (!CanAsk)
            return await otherwise();
        try
        {
            // A machine that hangs up does not undo what it asked for: the call ends by itself, and the same act told again gets its answer.
            var answer = await ask(parts.Channels.Loans, new CallOptions(deadline: parts.Time.GetUtcNow().UtcDateTime + Deadline));
            parts.Alarms.Clear(RefusalAlarm);
            return answer;
        }
        catch (RpcException error) when (Refusal.IsAnswer(error))
        {
            Refused(error);
            return refuse(CirculationTexts.NotNow(question.Asker.Language));
        }
        catch (RpcException error)
        {
            Failed(error);
            if (Refusal.IsCertificateRefused(error) || Refusal.IsServiceDown(error))
                return await otherwise();
        }
        catch (ObjectDisposedException)
        {
            parts.Link.Post(LinkInput.CallFailed);
        }
        return await ToldAsync(question, await otherwise());
    }

    // Nobody knows whether the register has done it, or will: of what the machine is told no about nothing may stand, and its next try is
    // another act.
    private async ValueTask<TAnswer> ToldAsync<TAnswer>(Question question, TAnswer answer)
    {
        if (answer is not null && WithdrawMessage.IsNo(answer))
        {
            await _withdrawals.KeepAsync(question, LoginOf(question), IdOf(question));
            Forget(question);
        }
        return answer;
    }

    /// <inheritdoc/>
    protected override void TellStaff(string login, BlockQuestion question) => parts.Alarms.Tell(BlockWords.Of(login, question));

    // A field that a machine fills wrongly is that machine's fault alone, and no reason for an alarm that all of them share.
    private void Refused(RpcException error)
    {
        if (error.StatusCode is not (StatusCode.InvalidArgument or StatusCode.NotFound))
            parts.Alarms.Raise(RefusalAlarm, $"The register does not lend for this node's machines: {error.Status.Detail}");
    }

    private void Failed(RpcException error)
    {
        if (Refusal.IsCertificateRefused(error))
            parts.Alarms.Raise(LinkLoop.CertificateAlarm, $"The register refuses this node's certificate: {error.Status.Detail}");
        // A service that is down by a break is told by a register that answers: the line is not to blame.
        else if (!Refusal.IsServiceDown(error))
            parts.Link.Post(LinkInput.CallFailed);
    }
}
