using KioskLink.Node.Deciding;
using KioskLink.Node.RegisterLink;
using KioskLink.Simulation.Centre;
using KioskLink.Simulation.World;
using NodaTime;

namespace KioskLink.Simulation.Branch;

/// <summary>
/// One presentation from the card to its record: the register is asked, the replica decides beside it, and after the register's patience
/// a grant of the replica stands.
/// </summary>
internal sealed class AttemptFlow(NodeRun run, Question question)
{
    private static readonly Duration Deadline = Duration.FromTimeSpan(RegisterDecisions.DoorDeadline);
    private static readonly Duration Hash = Duration.FromMilliseconds(10);
    private SimVerdict? _local;
    private Ground? _ground;
    private bool _guessSpent;
    private bool _isAsked;
    private bool _isInDoubt;
    private bool _isDecided;

    public void Start()
    {
        _isAsked = run.Link.State != LinkState.Offline;
        if (_isAsked)
            Ask();
        run.After(Hash, () =>
        {
            (_local, _ground, _guessSpent) = run.Deciding.DecideAlone(question);
            Choose();
        });
    }

    private void Ask()
    {
        var call = new Connection(run.Node.Wire);
        call.Send(toRegister: true, () => Answer(call), mayRepeat: true);
        _isInDoubt = run.Link.State != LinkState.Online;
        run.Doubted += Doubt;
        run.After(run.Branch?.RegisterPatience ?? Deadline, () =>
        {
            if (!_isAsked || _isDecided)
                return;
            run.Post(LinkInput.CallLate);
            Doubt();
        });
        run.After(Deadline, () =>
        {
            if (!_isAsked)
                return;
            run.Post(LinkInput.CallFailed);
            _isAsked = false;
            Choose();
        });
    }

    private void Answer(Connection call)
    {
        if (run.Node.Register.IsDown)
            return;
        var answer = run.Node.Register.Authorize(question);
        run.World.Agenda.After(Hash, () => call.Send(toRegister: false, () =>
        {
            if (run.IsAlive)
                Take(answer);
        }));
    }

    private void Take(Answer answer)
    {
        if (!_isAsked)
            return;
        _isAsked = false;
        run.Post(LinkInput.CallAnswered);
        if (_isDecided)
            return;
        Decide(new SimVerdict(question, DecisionSource.Register, answer.Decision, PinResults.Of(answer.Decision.Code), answer.Version, Duration.Zero));
    }

    private void Choose()
    {
        if (!_isDecided && _local is { } local && (!_isAsked || (_isInDoubt && local.Decision.Granted)))
            Decide(local);
    }

    private void Doubt()
    {
        _isInDoubt = true;
        Choose();
    }

    private void Decide(SimVerdict verdict)
    {
        _isDecided = true;
        run.Doubted -= Doubt;
        run.World.Decisions++;
        run.Node.Witness.Decided(run, verdict, verdict.Source == DecisionSource.Replica ? _ground : null);
        if (verdict.Source == DecisionSource.Register)
            run.After(Hash, GiveBack);
        run.Deciding.Record(verdict);
    }

    private void GiveBack()
    {
        if (_guessSpent)
            run.Deciding.GiveBack(question.Number);
    }
}
