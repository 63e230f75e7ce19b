using KioskLink.Node.Journal;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Sync;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Journal;
using KioskLink.Simulation.Branch;
using KioskLink.Simulation.Centre;
using KioskLink.Simulation.World;

namespace KioskLink.Simulation.Promises;

/// <summary>What must hold once everything is healed and quiet.</summary>
internal sealed class EndPromises(SimWorld world, SimRegister register, Intake intake)
{
    // A watermark may take its time.
    private const double DateSlack = 3;

    public void HoldFor(SimNode node)
    {
        JournalVerifies(node);
        EveryRecordArrivedOnceInOrder(node);
        if (!node.HasBatteryClock)
            RecordsAreDatedAsTheyWereWritten(node);
        ReplicaIsWhatTheRegisterProjects(node);
        world.Hold(!node.Board.IsOpen || node.Board.OpenUntil < world.Now + NodaTime.Duration.FromMinutes(1), "no door is left unlocked past its time", () => node.Id);
    }

    private void JournalVerifies(SimNode node)
    {
        var verdict = EventChain.Verify(node.Disk.Journal.Select(SealedRecord.ToChain));
        world.Hold(verdict.IsWhole, "journals verify", () => $"{node.Id}: {verdict.Problem}");
    }

    private void EveryRecordArrivedOnceInOrder(SimNode node)
    {
        var held = intake.Of(node.Id, node.Disk.JournalId);
        world.Hold(
            held.Count == node.Disk.Journal.Count && held.Zip(node.Disk.Journal).All(pair => pair.First.Equals(pair.Second)),
            "every record is upstream once, in order, as it was written",
            () => $"{node.Id}: {held.Count} of {node.Disk.Journal.Count}");
        foreach (var open in node.Disk.Journal.Select(record => RecordOpen.Parser.ParseFrom(record.Open)).Where(open => open.Kind == RecordKind.Decision))
            world.Hold(intake.DecisionsOf(node.Id, open.AttemptId) == 1, "every decision is upstream exactly once", () => open.AttemptId);
    }

    // Where a battery vouched for the clock, it was off by as much as the battery was.
    private void RecordsAreDatedAsTheyWereWritten(SimNode node)
    {
        var dates = intake.DatesOf(node.Id);
        foreach (var open in node.Disk.Journal.Select(record => RecordOpen.Parser.ParseFrom(record.Open)))
        {
            var dated = world.Bug == PlantedBug.RecordsDatedByTheMachine ? open.Time.FromProto() : dates.TimeOf(open);
            var written = node.BootedAt(open.BootId) + open.BootTime.FromProto();
            world.Hold(
                dated is not { } at || (at - written).TotalSeconds is > -DateSlack and < DateSlack,
                "a record is dated as it was written",
                () => $"{node.Id}: written {written}, dated {dated}");
        }
    }

    private void ReplicaIsWhatTheRegisterProjects(SimNode node)
    {
        var branch = register.Index.Branch(node.Enrolled.BranchId)!.Policy;
        var view = new NodeView(node.Enrolled, branch, register.Entitlements);
        var expected = register.Index.EntriesForBranch(branch, world.Now).ToList();
        world.Hold(node.Run!.Facts.Count == expected.Count, Replica, () => $"{node.Id} holds {node.Run.Facts.Count} of {expected.Count}; {node.Run.Facts.Mark}, register at {register.Version}");
        foreach (var card in expected.OfType<CardEntry>())
        {
            var state = view.State(card, priority: false, world.Now)!;
            var facts = node.Run.Facts.Find(state.Entity.Span);
            world.Hold(IsSame(facts.Facts, state.Entitlement) && Equals(facts.Pin, state.Entitlement.Pin), Replica, () => $"{node.Id}, {card.Entity}: version {facts.Version} of {card.Version}");
        }
    }

    private const string Replica = "after quiet time the replica is what the register projects";

    // An age that has passed meanwhile is still held, and means nothing.
    private bool IsSame(Facts held, Entitlement projected) =>
        held is CardFacts card
        && (card.AgeOkFrom <= OpeningCalendar.DateAt(world.Now) ? card with { AgeOkFrom = null } : card).ToProto() is var wire
        && wire.Equals(new Entitlement(projected) { Token = Google.Protobuf.ByteString.Empty, Pin = null });
}
