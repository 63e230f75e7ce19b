using KioskLink.Demo.Network;
using KioskLink.Demo.World;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Demo.Script;

/// <summary>What people, cables and electricians do in the demo: used by scripts and by the page alike.</summary>
internal sealed class StepActions(DemoWorld world, TimeProvider time)
{
    private static readonly TimeSpan DoorTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OnlineTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ReaderTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan SettleTimeout = TimeSpan.FromSeconds(30);
    private long _unlocksAtCard;

    /// <summary>The card that was presented last; empty before the first.</summary>
    public string LastCard { get; private set; } = "";

    /// <summary>Waits until a card that is held to the reader now is fresh.</summary>
    /// <exception cref="InvalidOperationException">It never will be as things are; says why.</exception>
    public Task WaitForReaderAsync()
    {
        ThrowUnlessVirtual();
        return !world.NodeRuns ? throw new InvalidOperationException("the node is not running")
            : !world.Hardware.Reader.Powered ? throw new InvalidOperationException("the reader is unplugged")
            : world.WaitForReaderAsync(ReaderTimeout);
    }

    /// <summary>Holds a card to the reader.</summary>
    public void Present(string number)
    {
        LastCard = number;
        _unlocksAtCard = world.Hardware.Leaf.Unlocks;
        world.Hardware.Reader.PresentCard(number);
    }

    /// <summary>Types keys on the keypad.</summary>
    public Task TypeAsync(string keys)
    {
        ThrowUnlessVirtual();
        world.Hardware.Reader.TypeKeys(keys);
        return Task.CompletedTask;
    }

    /// <summary>Checks the door, or moves the leaf.</summary>
    public Task DoorAsync(DoorAction action)
    {
        var leaf = world.Hardware.Leaf;
        switch (action)
        {
            case DoorAction.Push:
                leaf.Push();
                return Task.CompletedTask;
            case DoorAction.Hold:
                leaf.Hold();
                return Task.CompletedTask;
            case DoorAction.Force:
                leaf.Force();
                return Task.CompletedTask;
            default:
                return world.WaitAsync(() => Task.FromResult(IsSo(action)), DoorTimeout, $"the door was not {action.ToString().ToLowerInvariant()}");
        }
    }

    /// <summary>Breaks or mends the network. It breaks once the node has heard what is under way to it; mended means that the node is Online again.</summary>
    public async Task NetworkAsync(NetworkAction action)
    {
        if (action != NetworkAction.Restore)
        {
            await new NodeReach(world, time).WaitForAllAsync();
        }
        world.Network.Switch(action switch
        {
            NetworkAction.Cut => RelayMode.Cut,
            NetworkAction.Reset => RelayMode.Reset,
            _ => RelayMode.Whole,
        });
        if (action == NetworkAction.Restore)
        {
            ThrowUnlessWhole();
            await world.WaitForLinkAsync(OnlineTimeout);
        }
    }

    /// <summary>Bans a patron at this branch, or lifts the ban; where the node can hear of it, it has heard when this returns.</summary>
    public Task BanAsync(string customer, BanKind kind, bool lift) => new BanSteps(world, time).RunAsync(customer, kind, lift);

    /// <summary>Pulls the reader's cable and supply, or plugs them in.</summary>
    public Task ReaderAsync(bool plug)
    {
        ThrowUnlessVirtual();
        if (plug)
        {
            world.Hardware.Reader.PowerOn();
        }
        else
        {
            world.Hardware.Reader.PowerOff();
        }
        return Task.CompletedTask;
    }

    /// <summary>Kills or starts a program.</summary>
    public Task ProgramAsync(ProgramName program, bool start) => (program, start) switch
    {
        (ProgramName.Node, true) => world.StartNodeAsync(),
        (ProgramName.Node, false) => world.KillNodeAsync(),
        (ProgramName.Register, true) => world.StartRegisterAsync(),
        _ => world.KillRegisterAsync(),
    };

    /// <summary>Waits until everything that happened is in the register exactly once and the journal verifies.</summary>
    public Task SettledAsync()
    {
        ThrowUnlessWhole();
        return new Settling(world, time).WaitAsync(SettleTimeout);
    }

    private bool IsSo(DoorAction action)
    {
        var leaf = world.Hardware.Leaf;
        return action switch
        {
            DoorAction.Unlocked => leaf.Unlocks > _unlocksAtCard,
            DoorAction.Locked => !leaf.IsUnlocked,
            DoorAction.Open => leaf.IsOpen,
            _ => !leaf.IsOpen,
        };
    }

    private void ThrowUnlessWhole()
    {
        if (world.Broken is { } reason)
        {
            throw new InvalidOperationException($"the node cannot come online: {reason}");
        }
    }

    private void ThrowUnlessVirtual()
    {
        if (!world.Hardware.HasReader)
        {
            throw new InvalidOperationException("the demo runs with a real reader: hold a card to it, type there, and let 'expect' wait for the decision");
        }
    }
}
