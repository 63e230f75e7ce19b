using KioskLink.Node.Doors;
using KioskLink.Node.Hosting;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Doors;
using KioskLink.Rules.Premises;

namespace KioskLink.Node.Passages;

/// <summary>The people at the doors of a node: who is inside, which doors open one at a time, who comes in behind others. Thread-safe.</summary>
internal sealed class PassageDesk : IDisposable
{
    private readonly PassageLoop _loop;
    private readonly AntiPassback _antiPassback;
    private readonly DoorwayWork _work;

    /// <summary>Wires the passages of a checked configuration; nothing moves.</summary>
    public PassageDesk(NodeConfig config, IReadOnlyDictionary<string, DoorLoop> doors, DoorwayWork work, TimeProvider time)
    {
        (_antiPassback, _work) = (config.AntiPassback, work);
        var counters = config.Doors.SelectMany(door => door.Inputs).Select(input => input.Role).ToHashSet();
        var hasCounter = counters.Contains(InputConfig.CounterInRole) && counters.Contains(InputConfig.CounterOutRole);
        Book = new InsideBook(config.Data, hasCounter || config.Entrances.Any(entrance => entrance.Side == Side.Out), hasCounter, work.Alarm);
        Interlocks = new Interlocks(config.Interlocks, doors);
        var loopWork = new PassageWork
        {
            Now = work.Now,
            Record = work.Record,
            Alarm = work.Alarm,
            OpensUnrecorded = () => work.Branch() is { OpenWithoutRecord: true },
        };
        _loop = new PassageLoop(config, doors, Interlocks, Book, loopWork, time);
    }

    /// <summary>Who is counted inside.</summary>
    public InsideBook Book { get; }

    /// <summary>Opens doors, of interlocked ones one at a time.</summary>
    public Interlocks Interlocks { get; }

    /// <summary>Whether a card is refused since it is inside already.</summary>
    public bool Refuses(string? card) => _antiPassback == AntiPassback.Rule && IsInside(card);

    /// <summary>Takes what a door tells. Returns at once.</summary>
    public void Hear(string doorId, DoorEvent happened)
    {
        if (happened == DoorEvent.Closed)
            _work.Alarm($"tailgate {doorId}", null);
        _loop.Post(new DoorTold(doorId, happened));
    }

    /// <summary>A counter saw somebody pass. Returns at once.</summary>
    public void Count(string doorId, bool inwards) => _loop.Post(new Counted(doorId, inwards));

    /// <summary>The branch has become something else. Returns at once.</summary>
    public void Turn(BranchState from, BranchState to) => _loop.Post(new BranchTurned(from, to));

    /// <summary>Opens a door for somebody with a card, and counts who comes in.</summary>
    public async Task<Passing> LetInAsync(DoorLoop door, DoorGranted grant, string? card)
    {
        var wasInside = IsInside(card);
        var passing = await Interlocks.UnlockAsync(door, grant);
        if (passing.Outcome != Outcome.Unlocked)
            return passing;
        if (!door.Standing.IsFree)
            _loop.Post(new LetIn(door.Id, grant.AttemptId, _work.NameOf(card) ?? "", grant.UnlockFor, grant.Patience));
        if (wasInside && _antiPassback != AntiPassback.Off)
            _ = _work.Record(new RecordOpen { Kind = RecordKind.Door, DoorId = door.Id, AttemptId = grant.AttemptId, Detail = "anti-passback: the card was inside already" });
        return passing;
    }

    /// <summary>Somebody who is inside already has shown a card to a reader inside.</summary>
    public Passing CheckIn(string? card)
    {
        _loop.Post(new SeenInside(_work.NameOf(card) ?? ""));
        return new Passing(Outcome.NotMoved, Withheld.CheckedIn);
    }

    /// <summary>Runs until stopped.</summary>
    public IEnumerable<Task> RunAsync(CancellationToken stopping) => [_loop.RunAsync(stopping), Book.RunAsync(stopping)];

    /// <summary>Ends the timers.</summary>
    public void Dispose() => _loop.Dispose();

    private bool IsInside(string? card) => _work.NameOf(card) is { Length: > 0 } who && Book.Holds(who);
}
