using System.Threading.Channels;
using KioskLink.Devices.Locks;
using KioskLink.Devices.Osdp;
using KioskLink.Devices.Profiles;
using KioskLink.Devices.Virtual;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Bus;

/// <summary>The captures shipped with the OSDP devices that can be bought: played to a bus under the profile beside them, they tell what the capture says.</summary>
public sealed class OsdpCaptureTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Channel<DeviceEvent> _events = DeviceEvent.CreateQueue();

    [Fact]
    public async Task The_capture_of_a_reader_gives_its_card_and_its_keys()
    {
        using var line = Play("readers/osdp-reader/captures/session.txt");
        await using var bus = Start(line, "osdp-reader", address: 1);

        Assert.True((await _events.Reader.NextAsync<DeviceOnline>()).Capabilities is { Leds: 1, ReceiveSize: 256 });
        Assert.Equal("06725990", (await _events.Reader.NextAsync<CardScanned>()).Card.Number);
        Assert.Equal("1234#", new string((await _events.Reader.NextAsync<KeysPressed>()).Keys.Keys));
    }

    [Fact]
    public async Task The_capture_of_a_module_unlocks_by_its_own_timer_and_tells_of_its_contact()
    {
        using var line = Play("locks/osdp-io/captures/session.txt");
        await using var bus = Start(line, "osdp-io", address: 2, new LockOutput(0));

        Assert.True((await _events.Reader.NextAsync<DeviceOnline>()).Capabilities is { Inputs: 4, Outputs: 2, OutputsTimed: true });
        Assert.Equal(OutputResult.Acknowledged, await bus.UnlockAsync("device", 0, TimeSpan.FromSeconds(2)));
        // The first input is told with the others at the start, and as opened by a poll.
        while (!(await _events.Reader.NextAsync<InputChanged>()).Active)
        {
        }
    }

    public void Dispose() => _folder.Dispose();

    private VirtualLine Play(string capture) => new(_folder["line"], 38400, [new VirtualReplay(Read(capture))], TimeProvider.System);

    private OsdpBus Start(VirtualLine line, string model, byte address, params LockOutput[] locks)
    {
        var (profile, problem) = HardwareFolder.Read(model);
        Assert.Null(problem);
        var device = new OsdpDeviceOptions { Id = "device", Address = address, Secure = SecureMode.Clear, Profile = profile, Locks = locks };
        var bus = new OsdpBus(new() { Id = "bus", Path = line.Path, Baud = line.Baud, Devices = [device] }, _events.Writer, TimeProvider.System);
        Assert.Null(bus.Start());
        return bus;
    }

    private static IEnumerable<CapturedFrame> Read(string capture) =>
        File.ReadLines(Path.Combine(SolutionRoot.Path, "hardware", capture))
            .Where(line => line[0] is '>' or '<')
            .Select(line => new CapturedFrame(
                DateTimeOffset.UnixEpoch, line[0] == '>' ? FrameDirection.Sent : FrameDirection.Received, Convert.FromHexString(line[1..].Replace(" ", "", StringComparison.Ordinal)), Masked: false));
}
