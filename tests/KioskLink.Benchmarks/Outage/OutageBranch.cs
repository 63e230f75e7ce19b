using System.Diagnostics;
using Google.Protobuf.WellKnownTypes;
using KioskLink.Demo;
using KioskLink.Demo.Network;
using KioskLink.Demo.Setup;
using KioskLink.Demo.World;
using KioskLink.Protos.Register.V1;
using KioskLink.Testing;

namespace KioskLink.Benchmarks.Outage;

/// <summary>The demo's branch: real register, real node, a network between them that can be cut, a reader and a door.</summary>
internal sealed class OutageBranch : IAsyncDisposable
{
    private const string Card = "29909090000018";
    private const string Pin = "2601";
    private static readonly TimeSpan UnlockFor = TimeSpan.FromMilliseconds(500);
    private readonly TempFolder _folder = new();
    private readonly DemoWorld _world;

    private OutageBranch() => _world = new DemoWorld(
        new DemoOptions(
            _folder.Path, DataIsTemporary: false, Headless: true, Script: null, Patrons: null, Reader: null, ReaderBaud: 9600, ReaderAddress: 0,
            PagePort: 0, RegisterPort: FreePort.Next(), KioskPort: FreePort.Next())
        { MachinePort = FreePort.Next() },
        TextWriter.Null,
        TimeProvider.System);

    /// <summary>How long a patron waits for the register at most before the replica's grant stands.</summary>
    public static TimeSpan RegisterPatience { get; } = DemoBranch.Describe().RegisterPatience.ToTimeSpan();

    /// <summary>Opens the branch; its doors unlock for a moment only, and the patron is in its replica.</summary>
    public static async Task<OutageBranch> OpenAsync()
    {
        var opened = new OutageBranch();
        await opened._world.StartAsync();
        var branch = DemoBranch.Describe();
        branch.UnlockFor = Duration.FromTimeSpan(UnlockFor);
        await new BranchService.BranchServiceClient(opened._world.Register).ApplyBranchAsync(new ApplyBranchRequest { Branch = branch });
        await opened.PresentAsync();
        await Patience.Until(async () => (await opened._world.StatusAsync())?.Entitlements > 0, "the card is in the replica");
        return opened;
    }

    /// <summary>Breaks the network.</summary>
    public void Break(RelayMode mode) => _world.Network.Switch(mode);

    /// <summary>Mends the network and waits until the node is online.</summary>
    public async Task MendAsync()
    {
        _world.Network.Switch(RelayMode.Whole);
        await _world.WaitForLinkAsync(Patience.Event);
    }

    /// <summary>Presents the card and types the PIN; the time until the door's relay switches. Returns when the door is locked and the reader ready again.</summary>
    public async Task<TimeSpan> PresentAsync()
    {
        await _world.WaitForReaderAsync(Patience.Event);
        var leaf = _world.Hardware.Leaf;
        var (unlocked, locked) = (NewEvent(), NewEvent());
        void Notice() => (leaf.IsUnlocked ? unlocked : locked).TrySetResult(Stopwatch.GetTimestamp());
        leaf.Changed += Notice;
        try
        {
            var started = Stopwatch.GetTimestamp();
            _world.Hardware.Reader.PresentCard(Card);
            _world.Hardware.Reader.TypeKeys(Pin + "#");
            var at = await Patience.For(unlocked.Task, "the door's unlocking");
            await Patience.For(locked.Task, "the door's locking");
            return Stopwatch.GetElapsedTime(started, at);
        }
        finally
        {
            leaf.Changed -= Notice;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        _folder.Dispose();
    }

    private static TaskCompletionSource<long> NewEvent() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
