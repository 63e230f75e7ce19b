using KioskLink.Devices.Virtual;
using KioskLink.Node.Buses;
using KioskLink.Node.Hosting;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Buses;

/// <summary>An RS-485 pair that the kernel's driver turns: read from node.json, and refused where the port cannot do it.</summary>
public sealed class Rs485ConfigTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void Settings_arrive_at_the_port()
    {
        var config = Read("""{ "sendWhenRts": "low", "delayBefore": "1ms", "delayAfter": "2ms", "hearsItself": true }""");

        var pair = BusPlan.Osdp(config, config.Buses[0], OsdpKeys.None, DateTimeOffset.UnixEpoch).Rs485!;

        Assert.Equal((false, 1, 2, true), (pair.SendsWhenRtsHigh, pair.DelayBefore.TotalMilliseconds, pair.DelayAfter.TotalMilliseconds, pair.HearsItself));
    }

    [Theory]
    [InlineData("""{ "delayBefore": "1s" }""", "osdp", "goes from 0 to 100 ms")]
    [InlineData("""{ "sendWhenRts": "often" }""", "osdp", "rs485.sendWhenRts")]
    [InlineData("""{ "baud": 1 }""", "osdp", "rs485.baud is not known")]
    [InlineData("{}", "scanner", "remove \"rs485\"")]
    public void Wrong_settings_are_one_sentence(string rs485, string protocol, string said) =>
        Assert.Contains(said, Assert.Throws<StartProblem>(() => Read(rs485, protocol)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_port_that_turns_no_pair_stops_the_start()
    {
        using var line = new VirtualLine(_folder["bus0"], 9600, [], TimeProvider.System);
        await using var lines = new DeviceLines(Read("{}"), OsdpKeys.None, TimeProvider.System);

        Assert.Contains("turns no RS-485 pair", Assert.Throws<StartProblem>(lines.Start).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private NodeConfig Read(string rs485, string protocol = "osdp") => ConfigFile.Read(_folder.Write("node.json", $$"""
        { "node": "n", "branch": "b", "register": "https://127.0.0.1:7443", "data": "./node", "keyCustody": "disk", "diskCustodyAcceptedBy": "a test",
          "buses": [ { "id": "bus0", "path": "./bus0", "protocol": "{{protocol}}", "rs485": {{rs485}} } ],
          "devices": [ { "id": "reader", "bus": "bus0", "address": 1, "placement": "inside", "secure": "clear" } ] }
        """), []);
}
