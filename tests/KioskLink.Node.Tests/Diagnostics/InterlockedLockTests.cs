using Grpc.Net.Client;
using KioskLink.Node.Hosting;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Node.Tests.Hosting;
using KioskLink.Node.Tests.Rig;
using KioskLink.Protos.Node.V1;
using KioskLink.Testing;
using static KioskLink.Protos.Node.V1.DiagnosticsService;

namespace KioskLink.Node.Tests.Diagnostics;

/// <summary>A technician tests the lock of one door of an airlock of a whole node.</summary>
public sealed class InterlockedLockTests : IAsyncLifetime
{
    private const int InnerContact = 2;
    private readonly WholeNode _node = new() { Change = WithAirlock };
    private GrpcChannel _channel = null!;

    public async Task InitializeAsync() => _channel = await _node.OpenAsync();

    public async Task DisposeAsync()
    {
        _channel.Dispose();
        await _node.DisposeAsync();
    }

    [Fact]
    public async Task A_lock_is_not_tested_while_the_interlocked_door_is_open_and_is_when_it_is_closed()
    {
        _node.Module.SetInput(InnerContact, true);
        await Patience.Until(async () => (await _node.StatusAsync()).Doors.Single(door => door.DoorId == "inner").State == "Forced", "the open inner door");

        var refused = await TestAsync();

        Assert.Equal((false, "A door that is interlocked with it is open: close that one first."), (refused.Unlocked, refused.Problem));
        Assert.DoesNotContain(_node.Relay.Drain(), switched => switched.On);
        _node.Module.SetInput(InnerContact, false);
        await Patience.Until(async () => (await TestAsync()).Unlocked, "the closed inner door");
        await _node.Relay.NextWhere(switched => switched == (0, true), "the lock");
    }

    private async Task<TestRelayResponse> TestAsync() =>
        await new DiagnosticsServiceClient(_channel).TestRelayAsync(new TestRelayRequest { DoorId = Samples.Door, DoorMayOpen = true });

    private static NodeConfig WithAirlock(NodeConfig config) => config with
    {
        Doors =
        [
            config.Doors[0] with { Inputs = [new InputConfig { Role = InputConfig.ContactRole, Device = "io", Input = 0 }] },
            new DoorConfig { Id = "inner", Outputs = [new OutputConfig { Device = "io", Output = 1 }], Inputs = [new InputConfig { Role = InputConfig.ContactRole, Device = "io", Input = InnerContact }] },
        ],
        Interlocks = [new InterlockConfig { Doors = [Samples.Door, "inner"] }],
    };
}
