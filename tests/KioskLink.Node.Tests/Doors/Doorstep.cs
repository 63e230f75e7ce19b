using KioskLink.Devices.Virtual;
using KioskLink.Node.Buses;
using KioskLink.Node.Deciding;
using KioskLink.Node.Doors;
using KioskLink.Node.Hosting;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Node.Journal;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using KioskLink.Testing;
using NodaTime;
using Period = KioskLink.Rules.Branches.Period;
using RecordOpen = KioskLink.Protos.Types.V1.RecordOpen;

namespace KioskLink.Node.Tests.Doors;

/// <summary>A door with a virtual reader outside and a virtual I/O module inside on one real line, and a decider that a test scripts.</summary>
internal sealed class Doorstep : IAsyncDisposable
{
    public const string Card = "20000000000014";
    public const string Badge = "20000000000022";
    private static readonly byte[] ReaderKey = [.. Enumerable.Range(1, 16).Select(value => (byte)value)];
    private static readonly byte[] SecondKey = [.. Enumerable.Range(51, 16).Select(value => (byte)value)];
    private static readonly byte[] ModuleKey = [.. Enumerable.Range(101, 16).Select(value => (byte)value)];

    private readonly TempFolder _folder = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public Doorstep(bool pluggedIn = true, Func<NodeConfig, NodeConfig>? change = null)
    {
        LinePath = _folder["bus0"];
        Reader = new VirtualReader(1, ReaderKey);
        Module = new VirtualIoModule(2, ModuleKey, inputs: 8);
        Second = new VirtualReader(3, SecondKey);
        Module.OutputSwitched += (output, on) => Relay.Post((output, on));
        Line = new VirtualLine(LinePath, 115200, [Reader, Module, Second], TimeProvider.System);
        if (!pluggedIn)
            Line.Unplug();
        _folder.Write("keys.json", $$"""{ "reader": "{{Convert.ToHexString(ReaderKey)}}", "io": "{{Convert.ToHexString(ModuleKey)}}", "second": "{{Convert.ToHexString(SecondKey)}}" }""");
        Config = change is null ? MakeConfig() : change(MakeConfig());
        Doorways = Open();
    }

    public string LinePath { get; }

    public NodeConfig Config { get; }

    public VirtualReader Reader { get; }

    public VirtualIoModule Module { get; }

    /// <summary>A second reader, which a test's configuration may use.</summary>
    public VirtualReader Second { get; }

    public VirtualLine Line { get; }

    public Doorways Doorways { get; }

    public Inbox<(int Output, bool On)> Relay { get; } = new();

    public Inbox<RecordOpen> Journal { get; } = new();

    public Inbox<(string? Card, string Pin)> Presented { get; } = new();

    public Inbox<string> Alarms { get; } = new();

    /// <summary>The subjects of alarms that are over, raised or not.</summary>
    public Inbox<string> Over { get; } = new();

    public Func<Presentation, Task<DecisionRecord>> Decide { get; set; } = presentation => Task.FromResult(Decided(presentation, DecisionCode.Granted));

    public Instant Now { get; set; } = Instant.FromDateTimeOffset(VirtualTime.Noon);

    public bool ClockTrusted { get; set; } = true;

    public BranchPolicy Branch { get; set; } = new()
    {
        Id = "FI-Test",
        Consortium = "test",
        Hours = new OpeningHours(new Dictionary<IsoDayOfWeek, IReadOnlyList<Period>> { [IsoDayOfWeek.Tuesday] = [new Period(0, 1440, PeriodKind.Staffed)] },
            new Dictionary<LocalDate, IReadOnlyList<Period>>()),
    };

    /// <summary>The second reader as a device, and the entrance that it makes.</summary>
    public static NodeConfig WithSecond(NodeConfig config, string door, Side side) => config with
    {
        Devices = [.. config.Devices, new DeviceConfig { Id = "second", Bus = "bus0", Address = 3, Placement = Placement.Inside }],
        Entrances = [.. config.Entrances, new EntranceConfig { Id = "second", Door = door, Side = side, Cards = ["second"], Display = "second" }],
    };

    /// <summary>A second door behind the front one: lock on output 1, contact on input 2, exit button on input 3.</summary>
    public static NodeConfig WithInnerDoor(NodeConfig config) => config with
    {
        Doors =
        [
            .. config.Doors,
            new DoorConfig
            {
                Id = "inner",
                Outputs = [new OutputConfig { Device = "io", Output = 1, ContinuousDuty = true }],
                Inputs = [new InputConfig { Role = "contact", Device = "io", Input = 2 }, new InputConfig { Role = "exit", Device = "io", Input = 3 }],
            },
        ],
    };

    /// <summary>The same with a counter of people: input 4 counts in, input 5 out.</summary>
    public static NodeConfig WithCounter(NodeConfig config) => config with
    {
        Doors =
        [
            config.Doors[0] with
            {
                Inputs =
                [
                    .. config.Doors[0].Inputs,
                    new InputConfig { Role = InputConfig.CounterInRole, Device = "io", Input = 4 },
                    new InputConfig { Role = InputConfig.CounterOutRole, Device = "io", Input = 5 },
                ],
            },
        ],
    };

    public static DecisionRecord Decided(Presentation presentation, DecisionCode code, double seconds = 2) => new()
    {
        AttemptId = presentation.AttemptId,
        DoorId = presentation.DoorId,
        Decision = new Decision(code, Duration.FromSeconds(seconds), Language.Fi, null),
        Source = DecisionSource.Register,
        Message = code is DecisionCode.Granted ? "Tervetuloa" : "Ei kelpaa",
        Recorded = true,
    };

    /// <summary>Another set of loops on the same wiring, as a second process would have.</summary>
    public Doorways Open() => new(Config, OsdpKeys.Read(Config.Keys!), Work(), TimeProvider.System);

    public async Task StartAsync()
    {
        Doorways.Start();
        _running = Doorways.RunAsync(_stopping.Token);
        Doorways.ShowReady(true);
        if (Line.PluggedIn)
            await ReadyAsync();
    }

    public Task ReadyAsync() => Patience.Until(() => Reader.ReadyForCards && Module.SessionPolls > 1, "the ready light");

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Doorways.DisposeAsync();
        Line.Dispose();
        _stopping.Dispose();
        _folder.Dispose();
    }

    private DoorwayWork Work() => new()
    {
        Now = () => Now,
        ClockTrusted = () => ClockTrusted,
        Branch = () => Branch,
        ReliableBranch = () => ClockTrusted ? Branch : null,
        IsCard = card => card is not null,
        BadgeOf = card => card == Badge ? BadgeRole.Staff : null,
        NameOf = card => card,
        CardRead = () => { },
        Decide = presentation =>
        {
            Presented.Post((presentation.Card, System.Text.Encoding.ASCII.GetString(presentation.Pin)));
            return Decide(presentation);
        },
        Record = open =>
        {
            Journal.Post(open);
            return Task.FromResult(new AppendResult(1, null));
        },
        Reached = (_, _, _) => { },
        Alarm = (subject, sentence) =>
        {
            if (sentence is not null)
                Alarms.Post(sentence);
            else
                Over.Post(subject);
        },
    };

    private NodeConfig MakeConfig() => new()
    {
        Node = "test",
        Branch = "FI-Test",
        Data = _folder.Path,
        Keys = _folder["keys.json"],
        Buses = [new BusConfig { Id = "bus0", Path = LinePath, Baud = 115200 }],
        Devices =
        [
            new DeviceConfig { Id = "reader", Bus = "bus0", Address = 1, Placement = Placement.Outside },
            new DeviceConfig { Id = "io", Bus = "bus0", Address = 2, Placement = Placement.Inside },
        ],
        Entrances = [new EntranceConfig { Id = "front-in", Door = "front", Cards = ["reader"], Pin = "reader", Display = "reader" }],
        Doors =
        [
            new DoorConfig
            {
                Id = "front",
                Outputs = [new OutputConfig { Device = "io", Output = 0, ContinuousDuty = true }],
                Inputs = [new InputConfig { Role = "contact", Device = "io", Input = 0 }, new InputConfig { Role = "exit", Device = "io", Input = 1 }],
            },
        ],
    };
}
