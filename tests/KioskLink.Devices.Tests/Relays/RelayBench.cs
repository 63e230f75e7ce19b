using System.Threading.Channels;
using KioskLink.Devices.Locks;
using KioskLink.Devices.Profiles;
using KioskLink.Devices.Relays;
using KioskLink.Devices.Tests.Bus;
using KioskLink.Devices.Virtual;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Relays;

/// <summary>A virtual relay board on a pty, and the bus under test at its other end. The lock hangs on relay 0.</summary>
internal sealed class RelayBench : IAsyncDisposable
{
    private readonly Channel<DeviceEvent> _events = DeviceEvent.CreateQueue();
    private readonly TempFolder _folder = new();

    public RelayBench(string protocol, VirtualRelayBoard board, bool lockedWhenOn = false, bool timed = false)
    {
        Board = board;
        Board.OutputSwitched += (output, on) => Switched.Post((output, on));
        Line = new VirtualLine(_folder["relays"], 115200, [board], TimeProvider.System);
        Options = new RelayBusOptions
        {
            Id = "bus",
            Path = Line.Path,
            Baud = 115200,
            Protocol = DeviceProtocols.Find(protocol)!.Value,
            Boards = [new() { Id = "board", Address = 1, Outputs = board.Outputs.Count, Timed = timed, Locks = [new LockOutput(0, lockedWhenOn)] }],
            Limits = new() { PollInterval = TimeSpan.FromMilliseconds(50), AbsentInterval = TimeSpan.FromMilliseconds(50), PulseSlack = TimeSpan.FromMilliseconds(200) },
        };
        Bus = new RelayBus(Options, _events.Writer, TimeProvider.System);
    }

    public static RelayBench Of(string protocol, bool lockedWhenOn = false) => protocol switch
    {
        "modbus-rtu" => new(protocol, new VirtualModbusBoard(1), lockedWhenOn, timed: !lockedWhenOn),
        "kmtronic" => new(protocol, new VirtualKmTronicBoard(), lockedWhenOn),
        "lctech" => new(protocol, new VirtualLcTechBoard(2), lockedWhenOn),
        "numato" => new(protocol, new VirtualNumatoBoard(), lockedWhenOn),
        _ => new(protocol, new VirtualDevantechBoard(), lockedWhenOn),
    };

    public RelayBusOptions Options { get; }

    public VirtualRelayBoard Board { get; }

    public VirtualLine Line { get; }

    public RelayBus Bus { get; private set; }

    public Inbox<(int Output, bool On)> Switched { get; } = new();

    public async Task<RelayBench> StartAsync()
    {
        Assert.Null(Bus.Start());
        await Until<DeviceOnline>();
        return this;
    }

    /// <summary>Ends the bus as a stop of the program would.</summary>
    public async Task StopAsync()
    {
        await Bus.DisposeAsync();
        Bus = new RelayBus(Options, _events.Writer, TimeProvider.System);
    }

    public Task<OutputResult> UnlockAsync(double seconds) => Bus.UnlockAsync("board", 0, TimeSpan.FromSeconds(seconds));

    public Task<OutputResult> LockAsync() => Bus.LockAsync("board", 0);

    public Task<T> Until<T>()
        where T : DeviceEvent => _events.Reader.NextAsync<T>();

    public async ValueTask DisposeAsync()
    {
        await Bus.DisposeAsync();
        Line.Dispose();
        _folder.Dispose();
    }
}
