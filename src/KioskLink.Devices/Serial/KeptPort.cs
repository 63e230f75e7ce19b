namespace KioskLink.Devices.Serial;

/// <summary>A port that is opened again for ever, and what its owner's listeners are told of it. One thread at a time: the one that starts the owner's loop, then the loop.</summary>
/// <param name="link">The line; it stays its owner's.</param>
/// <param name="id">The owner's name in events.</param>
/// <param name="lost">What is said when the port vanishes.</param>
/// <param name="tell">Hands an event on; returns at once.</param>
/// <param name="clock">Dates events.</param>
internal sealed class KeptPort(ISerialLink link, string id, string lost, Action<DeviceEvent> tell, TimeProvider clock)
{
    private readonly Reopening _reopening = new();

    /// <summary>Whether the port is open.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Opens it for the first time. A missing port is no problem, it is waited for; a busy or forbidden one is, and nothing is told.</summary>
    public PortProblem? OpenFirst()
    {
        var problem = link.Open();
        if (problem is { Kind: not PortProblemKind.Missing })
            return problem;
        IsOpen = problem is null;
        tell(IsOpen ? new PortBack(id, clock.GetUtcNow()) : new PortLost(id, problem!.Sentence, clock.GetUtcNow()));
        return null;
    }

    /// <summary>Waits until it is time to try, or tries; true when the port is open again.</summary>
    public bool Reopen(TimeSpan now)
    {
        if (_reopening.DueIn(now) is { Ticks: > 0 } wait)
            link.Wait(wait);
        else if (link.Open() is not { } problem)
            IsOpen = true;
        else if (_reopening.Failed(problem.Kind, now))
            tell(new PortLost(id, problem.Sentence, clock.GetUtcNow()));
        if (!IsOpen)
            return false;
        _reopening.Opened();
        tell(new PortBack(id, clock.GetUtcNow()));
        return true;
    }

    /// <summary>It has vanished.</summary>
    public void Lose()
    {
        IsOpen = false;
        link.Close();
        tell(new PortLost(id, lost, clock.GetUtcNow()));
    }
}
