using KioskLink.Devices;
using KioskLink.Devices.Readers;
using KioskLink.Devices.Virtual;
using KioskLink.Node.Buses;
using KioskLink.Node.Hosting;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Buses;

/// <summary>The profile that a device of node.json names: found, read, held against the wiring, and applied to what the device sends.</summary>
public sealed class DeviceProfileTests : IDisposable
{
    private const string Good = """
        { "node": "renkomaki-front", "branch": "FI-Lh-Renkomaki", "register": "https://127.0.0.1:7443", "data": "./node",
          "keyCustody": "disk", "diskCustodyAcceptedBy": "a test, 2026-11-01",
          "buses":     [ { "id": "bus0", "path": "./bus0", "baud": 38400, "protocol": "osdp" } ],
          "devices":   [ { "id": "reader", "bus": "bus0", "address": 1, "placement": "inside", "secure": "clear", "profile": "./wall-reader.json" },
                         { "id": "io", "bus": "bus0", "address": 2, "placement": "inside", "secure": "clear", "profile": "virtual-osdp-io" } ],
          "entrances": [ { "id": "in", "door": "front", "cards": ["reader"], "pin": "reader", "display": "reader" } ],
          "doors":     [ { "id": "front", "outputs": [ { "device": "io", "output": 0 } ], "inputs": [ { "device": "io", "input": 3 } ] } ] }
        """;

    private const string WallReader = """
        { "model": "wall-reader", "maker": "Anyone", "protocol": "osdp", "bauds": [38400], "secure": ["clear"],
          "reader": true, "keypad": true, "leds": 1, "display": { "rows": 2, "columns": 8 }, "cards": { "encoding": "wiegand26" } }
        """;

    private readonly TempFolder _folder = new();

    [Fact]
    public void A_profile_is_found_beside_the_program_by_its_name_and_beside_the_file_by_its_path()
    {
        var config = Read(Good, WallReader);

        Assert.Equal(["wall-reader", "virtual-osdp-io"], config.Devices.Select(device => device.Model?.Model));
    }

    [Fact]
    public async Task A_card_is_spelled_and_a_text_is_cut_as_the_profile_says()
    {
        var reader = new VirtualReader(1, key: null);
        using var line = new VirtualLine(_folder["bus0"], 38400, [reader, new VirtualIoModule(2, key: null)], TimeProvider.System);
        await using var lines = new DeviceLines(Read(Good, WallReader), OsdpKeys.None, TimeProvider.System);
        var told = new Inbox<DeviceEvent>();
        lines.ListenToAll(told.Post);
        using var stopping = new CancellationTokenSource();
        lines.Start();
        var running = lines.RunAsync(stopping.Token);
        await told.NextWhere(happened => happened is DeviceOnline { SourceId: "reader" }, "the reader's session");

        reader.PresentBits(Convert.FromHexString("092B3C40"), 26);
        lines.ShowText("reader", new DisplayText("Tervetuloa kirjastoon"));

        var card = await told.NextWhere(happened => happened is CardScanned, "the card");
        Assert.Equal("01822136", ((CardScanned)card).Card.Number);
        await Patience.Until(() => reader.Text == "Tervetuloa kirja", "the text");
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Theory]
    [InlineData("./wall-reader.json", "./absent.json", "absent.json cannot be read")]
    [InlineData("./wall-reader.json", "wall-reader", "there is no device model \"wall-reader\"")]
    [InlineData("./wall-reader.json", "virtual-scanner", "mend \"protocol\" of the bus")]
    [InlineData("\"baud\": 38400", "\"baud\": 9600", "set \"baud\" to one of 38400")]
    [InlineData("\"secure\": \"clear\", \"profile\": \"./wall", "\"secure\": \"scbk\", \"profile\": \"./wall", "cannot do \"secure\": \"scbk\": write \"clear\"")]
    [InlineData("\"cards\": [\"reader\"]", "\"cards\": [\"io\"]", "reads no cards, and entrance \"in\" wants that")]
    [InlineData("\"pin\": \"reader\"", "\"pin\": \"io\"", "has no keypad")]
    [InlineData("\"display\": \"reader\"", "\"display\": \"io\"", "has no display")]
    [InlineData("\"output\": 0", "\"output\": 4", "has 4 outputs, counted from 0, and no output 4")]
    [InlineData("\"output\": 0", "\"output\": 0, \"pulse\": \"host\"", "put a timer relay in series with it and write its time, such as \"timerRelay\": \"30s\"")]
    [InlineData("\"output\": 0", "\"output\": 0, \"pulse\": \"host\", \"timerRelay\": \"10s\"", "set \"maxUnlock\" to 10s at most")]
    [InlineData("\"output\": 0", "\"output\": 0, \"timerRelay\": \"10s\"", "remove it, or write \"pulse\": \"host\"")]
    [InlineData("\"input\": 3", "\"input\": -1", "no input -1")]
    public void Wiring_that_the_model_cannot_do_is_one_sentence(string right, string wrong, string said) =>
        SaysOnce(Good.Replace(right, wrong, StringComparison.Ordinal), WallReader, said);

    [Theory]
    [InlineData("\"leds\": 1", "\"ledz\": 1", "wall-reader.json: the key \"ledz\" is not known: remove it, or mend its spelling.")]
    [InlineData("\"wiegand26\"", "\"wiegand27\"", "wall-reader.json: the value of \"cards.encoding\" is not of the right kind")]
    public void A_mistake_in_the_profile_names_the_profile_and_the_device(string right, string wrong, string said) =>
        SaysOnce(Good, WallReader.Replace(right, wrong, StringComparison.Ordinal), said, "the profile of device \"reader\"");

    [Fact]
    public void A_module_without_timers_is_timed_by_the_node()
    {
        const string Relays = """{ "model": "relays", "maker": "Anyone", "protocol": "osdp", "bauds": [38400], "secure": ["clear"], "outputs": 1, "inputs": 4 }""";
        _folder.Write("relays.json", Relays);
        var wired = Good.Replace("\"virtual-osdp-io\"", "\"./relays.json\"", StringComparison.Ordinal);

        SaysOnce(wired, WallReader, "has no timers of its own: write \"pulse\": \"host\"");
        Assert.NotNull(Read(wired.Replace("\"output\": 0", "\"output\": 0, \"pulse\": \"host\", \"timerRelay\": \"30s\"", StringComparison.Ordinal), WallReader));
    }

    public void Dispose() => _folder.Dispose();

    private void SaysOnce(string node, string profile, params string[] said)
    {
        var problem = Assert.Throws<StartProblem>(() => Read(node, profile)).Message;

        Assert.StartsWith(_folder["node.json"] + ": ", problem, StringComparison.Ordinal);
        Assert.All(said, part => Assert.Contains(part, problem, StringComparison.Ordinal));
        Assert.EndsWith(".", problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem);
    }

    private NodeConfig Read(string node, string profile)
    {
        _folder.Write("wall-reader.json", profile);
        return ConfigFile.Read(_folder.Write("node.json", node), []);
    }
}
