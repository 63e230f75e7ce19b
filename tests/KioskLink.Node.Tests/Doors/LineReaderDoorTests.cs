using KioskLink.Devices.Profiles;
using KioskLink.Devices.Virtual;
using KioskLink.Node.Deciding;
using KioskLink.Node.Hosting;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Rules.Access;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Doors;

/// <summary>Doors whose cards or PINs come from scanners and converters on lines of their own, beside the reader's.</summary>
public sealed class LineReaderDoorTests : IDisposable
{
    private const string Good = """
        { "node": "renkomaki-front", "branch": "FI-Lh-Renkomaki", "register": "https://127.0.0.1:7443", "data": "./node",
          "keyCustody": "disk", "diskCustodyAcceptedBy": "a test, 2026-11-01",
          "buses":     [ { "id": "codes", "path": "./codes", "baud": 9600, "protocol": "wiegand" }, { "id": "bus0", "path": "./bus0", "baud": 9600 } ],
          "devices":   [ { "id": "wall", "bus": "codes", "placement": "inside", "profile": "s4a-wiegand" },
                         { "id": "io", "bus": "bus0", "address": 2, "placement": "inside", "secure": "clear", "profile": "virtual-osdp-io" } ],
          "entrances": [ { "id": "in", "door": "front", "cards": ["wall"], "pin": "wall" } ],
          "doors":     [ { "id": "front", "outputs": [ { "device": "io", "output": 0 } ] } ] }
        """;

    private const int Green = 2;

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task A_scanner_is_dark_while_a_card_is_decided_and_while_the_door_is_out_of_service()
    {
        var scanner = new VirtualScanner { Prefix = "]A0" };
        using var line = new VirtualLine(_folder["codes"], 9600, [scanner], TimeProvider.System);
        var deciding = new TaskCompletionSource();
        var decide = new TaskCompletionSource<DecisionRecord>();
        await using var door = new Doorstep(change: config => With(config, "scanner", "datalogic-gryphon-gfs4400", pin: null));
        door.Decide = presentation =>
        {
            deciding.SetResult();
            return decide.Task;
        };
        await door.StartAsync();
        await Patience.Until(() => scanner.Enabled && scanner.Commands > 0, "the scanner");

        scanner.Scan(Doorstep.Card);
        await deciding.Task;
        await Patience.Until(() => !scanner.Enabled, "off while it is decided");
        decide.SetResult(Doorstep.Decided(new Presentation { AttemptId = "one", DoorId = "front", DeviceId = "wall", Card = Doorstep.Card, Pin = [] }, DecisionCode.CardUnknown));
        await Patience.Until(() => scanner.Enabled, "on again");

        door.Doorways.ShowReady(false);
        await Patience.Until(() => !scanner.Enabled, "off while out of service");
        door.Doorways.ShowReady(true);
        await Patience.Until(() => scanner.Enabled, "on again");
    }

    [Fact]
    public async Task A_card_and_a_pin_of_a_wiegand_converter_open_the_door()
    {
        var converter = new VirtualWiegandConverter(facilityHex: false);
        using var line = new VirtualLine(_folder["codes"], 9600, [converter], TimeProvider.System);
        await using var door = new Doorstep(change: config => With(config, "wiegand", "s4a-wiegand", pin: "wall"));
        await door.StartAsync();

        var held = 0;
        converter.Present(18, 22136);
        foreach (var key in "1234")
        {
            converter.Press(key);
            held++;
            // Keys that come faster than a person's would run together into something that is no key.
            await Patience.Until(() => door.Doorways.Entrances[0].Intake.DigitsHeld is var digits && (digits == held || held == 4), $"digit {held}");
        }

        Assert.Equal(("0001201784", "1234"), await door.Presented.Next("the presentation"));
        Assert.Equal((0, true), await door.Relay.Next("unlocked"));
    }

    [Fact]
    public async Task A_patron_card_at_a_twn4_opens_the_door_and_its_lights_say_so()
    {
        var twn4 = new VirtualTwn4();
        using var line = new VirtualLine(_folder["codes"], 9600, [twn4], TimeProvider.System);
        await using var door = new Doorstep(change: config => With(config, "twn4", "elatec-twn4-patron-card", pin: null));
        await door.StartAsync();
        await Patience.Until(() => twn4 is { Lights: Green, Blinking: Green }, "the ready light");

        twn4.Present(0x82, [0xE0, 4, 1, 0, 0x12, 0x34, 0x56, 0x78], Convert.FromHexString("18010132343430303030303030303031390000131846494C6168000000000000"));

        Assert.Equal(("24400000000019", ""), await door.Presented.Next("the presentation"));
        Assert.Equal((0, true), await door.Relay.Next("unlocked"));
        await Patience.Until(() => twn4 is { Lights: Green, Blinking: 0 }, "the light of an open door");
        await Patience.Until(() => twn4.Tones >= 2, "a tone for the reading and one for the opening");
        Assert.Contains(door.Doorways.Lines.Status, status => status is { BusId: "codes", Device.Online: true });
    }

    [Theory]
    [InlineData("\"inside\", \"profile\": \"s4a", "\"outside\", \"profile\": \"s4a", "device \"wall\" is a keypad outside that sends PINs in clear text")]
    [InlineData("\"inside\", \"profile\": \"s4a", "\"outside\", \"secure\": \"scbk\", \"profile\": \"s4a", "device \"wall\" is a keypad outside that sends PINs in clear text")]
    [InlineData("\"s4a-wiegand\"", "\"priority1-wie232\"", "has no keypad")]
    [InlineData("\"wiegand\"", "\"uid-ascii\"", "mend \"protocol\" of the bus")]
    [InlineData("./codes", "tcp://nport:4001", "bus \"codes\": \"path\" tcp://nport:4001 is no address of a serial server")]
    [InlineData("\"path\": \"./bus0\"", "\"path\": \"tcp://192.0.2.10:4001\", \"rs485\": {}", "which turns its RS-485 pair by itself: remove \"rs485\".")]
    [InlineData("\"s4a-wiegand\"", "\"s5a-wiegand\"", "there is no device model \"s5a-wiegand\"")]
    public void Wiring_that_cannot_be_is_named(string right, string wrong, string said)
    {
        Assert.NotNull(ConfigFile.Read(_folder.Write("node.json", Good), []));

        var refused = Assert.Throws<StartProblem>(() => ConfigFile.Read(_folder.Write("node.json", Good.Replace(right, wrong, StringComparison.Ordinal)), []));

        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("datalogic-gryphon-gfs4400", "scanner", 9600)]
    [InlineData("honeywell-imager", "scanner", 115200)]
    [InlineData("cipherlab-scanner", "scanner", 9600)]
    [InlineData("uid-line", "uid-ascii", 9600)]
    [InlineData("uid-framed", "uid-ascii", 9600)]
    [InlineData("rdm6300", "uid-ascii", 9600)]
    [InlineData("elatec-twn3-bits", "uid-ascii", 9600)]
    [InlineData("elatec-twn3-inditag", "uid-ascii", 9600)]
    [InlineData("feig-obid-uid", "uid-ascii", 38400)]
    [InlineData("feig-obid-patron-card", "uid-ascii", 38400)]
    [InlineData("priority1-wie232", "wiegand", 9600)]
    [InlineData("s4a-wiegand", "wiegand", 9600)]
    [InlineData("elatec-twn4", "twn4", 115200)]
    [InlineData("elatec-twn4-patron-card", "twn4", 9600)]
    public void Each_model_is_taken_by_node_json(string model, string protocol, int baud)
    {
        var node = Good.Replace("s4a-wiegand", model, StringComparison.Ordinal).Replace("\"baud\": 9600, \"protocol\": \"wiegand\"", $"\"baud\": {baud}, \"protocol\": \"{protocol}\"", StringComparison.Ordinal)
            .Replace(model == "s4a-wiegand" ? "nothing" : ", \"pin\": \"wall\"", "", StringComparison.Ordinal);

        Assert.Equal(model, ConfigFile.Read(_folder.Write("node.json", node), []).Devices[0].Model?.Model);
    }

    [Fact]
    public void An_address_of_a_serial_server_stays_as_it_is_written() =>
        Assert.Equal("tcp://192.0.2.10:4001", ConfigFile.Read(_folder.Write("node.json", Good.Replace("./codes", "tcp://192.0.2.10:4001", StringComparison.Ordinal)), []).Buses[0].Path);

    public void Dispose() => _folder.Dispose();

    private NodeConfig With(NodeConfig config, string protocol, string model, string? pin)
    {
        var device = new DeviceConfig { Id = "wall", Bus = "codes", Placement = Placement.Outside, Profile = model, Model = HardwareFolder.Read(model).Profile };
        return config with
        {
            Buses = [.. config.Buses, new BusConfig { Id = "codes", Path = _folder["codes"], Protocol = protocol }],
            Devices = [.. config.Devices, device],
            Entrances = [config.Entrances[0] with { Cards = ["reader", "wall"], Pin = pin }],
        };
    }
}
