using KioskLink.Node.Journal;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Events;
using KioskLink.Register.Facts;
using KioskLink.Rules.Journal;
using KioskLink.Simulation.World;

namespace KioskLink.Simulation.Centre;

/// <summary>What the register holds of the nodes' journals, and the one row of each attempt. One thread.</summary>
internal sealed class Intake(SimWorld world, SimRegister register)
{
    private readonly Dictionary<(string Node, string Journal), List<JournalRecord>> _journals = [];
    private readonly Dictionary<(string Node, string Attempt), int> _decisions = [];
    private readonly Dictionary<string, BootDates> _dates = [];

    /// <summary>Finds the card of a record as its envelope would.</summary>
    public required Func<string, byte[], CardEntry?> CardOf { get; init; }

    public IReadOnlyList<JournalRecord> Of(string node, string journal) => _journals.GetValueOrDefault((node, journal), []);

    /// <summary>When the boots of a node began, as its records told.</summary>
    public BootDates DatesOf(string node)
    {
        if (!_dates.TryGetValue(node, out var dates))
            _dates[node] = dates = new BootDates();
        return dates;
    }

    /// <summary>How many decisions arrived for an attempt.</summary>
    public int DecisionsOf(string node, string attempt) => _decisions.GetValueOrDefault((node, attempt));

    /// <summary>Takes a record; gives the sequence up to which the journal is held.</summary>
    public long Take(string node, string branch, string journal, JournalRecord record)
    {
        if (!_journals.TryGetValue((node, journal), out var held))
            _journals[(node, journal)] = held = [];
        if (record.Sequence <= held.Count && world.Bug != PlantedBug.RecordsTakenTwice)
        {
            world.Hold(held[(int)record.Sequence - 1].Hash.Equals(record.Hash), "a journal never forks", () => $"{node} record {record.Sequence}");
            return held.Count;
        }
        var head = held.Count == 0 ? EventChain.Genesis : held[^1].Hash.Memory;
        var verdict = EventChain.Verify([SealedRecord.ToChain(record)], head, held.Count + 1);
        world.Hold(verdict.IsWhole || world.Bug != PlantedBug.None, "records arrive in order", () => verdict.Problem);
        return Keep(held, node, branch, record);
    }

    private long Keep(List<JournalRecord> held, string node, string branch, JournalRecord record)
    {
        held.Add(record);
        var open = RecordOpen.Parser.ParseFrom(record.Open);
        DatesOf(node).Learn(open);
        if (open.Kind == RecordKind.Decision)
            Join(node, branch, open, record);
        return held[^1].Sequence;
    }

    private void Join(string node, string branch, RecordOpen open, JournalRecord record)
    {
        _decisions[(node, open.AttemptId)] = DecisionsOf(node, open.AttemptId) + 1;
        if (record.Personal.IsEmpty || CardOf(node, RecordPersonal.Parser.ParseFrom(record.Personal).Token.ToByteArray()) is not { } card)
            return;
        var at = DatesOf(node).TimeOf(open) ?? world.Now;
        if (open.Granted)
            register.NoteVisit(card, branch, NodaTime.Instant.Min(at, world.Now));
        if (open.Source == Source.Replica && open.PinResult == PinResult.Wrong && !register.HasAnswered(node, open.AttemptId))
            register.MergeGuess(register.Index.Card(card.CardId)!, at);
    }
}
