using NodaTime;

namespace KioskLink.Simulation.World;

/// <summary>The network between one node and the register: cut without a word, or slow, as it pleases.</summary>
internal sealed class Wire(SimWorld world)
{
    public SimWorld World => world;

    public bool IsCut { get; private set; }

    public bool IsSlow { get; private set; }

    /// <summary>Drops every byte for a time and leaves connections open.</summary>
    public void Cut(Duration span)
    {
        world.Faults.Count(Fault.Cut);
        IsCut = true;
        world.Agenda.After(span, () => IsCut = false);
    }

    public void Slow(Duration span)
    {
        world.Faults.Count(Fault.Delay);
        IsSlow = true;
        world.Agenda.After(span, () => IsSlow = false);
    }

    /// <summary>Counts the resets: a connection of before is broken.</summary>
    public long Resets { get; private set; }

    /// <summary>Ends every connection.</summary>
    public void Reset() => Resets++;

    /// <summary>Ends every fault.</summary>
    public void Heal() => (IsCut, IsSlow) = (false, false);

    public Duration Travel() => IsSlow ? world.Chance.Milliseconds(100, 1500) : world.Chance.Milliseconds(1, 30);
}

/// <summary>One connection: in order, or broken for good once a byte was lost.</summary>
internal sealed class Connection(Wire wire)
{
    private readonly Instant[] _last = new Instant[2];
    private readonly long _resets = wire.Resets;
    private bool _isBroken;

    public bool IsBroken => _isBroken || _resets != wire.Resets;

    /// <summary>Whether bytes would arrive now.</summary>
    public bool IsHealthy => !IsBroken && !wire.IsCut;

    public void Break() => _isBroken = true;

    /// <summary>Carries something to the other end, sometimes twice where it may be repeated.</summary>
    public void Send(bool toRegister, Action deliver, bool mayRepeat = false)
    {
        if (Lost())
            return;
        ref var last = ref _last[toRegister ? 1 : 0];
        last = Instant.Max(last, wire.World.Now + wire.Travel());
        wire.World.Agenda.At(last, () => Deliver(deliver, mayRepeat));
    }

    private void Deliver(Action deliver, bool mayRepeat)
    {
        if (Lost())
            return;
        deliver();
        if (mayRepeat && wire.World.Chance.OneIn(20))
        {
            wire.World.Faults.Count(Fault.Duplicate);
            deliver();
        }
    }

    private bool Lost()
    {
        _isBroken |= wire.IsCut;
        return IsBroken;
    }
}
