using System.Text.Json.Nodes;
using KioskLink.Demo.Setup;
using KioskLink.Devices.Virtual;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;

namespace KioskLink.Scenarios;

/// <summary>Twelve faults of wiring and set-up at once, each on a line of its own, and `kiosklink node doctor` at the real node that runs them.</summary>
public sealed class DoctorScenario : IAsyncLifetime
{
    private const int Baud = 9600;
    private static readonly byte[] HeldKey = [.. Enumerable.Range(1, 16).Select(value => (byte)value)];
    private readonly TempFolder _folder = new();
    private readonly List<VirtualLine> _lines = [];
    private readonly JsonArray _buses = [], _devices = [];
    private readonly VirtualReader _weak = new(1, key: null);
    private readonly VirtualIoModule _door = new(1, key: null);
    private Branch _branch = null!;

    [Fact]
    public async Task The_doctor_names_each_of_twelve_planted_faults_the_door_that_nobody_signed_and_no_other()
    {
        PlantFaults();
        await RewireAsync();
        await ShowFaultsAsync();

        var ended = await Ended.RunAsync(
            SolutionRoot.Program("KioskLink.Cli", "kiosklink"), "node", "doctor", "--json", "--node-socket", _branch.World.Folder.NodeSocket);

        Assert.Equal(1, ended.Code);
        var checks = JsonNode.Parse(ended.Output.TrimEnd('\u0004'))!["checks"]!.AsArray();
        string[] expected =
        [
            "ADDRESS_SHARED shared", "ADDRESS_WRONG address", "BAUD_WRONG baud", "BIT_ERRORS bits", "BROWN_OUT weak", "CONTACT_INVERTED back",
            "ECHO echo-line", "KEY_WRONG key", $"NOT_COMMISSIONED {DemoBranch.Door}", "NO_BIAS bias-line", "PROFILE_WRONG board", "SLOW slow", "WIRES_SWAPPED swapped-line",
        ];
        Assert.Equal(expected, checks.Where(IsFault).Select(check => $"{check!["code"]} {check["subject"]}").Order(StringComparer.Ordinal));
        Assert.All(checks.Where(IsFault), check => Assert.NotEmpty((string)check!["mend"]!));
    }

    [Fact]
    public async Task A_technician_elsewhere_gets_the_sheet_through_the_register_and_the_node_keeps_why()
    {
        var ended = await Ended.KiosklinkAsync(_branch, "node", "doctor", DemoBranch.Node, "--reason", "slow reader", "--json");

        Assert.True(ended.Code == 0, ended.Output + ended.Errors);
        var checks = JsonNode.Parse(ended.Output.TrimEnd('\u0004'))!["checks"]!.AsArray();
        Assert.Contains(checks, check => (string?)check!["subject"] == "front-reader" && (string?)check["verdict"] == "PASS");
        var asked = Assert.Single(await _branch.ReadJournalAsync(), record => record.Open.Kind == RecordKind.Technician).Open;
        Assert.Equal("role administrator asks the doctor through the register: slow reader", asked.Detail);
    }

    public async Task InitializeAsync() => _branch = await Branch.OpenAsync();

    public async Task DisposeAsync()
    {
        await _branch.DisposeAsync();
        _lines.ForEach(line => line.Dispose());
        _folder.Dispose();
    }

    private void PlantFaults()
    {
        Plant("swapped", new VirtualReader(1, key: null), line => line.Faults.Swapped = true);
        Plant("baud", new VirtualReader(1, key: null), lineBaud: 38400);
        Plant("address", new VirtualReader(6, key: null));
        Plant("shared", new VirtualReader(1, key: null), twin: new VirtualReader(1, key: null));
        Plant("echo", new VirtualReader(1, key: null), line => line.Faults.Echo = true);
        Plant("bias", new VirtualReader(1, key: null), line => line.Faults.Floating = true);
        Plant("bits", new VirtualReader(1, key: null), line => line.Faults.CorruptEvery = 20);
        Plant("slow", new VirtualReader(1, key: null) { Thinking = TimeSpan.FromMilliseconds(170) });
        Plant("weak", _weak);
        Plant("key", new VirtualReader(1, HeldKey), secure: "scbk");
        Plant("board", new VirtualIoModule(1, key: null, outputs: 2), profile: "virtual-osdp-io");
        Plant("contact", _door, profile: "virtual-osdp-io");
    }

    private void Plant(
        string id, VirtualDevice device, Action<VirtualLine>? fault = null, int lineBaud = Baud, VirtualDevice? twin = null, string secure = "clear", string? profile = null)
    {
        var line = new VirtualLine(_folder[id], lineBaud, twin is null ? [device] : [device, twin], TimeProvider.System);
        fault?.Invoke(line);
        _lines.Add(line);
        _buses.Add(new JsonObject { ["id"] = $"{id}-line", ["path"] = line.Path, ["baud"] = Baud, ["protocol"] = "osdp" });
        _devices.Add(new JsonObject { ["id"] = id, ["bus"] = $"{id}-line", ["address"] = 1, ["placement"] = "inside", ["secure"] = secure, ["profile"] = profile });
    }

    private async Task RewireAsync()
    {
        await _branch.World.KillNodeAsync();
        var folder = _branch.World.Folder;
        // The node holds another key for this reader than the reader itself.
        folder.KeyOf("key");
        var config = JsonNode.Parse(await File.ReadAllTextAsync(folder.NodeConfig))!;
        foreach (var (name, more) in new[] { ("buses", _buses), ("devices", _devices) })
            foreach (var entry in more)
                config[name]!.AsArray().Add(entry!.DeepClone());
        config["doors"]!.AsArray().Add(JsonNode.Parse("""
            { "id": "back", "outputs": [ { "role": "lock", "device": "contact", "output": 0 } ],
              "inputs": [ { "role": "contact", "device": "contact", "input": 0, "activeWhen": "open" } ],
              "commissioned": { "on": "2026-11-26", "by": "M. Asentaja", "handle": "passed", "button": "passed", "glass": "notFitted", "fire": "notFitted", "mains": "passed" } }
            """));
        await File.WriteAllTextAsync(folder.NodeConfig, config.ToJsonString());
        // Closed, the contact of this door is active, and node.json says the opposite.
        _door.SetInput(0, active: true);
        await _branch.World.StartNodeAsync();
    }

    private async Task ShowFaultsAsync()
    {
        for (var cut = 1; cut <= 3; cut++)
        {
            await UntilAsync("weak", device => device.Online);
            _weak.PowerOff();
            await UntilAsync("weak", device => !device.Online);
            _weak.PowerOn();
            await UntilAsync("weak", device => device.RecentReturns == cut);
        }
        for (var person = 0; person < 3; person++)
        {
            await PassAsync(active: false);
            await PassAsync(active: true);
        }
        await UntilAsync("bits", device => device.CrcErrors > 15);
        await UntilAsync("shared", device => device.CrcErrors > 2);
        await UntilAsync("slow", device => device.Exchanges > 10);
    }

    private async Task PassAsync(bool active)
    {
        var polls = _door.PollsSeen;
        _door.SetInput(0, active);
        await Patience.Until(() => _door.PollsSeen > polls + 1, "the module told its contact");
    }

    private Task UntilAsync(string deviceId, Func<Device, bool> fits) => Patience.Until(
        async () => (await _branch.World.Node.ListDevicesAsync(new ListDevicesRequest())).Devices.Any(device => device.DeviceId == deviceId && fits(device)), $"what device {deviceId} shows");

    private static bool IsFault(JsonNode? check) => (string?)check!["verdict"] != "PASS";
}
