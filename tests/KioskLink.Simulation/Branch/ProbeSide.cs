using KioskLink.Node.RegisterLink;
using KioskLink.Simulation.World;
using NodaTime;

namespace KioskLink.Simulation.Branch;

/// <summary>Asks after the register when a card is read, so that a dead network shows while the PIN is typed.</summary>
internal sealed class ProbeSide(NodeRun run)
{
    private static readonly Duration Deadline = Duration.FromSeconds(2);
    private bool _isUnderWay;

    public void Ask()
    {
        if (_isUnderWay || run.Link.State != LinkState.Online)
            return;
        _isUnderWay = true;
        var isAnswered = false;
        var call = new Connection(run.Node.Wire);
        call.Send(toRegister: true, () =>
        {
            if (!run.Node.Register.IsDown)
                call.Send(toRegister: false, () =>
                {
                    isAnswered = true;
                    End(LinkInput.CallAnswered);
                });
        });
        run.After(run.Branch?.RegisterPatience ?? Deadline, () =>
        {
            if (!isAnswered)
                run.Post(LinkInput.CallLate);
        });
        run.After(Deadline, () =>
        {
            if (!isAnswered)
                End(LinkInput.CallFailed);
        });
    }

    private void End(LinkInput input)
    {
        _isUnderWay = false;
        if (run.IsAlive)
            run.Post(input);
    }
}
