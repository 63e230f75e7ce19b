using Google.Protobuf.WellKnownTypes;
using Grpc.Net.Client;
using KioskLink.Devices.Profiles;
using KioskLink.Devices.Virtual;
using KioskLink.Node.Hosting;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Node.Tests.Hosting;
using KioskLink.Protos.Node.V1;
using KioskLink.Testing;
using static KioskLink.Protos.Node.V1.DiagnosticsService;

namespace KioskLink.Node.Tests.Diagnostics;

/// <summary>A technician tests the readers of a whole node that speak no OSDP: a scanner, a reader of chip ids and a TWN4, each on a line of its own.</summary>
public sealed class OtherReaderTests : IAsyncLifetime
{
    private static readonly TimeSpan BetweenCards = TimeSpan.FromMilliseconds(500);

    private readonly TempFolder _folder = new();
    private readonly VirtualScanner _scanner = new();
    private readonly VirtualUidReader _chips = new(UidSpelling.Line);
    private readonly VirtualTwn4 _twn4 = new();
    private readonly Dictionary<string, VirtualLine> _lines = [];
    private readonly WholeNode _node;
    private GrpcChannel _channel = null!;
    private byte _cards;

    public OtherReaderTests() => _node = new WholeNode { Change = WithOtherReaders };

    private DiagnosticsServiceClient Client => new(_channel);

    public async Task InitializeAsync()
    {
        foreach (var (name, device) in new (string, VirtualDevice)[] { ("codes", _scanner), ("chips", _chips), ("cards", _twn4) })
            _lines.Add(name, new VirtualLine(_folder[name], 9600, [device], TimeProvider.System));
        _channel = await _node.OpenAsync();
    }

    public async Task DisposeAsync()
    {
        _channel.Dispose();
        await _node.DisposeAsync();
        foreach (var line in _lines.Values)
            line.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_twn4_shows_its_lights_and_sounds_its_tone_and_its_cards_are_counted()
    {
        await Patience.Until(async () => (await Client.ListDevicesAsync(new ListDevicesRequest())).Devices.Any(device => device is { DeviceId: "cards", Online: true }), "the TWN4");

        var steps = await TestAsync("cards", () => _twn4.Present(0x80, Convert.FromHexString("0458A2B26E4F80")));

        Assert.Equal(["red light", "green light", "amber light", "one tone"], steps.Where(step => step is { Sent: true, Step: not ("reads" or "keys") }).Select(step => step.Step));
        Assert.Equal(1, _twn4.Tones);
        Assert.Equal(1, steps.Last(step => step.Step == "reads").Reads);
    }

    [Theory]
    [InlineData("codes")]
    [InlineData("chips")]
    public async Task A_reader_without_lights_is_there_and_what_it_reads_is_counted(string reader)
    {
        var steps = await TestAsync(reader, () => Read(reader));

        Assert.All(steps.Take(5), step => Assert.False(step.Sent));
        Assert.True(steps.Last(step => step.Step == "reads") is { Sent: true, Reads: 1 });
    }

    [Theory]
    [InlineData("codes")]
    [InlineData("chips")]
    public async Task A_replug_of_a_reader_that_says_nothing_by_itself_is_passed_by_what_it_reads(string reader)
    {
        var last = await ReplugAsync(reader);

        Assert.True(last is { Done: true, Passed: true, Step: "it reads" }, last.Step);
    }

    [Fact]
    public async Task A_replug_of_a_twn4_is_timed_from_the_return_of_its_port()
    {
        var last = await ReplugAsync("cards");

        Assert.True(last is { Done: true, Passed: true, UsableAfter: not null }, last.Step);
    }

    [Theory]
    [InlineData("codes")]
    [InlineData("cards")]
    public async Task The_doctor_sees_that_the_port_of_a_reader_alone_on_its_line_is_gone(string line)
    {
        _lines[line].Unplug();

        await Patience.Until(async () => (await DoctorAsync()).Contains($"PORT_LOST {line}-line"), "the lost port");
    }

    private async Task<TestReplugResponse> ReplugAsync(string reader)
    {
        using var test = Client.TestReplug(new TestReplugRequest { DeviceId = reader });
        using var enough = new CancellationTokenSource();
        var (last, reading) = (new TestReplugResponse(), Task.CompletedTask);
        while (await Patience.For(test.ResponseStream.MoveNext(CancellationToken.None), "a step"))
        {
            last = test.ResponseStream.Current;
            if (last.Step.StartsWith("pull", StringComparison.Ordinal))
                _lines[reader].Unplug();
            else if (last.Step.StartsWith("it is gone", StringComparison.Ordinal))
                _lines[reader].Replug();
            else if (last.Step.StartsWith("its port is back", StringComparison.Ordinal))
                reading = KeepReadingAsync(reader, enough.Token);
        }
        await enough.CancelAsync();
        await reading;
        return last;
    }

    // What comes at once after the return may be what the port has kept, and counts for nothing: the person holds up one card after the other.
    private async Task KeepReadingAsync(string reader, CancellationToken enough)
    {
        using var pause = new PeriodicTimer(BetweenCards);
        while (!enough.IsCancellationRequested)
        {
            Read(reader);
            await pause.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private async Task<IReadOnlyList<TestReaderResponse>> TestAsync(string reader, Action read)
    {
        using var test = Client.TestReader(new TestReaderRequest { DeviceId = reader, KeysFor = Duration.FromTimeSpan(TimeSpan.FromSeconds(3)) });
        var steps = new List<TestReaderResponse>();
        while (await Patience.For(test.ResponseStream.MoveNext(CancellationToken.None), "a step"))
        {
            steps.Add(test.ResponseStream.Current);
            if (steps[^1] is { Step: "reads", Reads: 0 })
                read();
        }
        return steps;
    }

    private async Task<IReadOnlyList<string>> DoctorAsync()
    {
        using var doctor = Client.RunDoctor(new RunDoctorRequest());
        var sheet = new List<string>();
        while (await Patience.For(doctor.ResponseStream.MoveNext(CancellationToken.None), "the sheet"))
            sheet.AddRange(doctor.ResponseStream.Current.Checks.Select(check => $"{check.Code} {check.Subject}"));
        return sheet;
    }

    private void Read(string reader)
    {
        _cards++;
        if (reader == "codes")
            _scanner.Scan($"244000000000{_cards:00}");
        else
            _chips.Present([0x04, 0x58, 0xA2, _cards]);
    }

    private NodeConfig WithOtherReaders(NodeConfig config) => config with
    {
        Buses = [.. config.Buses, Line("codes", "scanner"), Line("chips", "uid-ascii"), Line("cards", "twn4")],
        Devices = [.. config.Devices, Reader("codes", "virtual-scanner"), Reader("chips", "uid-line"), Reader("cards", "elatec-twn4")],
    };

    private BusConfig Line(string name, string protocol) => new() { Id = $"{name}-line", Path = _folder[name], Baud = 9600, Protocol = protocol };

    private static DeviceConfig Reader(string name, string model) =>
        new() { Id = name, Bus = $"{name}-line", Placement = Placement.Inside, Profile = model, Model = HardwareFolder.Read(model).Profile };
}
