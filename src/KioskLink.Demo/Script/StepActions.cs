using Google.Protobuf.WellKnownTypes;
using KioskLink.Demo.Network;
using KioskLink.Demo.Setup;
using KioskLink.Demo.World;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Demo.Script;

/// <summary>What people, cables and electricians do in the demo: used by scripts and by the page alike.</summary>
internal sealed class StepActions(DemoWorld world, TimeProvider time)
{
    private static readonly TimeSpan DoorTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OnlineTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan SettleTimeout = TimeSpan.FromSeconds(30);
    private long _unlocksAtCard;

    /// <summary>The card that was presented last; empty before the first.</summary>
    public string LastCard { get; private set; } = "";

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

    /// <summary>Breaks or mends the network; mended means that the node is Online again.</summary>
    public async Task NetworkAsync(NetworkAction action)
    {
        world.Network.Switch(action switch
        {
            NetworkAction.Cut => RelayMode.Cut,
            NetworkAction.Reset => RelayMode.Reset,
            _ => RelayMode.Whole,
        });
        if (action == NetworkAction.Restore)
        {
            await world.WaitForLinkAsync(OnlineTimeout);
        }
    }

    /// <summary>Bans a patron at this branch, or lifts the ban.</summary>
    public async Task BanAsync(string customer, BanKind kind, bool lift)
    {
        var bans = new BanService.BanServiceClient(world.Register);
        if (lift)
        {
            var which = new PatronBans { CustomerId = customer, Kind = kind };
            await bans.LiftBanAsync(new LiftBanRequest { PatronBans = which, Reason = "demo" });
            return;
        }
        var now = time.GetUtcNow();
        var ban = new Ban
        {
            CustomerId = customer,
            Kind = kind,
            StartTime = Timestamp.FromDateTimeOffset(now),
            EndTime = Timestamp.FromDateTimeOffset(now.AddDays(7)),
            Reason = "demo",
            DecidedBy = "demo 2/2026",
        };
        ban.BranchIds.Add(DemoBranch.Id);
        await bans.AddBanAsync(new AddBanRequest { Ban = ban });
    }

    /// <summary>Pulls the reader's cable and supply, or plugs them in.</summary>
    public Task ReaderAsync(bool plug)
    {
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
    public Task SettledAsync() => new Settling(world).WaitAsync(SettleTimeout);

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
}
