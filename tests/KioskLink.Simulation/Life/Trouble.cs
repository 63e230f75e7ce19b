using KioskLink.Simulation.Branch;
using KioskLink.Simulation.Centre;
using KioskLink.Simulation.World;
using NodaTime;

namespace KioskLink.Simulation.Life;

/// <summary>Strikes with faults, and in the end takes them all back.</summary>
internal sealed class Trouble(SimWorld world, SimRegister register, IReadOnlyList<SimNode> nodes)
{
    private static readonly (int From, int To)[] OutageSeconds = [(1, 4), (5, 60), (600, 7200), (7200, 36000)];

    /// <summary>Lets an episode have none to three faults.</summary>
    public void Strike()
    {
        for (var many = world.Chance.Below(4); many > 0; many--)
        {
            var node = world.Chance.Pick(nodes);
            world.Agenda.After(world.Chance.Seconds(0, 25), () => Strike(node));
        }
    }

    /// <summary>Ends every fault.</summary>
    public void End()
    {
        register.IsDown = false;
        foreach (var node in nodes)
        {
            node.Wire.Heal();
            node.Disk.Writing = null;
            node.Disk.IsFull = false;
            node.Board.Silence(isDead: false);
            node.Start();
        }
    }

    private void Strike(SimNode node)
    {
        switch (world.Chance.Below(11))
        {
            case 0 or 1 or 2: node.Wire.Cut(Outage()); break;
            case 3: node.Wire.Slow(world.Chance.Seconds(3, 30)); break;
            case 4: Kill(node); break;
            case 5: node.Disk.Writing = () => world.Agenda.After(world.Chance.Milliseconds(0, 40), () => Kill(node)); break;
            case 6: For(Fault.FullDisk, on => node.Disk.IsFull = on); break;
            case 7: Jump(node); break;
            case 8: LoseReader(node); break;
            case 9: For(Fault.DeadLock, node.Board.Silence); break;
            default: StopRegister(); break;
        }
    }

    private Duration Outage()
    {
        var (from, to) = world.Chance.Pick(OutageSeconds);
        return world.Chance.Seconds(from, to);
    }

    private void Kill(SimNode node)
    {
        node.Kill(withMachine: world.Chance.OneIn(3));
        world.Agenda.After(world.Chance.Milliseconds(200, 12_000), node.Start);
    }

    private void For(Fault fault, Action<bool> set)
    {
        world.Faults.Count(fault);
        set(true);
        world.Agenda.After(world.Chance.Seconds(1, 20), () => set(false));
    }

    // A battery clock is believed after a reboot: whoever sets it and reboots may move the time by days.
    private void Jump(SimNode node)
    {
        world.Faults.Count(Fault.ClockJump);
        node.Skew = !node.HasBatteryClock ? world.Chance.Seconds(-800_000, 800_000)
            : world.Chance.OneIn(2) ? world.Chance.Seconds(-60, 60)
            : world.Chance.Seconds(0, 500_000);
        if (world.Chance.OneIn(2))
            Reboot(node);
    }

    private void Reboot(SimNode node)
    {
        node.Kill(withMachine: true);
        world.Agenda.After(world.Chance.Milliseconds(200, 12_000), node.Start);
    }

    private void LoseReader(SimNode node)
    {
        world.Faults.Count(Fault.DeadReader);
        node.Run?.Reader.Lose(world.Chance.Seconds(1, 20));
    }

    private void StopRegister()
    {
        world.Faults.Count(Fault.RegisterDown);
        register.IsDown = true;
        foreach (var node in nodes)
            node.Wire.Reset();
        world.Agenda.After(world.Chance.Seconds(1, 15), () => register.IsDown = false);
    }
}
