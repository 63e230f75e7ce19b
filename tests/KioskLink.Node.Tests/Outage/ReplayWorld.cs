using KioskLink.Node.Outage;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Node.Tests.Outage;

/// <summary>What happens in a replay's world.</summary>
internal enum Happening
{
    Act,
    Answer,
    LostAnswer,
    LostRequest,
    Duplicate,
    Puzzle,
    FullDisk,
    Cut,
    Restore,
    PauseOver,
    Kill,
}

/// <summary>One thing that happens.</summary>
/// <param name="What">What.</param>
/// <param name="Item">The item of an act.</param>
internal sealed record Turn(Happening What, int Item);

/// <summary>A disk and a register around the replay's rules; what the register has and what the disk holds survive every kill.</summary>
internal sealed class ReplayWorld
{
    private readonly SortedDictionary<long, (string Subject, bool Settled)> _disk = [];
    private readonly List<long> _upstream = [];
    private ReplayState _state = ReplayState.AtStart;
    private long? _told;
    private WriteOutcome? _outcome;
    private bool _pausing;

    /// <summary>An act that the register cannot make sense of; 0 for none.</summary>
    public long PuzzledForEver { get; init; }

    public IReadOnlyList<long> Upstream => _upstream;

    public bool EachActIsUpstreamOnce => _upstream.Order().SequenceEqual(_disk.Keys);

    public bool OrderHolds => _upstream.Zip(_upstream.Skip(1)).All(pair => pair.First < pair.Second);

    public bool OrderHoldsPerItem => _upstream.GroupBy(sequence => _disk[sequence].Subject).All(item => item.SequenceEqual(item.Order()));

    public bool EveryOutcomeIsWritten => _disk.Values.All(act => act.Settled);

    public void Take(Turn turn)
    {
        switch (turn.What)
        {
            case Happening.Act:
                var sequence = _disk.Count + 1L;
                _disk[sequence] = ($"item {turn.Item}", false);
                Feed(new ActKept(sequence, $"item {turn.Item}"));
                break;
            case Happening.Cut or Happening.Restore:
                Feed(new LinkTurned(turn.What == Happening.Restore));
                break;
            case Happening.PauseOver when _pausing:
                _pausing = false;
                Feed(new PauseOver());
                break;
            case Happening.Kill:
                Restart();
                break;
            case Happening.FullDisk when _outcome is not null:
                _outcome = null;
                Feed(new ActUnanswered());
                break;
            default:
                Answer(turn.What);
                break;
        }
    }

    /// <summary>The network is back, the disk has room, and nobody is killed any more.</summary>
    public void Heal()
    {
        Take(new Turn(Happening.Restore, 0));
        for (var turn = 0; turn < 10_000 && _disk.Values.Any(act => !act.Settled); turn++)
        {
            Take(new Turn(Happening.PauseOver, 0));
            Take(new Turn(Happening.Answer, 0));
        }
    }

    private void Answer(Happening what)
    {
        if (_outcome is { } outcome)
        {
            _outcome = null;
            _disk[outcome.Sequence] = (_disk[outcome.Sequence].Subject, true);
            Feed(new ActSettled());
            return;
        }
        if (_told is not { } sequence)
            return;
        _told = null;
        if (what == Happening.Puzzle || sequence == PuzzledForEver)
        {
            Feed(new ActPuzzled());
            return;
        }
        if (what != Happening.LostRequest)
            Reach(sequence);
        if (what == Happening.Duplicate)
            Reach(sequence);
        Feed(what is Happening.LostAnswer or Happening.LostRequest ? new ActUnanswered() : new ActAnswered(ActState.Taken, LoanReason.Done));
    }

    // The register does the same id once.
    private void Reach(long sequence)
    {
        if (!_upstream.Contains(sequence))
            _upstream.Add(sequence);
    }

    private void Restart()
    {
        (_state, _told, _outcome, _pausing) = (ReplayState.AtStart, null, null, false);
        foreach (var (sequence, act) in _disk.Where(act => !act.Value.Settled))
            Feed(new ActKept(sequence, act.Subject));
        Feed(new LinkTurned(true));
    }

    private void Feed(ReplayInput input)
    {
        (_state, var effects) = ReplayRules.Step(_state, input);
        foreach (var effect in effects)
        {
            _told = effect is TellRegister tell ? tell.Sequence : _told;
            _outcome = effect as WriteOutcome ?? _outcome;
            _pausing |= effect is WaitAWhile;
        }
    }
}
