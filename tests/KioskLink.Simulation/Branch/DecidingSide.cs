using System.Text;
using KioskLink.Node.Clock;
using KioskLink.Node.Deciding;
using KioskLink.Node.Doors;
using KioskLink.Node.Replica;
using KioskLink.Protos.Register.V1;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Cards;
using KioskLink.Rules.Doors;
using KioskLink.Rules.Pins;
using KioskLink.Simulation.Centre;
using KioskLink.Simulation.World;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Simulation.Branch;

/// <summary>Decides presentations alone, records them and moves the lock; the register is asked beside it by <see cref="AttemptFlow"/>.</summary>
internal sealed class DecidingSide(NodeRun run)
{
    private const string Consortium = "lastu";
    private readonly Dictionary<string, Decision> _remembered = [];
    private int _attempts;

    private NodeDisk Disk => run.Node.Disk;

    public void Present(string number, string pin)
    {
        var attempt = $"{run.Node.Id}/{run.Node.BootId}/{run.StartedAt.ToUnixTimeMilliseconds()}/{++_attempts}";
        var conditions = new DoorConditions { Lockdown = Disk.IsLockdown, StaffPresent = run.IsStaffPresent };
        var question = new Question(run.Node.Id, run.Node.Enrolled.BranchId, DoorSide.DoorId, attempt, number, pin, conditions);
        new AttemptFlow(run, question).Start();
    }

    /// <summary>What the replica makes of it; a guess is reserved first and given back when the PIN is right.</summary>
    public (SimVerdict Verdict, Ground Ground, bool GuessSpent) DecideAlone(Question question)
    {
        var now = run.Now;
        var token = Token(question.Number);
        var holder = run.Branch is null ? new Holder(new UnreadableCard(), null, 0) : run.Facts.Find(token);
        var (pin, spent) = CheckPin(token, holder, question.Pin);
        var age = Duration.Min(run.Facts.AgeAt(now), Duration.FromDays(3650));
        var footing = new OfflineSituation(run.IsClockTrusted, age);
        var door = Register.Access.Presentation.Door(run.Branch, question.DoorId, question.Conditions) with { Offline = footing };
        var decision = AccessRules.Decide(holder.Facts, door, pin, now);
        if (run.World.Bug == PlantedBug.AnswersRemembered)
            decision = decision.Granted ? _remembered[question.Number] = decision : _remembered.GetValueOrDefault(question.Number, decision);
        var verdict = new SimVerdict(question, DecisionSource.Replica, decision, pin, Math.Max(holder.Version, run.Facts.Mark.Version), age);
        return (verdict, new Ground(holder, footing, now, run.BranchVersion, run.Facts.Mark.AsOf), spent);
    }

    /// <summary>The register has counted the guess: here it is not spent a second time.</summary>
    public void GiveBack(string number)
    {
        var token = Token(number);
        Keep(token, GuessRules.Succeed(SpentOn(token), GuessTime));
    }

    /// <summary>Records a decision, and moves the lock once that is durable.</summary>
    public void Record(SimVerdict verdict)
    {
        var open = ToOpen(verdict, run.Now);
        var personal = new Wire.RecordPersonal { Token = Google.Protobuf.ByteString.CopyFrom(Token(verdict.Question.Number)) };
        run.Journal.Append(open, personal, durable =>
        {
            if (!durable || !verdict.Decision.Granted || !run.IsAlive)
                return;
            NoteStaff(verdict);
            run.Door.Grant(new DoorGranted(verdict.Question.AttemptId, verdict.Decision.UnlockFor, verdict.Question.Conditions.Lockdown));
        });
    }

    private static Wire.RecordOpen ToOpen(SimVerdict verdict, Instant now) => new()
    {
        Kind = Wire.RecordKind.Decision,
        Time = now.ToProto(),
        AttemptId = verdict.Question.AttemptId,
        DoorId = verdict.Question.DoorId,
        Code = (Wire.DecisionCode)verdict.Decision.Code,
        Granted = verdict.Decision.Granted,
        Source = (Wire.Source)verdict.Source,
        FactsVersion = verdict.FactsVersion,
        FactsAge = verdict.FactsAge.ToProto(),
        PinResult = (Wire.PinResult)(verdict.Pin ?? 0),
        UnlockFor = verdict.Decision.UnlockFor.ToProto(),
    };

    private Instant GuessTime => run.World.Bug == PlantedBug.GuessesByTheClock ? run.Now : run.Lived;

    private byte[] Token(string number)
    {
        var badge = CardToken.Of(run.Node.Enrolled.Keys.KBadge, Consortium, number);
        return run.Facts.Find(badge).Facts is BadgeFacts ? badge : CardToken.Of(run.Node.Enrolled.Keys.KCard, Consortium, number);
    }

    private (PinResult Pin, bool Spent) CheckPin(byte[] token, Holder holder, string pin)
    {
        if (holder.Facts is BadgeFacts or UnreadableCard || run.Branch is not { PinRequired: true } branch)
            return (pin.Length == 0 ? PinResult.Missing : PinResult.Wrong, false);
        if (pin.Length == 0)
            return (PinResult.Missing, false);
        var known = holder.Facts is CardFacts card ? card.Guesses : GuessState.None;
        var (allowed, spent) = GuessRules.ReserveOffline(known, SpentOn(token), branch.OfflineGuesses, GuessTime);
        if (run.World.Bug != PlantedBug.GuessesNotSpent && (!allowed || !Keep(token, spent)))
            return (PinResult.Locked, false);
        if (!Matches(token, holder.Pin, pin))
            return (PinResult.Wrong, true);
        Keep(token, GuessRules.Succeed(spent, GuessTime));
        return (PinResult.Right, false);
    }

    private bool Matches(byte[] token, Wire.PinProof? proof, string pin)
    {
        if (proof is null)
            return false;
        var salt = proof.Salt.ToByteArray();
        var verifier = FakePinHash.Instance.Hash(Encoding.ASCII.GetBytes(pin), salt);
        return PinProofs.Matches(proof.Proof.Span, PinProofs.Of(run.Node.Enrolled.Keys.KPin, token, salt, verifier));
    }

    private GuessState SpentOn(byte[] token) => Disk.Guesses.GetValueOrDefault(token, GuessState.None);

    private bool Keep(byte[] token, GuessState state)
    {
        if (Disk.IsFull)
            return false;
        Disk.Guesses[token] = state;
        return true;
    }

    private void NoteStaff(SimVerdict verdict)
    {
        var isStaff = verdict.Decision.Code == DecisionCode.GrantedBadge
            && run.Facts.Find(Token(verdict.Question.Number)).Facts is BadgeFacts { Role: BadgeRole.Staff };
        if (!isStaff || run.Branch?.Hours is not { } hours || OpeningCalendar.KindAt(hours, run.Now) != PeriodKind.Staffed)
            return;
        Disk.StaffCameOn = StaffedHours.DayOf(run.Now);
        run.Door.FollowCalendar();
    }
}
