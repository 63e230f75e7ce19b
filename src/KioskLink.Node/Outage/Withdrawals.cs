using KioskLink.Circulation.Answers;
using KioskLink.Circulation.Lending;
using KioskLink.Node.Hosting;
using KioskLink.Sip2.Circulation;

namespace KioskLink.Node.Outage;

/// <summary>
/// Withdraws acts for which the register was asked in vain, before the machine is told no: the register may have done them, or do them yet.
/// Kept as what happened is, so that a late act does not outlive a node that stops. Thread-safe.
/// </summary>
internal sealed class Withdrawals(NodeParts parts)
{
    /// <summary>Room of their own beyond the branch's acts: a full book must not let a late act stand.</summary>
    public const int Room = 1000;

    /// <summary>Withdraws an act; durable when this completes, or staff knows that it is not.</summary>
    /// <param name="question">What the machine asked.</param>
    /// <param name="device">The machine.</param>
    /// <param name="id">The id under which the register was asked.</param>
    public async Task KeepAsync(Question question, string device, string id)
    {
        var act = new LoanAct
        {
            Id = ActIds.Random(),
            Kind = ActKind.Withdraw,
            Item = WithdrawMessage.ItemOf(question),
            Device = device,
            Time = ActTime.Now(parts.Clock),
            Withdraws = id,
        };
        var kept = await parts.ActBook.KeepAsync(act, (parts.Replica.Branch?.OfflineLending.MaxActs ?? 0) + Room);
        if (!kept.IsKept)
            TellOnce(act);
    }

    // A disk that takes nothing keeps no withdrawal either. The machine waits for its answer, so the register is told once beside it; where
    // that fails too, the alarm is all there is.
    private void TellOnce(LoanAct act)
    {
        parts.Alarms.Tell($"Machine {act.Device} was told no and the disk could not keep it: look in the register whether {(act.Item.Length > 0 ? $"item {act.Item}" : "its last act")} stands there.");
        _ = new ReplayCalls(() => parts.Channels.Loans, parts.Clock, parts.Time).TellAsync(act, CancellationToken.None);
    }
}
