using System.Threading.Channels;
using KioskLink.Devices.Osdp;
using KioskLink.Devices.Virtual;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Bus;

/// <summary>A factory-new reader that holds the install key, alone on its line.</summary>
internal sealed class InstallBench : IAsyncDisposable
{
    private readonly Channel<DeviceEvent> _events = DeviceEvent.CreateQueue();
    private readonly TempFolder _folder = new();
    private readonly VirtualLine _line;

    public InstallBench(SecureMode mode)
    {
        _line = new VirtualLine(_folder["line"], 115200, [Reader], TimeProvider.System);
        var device = new OsdpDeviceOptions { Id = "reader", Address = 1, Secure = mode, Keys = mode == SecureMode.Scbk ? [Bench.ReaderKey] : [] };
        Bus = new OsdpBus(new() { Id = "bus", Path = _line.Path, Baud = 115200, Devices = [device] }, _events.Writer, TimeProvider.System);
        Assert.Null(Bus.Start());
    }

    public OsdpBus Bus { get; }

    public VirtualReader Reader { get; } = new(1, SecureChannel.DefaultKey()) { HoldsInstallKey = true };

    public Task<T> Until<T>()
        where T : DeviceEvent => _events.Reader.NextAsync<T>();

    public async ValueTask DisposeAsync()
    {
        await Bus.DisposeAsync();
        _line.Dispose();
        _folder.Dispose();
    }
}
