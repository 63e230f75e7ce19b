using System.Security.Cryptography;
using KioskLink.Node.Clock;
using KioskLink.Node.Diagnostics;
using KioskLink.Node.Enrolment;
using KioskLink.Node.Journal;
using KioskLink.Node.RegisterLink;
using KioskLink.Node.Replica;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Pins;

namespace KioskLink.Node.Deciding;

/// <summary>Decides one presentation: the register's answer, the replica's beside it, the journal before anybody moves. Thread-safe.</summary>
internal sealed class Decider(
    NodeReplica replica, NodeSecrets secrets, NodeClock clock, Link link, RegisterDecisions register, ReplicaDecisions local, PinCheck pins,
    NodeJournal journal, Alarms alarms, Steps steps, TimeProvider time)
{
    private const int AskStep = 4;
    private const int DecideStep = 5;
    private const int JournalStep = 6;
    private const string DiskAlarm = "journal-disk";
    private readonly RecentAttempts<DecisionRecord> _attempts = new();

    private bool OpensUnrecorded => replica.Branch?.OpenWithoutRecord ?? false;

    /// <summary>How long the register may take while the link is online.</summary>
    public TimeSpan Patience => replica.Branch?.RegisterPatience.ToTimeSpan() ?? RegisterDecisions.DoorDeadline;

    /// <summary>
    /// Decides. The record is durable when this returns with <see cref="DecisionRecord.MayUnlock"/>; the caller then moves the lock and appends
    /// the outcome. A repeated attempt id gets the same answer and counts once. The PIN is wiped once nobody needs it.
    /// </summary>
    public Task<DecisionRecord> DecideAsync(Presentation presentation) =>
        _attempts.Once(presentation.AttemptId, () => DecideOnceAsync(presentation));

    // The numbers are those of "Follow one card".
    private async Task<DecisionRecord> DecideOnceAsync(Presentation presentation)
    {
        // 4 online: ask, and decide from the replica beside it
        Tell(presentation, AskStep);
        var asked = link.State == LinkState.Offline || presentation.Card is null ? null : register.AskAsync(presentation);
        var card = CardIdentity.Of(presentation.Card, replica, secrets);
        var decided = local.DecideAsync(presentation, card);
        _ = WipeAsync(presentation, asked, decided);
        // 5 one of the two stands
        var verdict = asked is null ? await decided : await ChooseAsync(asked, decided);
        if (verdict.Source == DecisionSource.Register)
            _ = GiveBackAsync(card, decided);
        else if (verdict.GuessSpent)
            NoteFailure(presentation.DeviceId, card);
        steps.Reached(presentation.AttemptId, presentation.DoorId, DecideStep, presentation.ReadAt, ToRecord(presentation, verdict, recorded: false), verdict.Rules);
        // 6 durable before anything moves
        var recorded = await RecordAsync(presentation, verdict, card);
        Tell(presentation, JournalStep);
        return ToRecord(presentation, verdict, recorded);
    }

    // The register has the word for as long as a patron may be kept waiting and nothing speaks against the link; then a grant of the
    // replica stands. A card that the replica does not grant waits out the deadline, since the register may know more.
    private async Task<Verdict> ChooseAsync(Task<Verdict?> asked, Task<Verdict> decided)
    {
        var patience = Task.Delay(Patience, time);
        await Task.WhenAny(asked, link.Doubted, patience);
        if (!asked.IsCompleted && patience.IsCompleted)
            link.Post(LinkInput.CallLate);
        if (!asked.IsCompleted)
            await Task.WhenAny((Task)asked, decided);
        if (!asked.IsCompleted && (await decided).Decision.Granted)
            return await decided;
        return await asked ?? await decided;
    }

    private async Task<bool> RecordAsync(Presentation presentation, Verdict verdict, CardIdentity card)
    {
        var appended = await journal.AppendAsync(ToOpen(presentation, verdict), card.ToPersonal());
        if (appended.Problem is { } problem)
            alarms.Raise(DiskAlarm, $"No decision can be recorded, {(OpensUnrecorded ? "and doors open without a record, as the branch chose" : "so no door opens")}: {problem}.");
        else
            alarms.Clear(DiskAlarm);
        return appended.Durable;
    }

    private RecordOpen ToOpen(Presentation presentation, Verdict verdict) => new()
    {
        Kind = RecordKind.Decision,
        Time = clock.Now.ToProto(),
        AttemptId = presentation.AttemptId,
        DoorId = presentation.DoorId,
        DeviceId = presentation.DeviceId,
        Code = (DecisionCode)verdict.Decision.Code,
        Granted = verdict.Decision.Granted,
        Source = (Source)verdict.Source,
        FactsVersion = verdict.FactsVersion,
        FactsAge = verdict.FactsAge.ToProto(),
        PinResult = (PinResult)(verdict.Pin ?? 0),
        UnlockFor = verdict.Decision.UnlockFor.ToProto(),
    };

    private DecisionRecord ToRecord(Presentation presentation, Verdict verdict, bool recorded) => new()
    {
        AttemptId = presentation.AttemptId,
        DoorId = presentation.DoorId,
        Decision = verdict.Decision,
        Source = verdict.Source,
        FactsVersion = verdict.FactsVersion,
        FactsAge = verdict.FactsAge,
        Pin = verdict.Pin,
        MessageKey = verdict.MessageKey,
        Message = verdict.Message,
        Recorded = recorded,
        OpensUnrecorded = OpensUnrecorded,
    };

    private void NoteFailure(string device, CardIdentity card)
    {
        if (!pins.Fail(device, card.Token))
            return;
        alarms.Raise(SprayingAlarm(device), $"At device {device} wrong PINs are tried over many cards, so it takes one try each {DeviceSlowdown.Pace.TotalSeconds:0} s: look on the spot.");
        _ = EndAlarmAsync(device);
    }

    // The failures that slow the device are over the window later; a newer one has its own look then.
    private async Task EndAlarmAsync(string device)
    {
        await Task.Delay(DeviceSlowdown.Window.ToTimeSpan(), time);
        if (!pins.IsSlow(device))
            alarms.Clear(SprayingAlarm(device));
    }

    private static string SprayingAlarm(string device) => $"spraying {device}";

    // The register has counted the guess; here it is not spent a second time.
    private async Task GiveBackAsync(CardIdentity card, Task<Verdict> decided)
    {
        if ((await decided).GuessSpent)
            pins.GiveBack(card.Token);
    }

    private static async Task WipeAsync(Presentation presentation, Task<Verdict?>? asked, Task<Verdict> decided)
    {
        await Task.WhenAll(asked ?? Task.CompletedTask, decided).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        CryptographicOperations.ZeroMemory(presentation.Pin);
    }

    private void Tell(Presentation presentation, int step) =>
        steps.Reached(presentation.AttemptId, presentation.DoorId, step, presentation.ReadAt);
}
