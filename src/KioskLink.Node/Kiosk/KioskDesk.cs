using System.Security.Cryptography;
using KioskLink.Node.Deciding;
using KioskLink.Node.Doors;
using KioskLink.Node.Hosting;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Node.Kiosk;

/// <summary>What the kiosk API asks of the rest of the node.</summary>
internal sealed class KioskDesk(NodeParts parts, Doorways doorways)
{
    private readonly RecentAttempts<DecisionRecord> _attempts = new();

    /// <summary>The work, done by the parts of a node.</summary>
    public KioskWork Work() => new()
    {
        Conditions = doorId => doorways.Doors.ContainsKey(doorId)
            ? new DoorConditions { Lockdown = doorways.Lockdown.Holds(doorId), StaffPresent = doorways.Staff.IsPresent(parts.Clock.Now) }
            : null,
        Decide = DecideAsync,
        Verify = new CredentialCheck(parts).VerifyAsync,
        Loans = new LoanQuestion(parts).AskAsync,
        Notices = language => KioskNotices.In(parts, language),
    };

    private Task<DecisionRecord> DecideAsync(Presentation presentation)
    {
        var repeated = true;
        var decided = _attempts.Once(presentation.AttemptId, () =>
        {
            repeated = false;
            return DecideOnceAsync(presentation);
        });
        // The decider wipes what it was given; this PIN it never saw.
        if (repeated)
            CryptographicOperations.ZeroMemory(presentation.Pin);
        return decided;
    }

    // No lock moves for a kiosk, and the journal says so: otherwise the decision would count as interrupted.
    private async Task<DecisionRecord> DecideOnceAsync(Presentation presentation)
    {
        var decided = await parts.Decider.DecideAsync(presentation);
        if (decided.Recorded)
            await parts.Journal.AppendAsync(new RecordOpen
            {
                Kind = RecordKind.Outcome,
                AttemptId = presentation.AttemptId,
                DoorId = presentation.DoorId,
                DeviceId = presentation.DeviceId,
                Outcome = Outcome.NotMoved,
            });
        return decided;
    }
}
