using KioskLink.Node.Hosting;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Hosting;

public class ConfigFileTests : IDisposable
{
    private const string Good = """
        { // the front door
          "node": "renkomaki-front", "branch": "FI-Lh-Renkomaki", "register": "https://127.0.0.1:7443", "data": "./data/node",
          "keyCustody": "disk", "diskCustodyAcceptedBy": "Lahti, 2026-11-01",
          "buses":     [ { "id": "bus0", "path": "/dev/serial/by-id/usb-FTDI_x", "baud": 38400, "protocol": "osdp" } ],
          "devices":   [ { "id": "front-reader", "bus": "bus0", "address": 1, "placement": "outside", "secure": "scbk" },
                         { "id": "io",           "bus": "bus0", "address": 2, "placement": "inside",  "secure": "scbk" } ],
          "entrances": [ { "id": "front-in", "door": "front", "side": "in", "cards": ["front-reader"], "pin": "front-reader", "display": "front-reader" } ],
          "doors":     [ { "id": "front",
                           "outputs": [ { "role": "lock", "device": "io", "output": 0, "type": "failSecure", "lockedWhen": "off", "pulse": "board", "maxUnlock": "30s", "relock": "timer" } ],
                           "inputs":  [ { "role": "contact", "device": "io", "input": 0, "activeWhen": "open" }, { "role": "exit", "device": "io", "input": 1 } ] } ] }
        """;

    private readonly TempFolder _folder = new();

    [Fact]
    public void The_example_of_the_design_is_read()
    {
        var config = Read(Good);

        Assert.Equal(_folder["data/node"], config.Data);
        Assert.Equal(TimeSpan.FromSeconds(30), config.Doors[0].Outputs[0].MaxUnlock);
        Assert.Equal(38400, config.Buses[0].Baud);
        Assert.Equal(_folder["data/node/node.sock"], config.Listen.Socket);
    }

    [Fact]
    public void Environment_variables_override_the_file()
    {
        var path = _folder.Write("node.json", Good);

        var config = ConfigFile.Read(path, [new("KIOSKLINK__LISTEN__KIOSK", "127.0.0.1:0"), new("KIOSKLINK__REGISTER", "https://example.org:7443"), new("PATH", "/bin")]);

        Assert.Equal(("127.0.0.1:0", "https://example.org:7443"), (config.Listen.Kiosk, config.Register));
    }

    [Theory]
    [InlineData("\"branch\": \"FI-Lh-Renkomaki\",", "", "\"branch\"")]
    [InlineData("\"node\": ", "\"nodde\": ", "nodde")]
    [InlineData("\"baud\": 38400", "\"bauds\": 38400", "bauds")]
    [InlineData("\"baud\": 38400", "\"baud\": \"fast\"", "baud")]
    [InlineData("\"diskCustodyAcceptedBy\": \"Lahti, 2026-11-01\",", "", "diskCustodyAcceptedBy")]
    [InlineData("\"keyCustody\": \"disk\",", "\"keyCustody\": \"tpm\",", "nodeKeyCredential")]
    [InlineData("\"role\": \"lock\", \"device\": \"io\"", "\"role\": \"lock\", \"device\": \"front-reader\"", "acceptOutsideRelay")]
    [InlineData("\"placement\": \"outside\", \"secure\": \"scbk\"", "\"placement\": \"outside\", \"secure\": \"clear\"", "acceptClearKeypad")]
    [InlineData("\"placement\": \"inside\",  ", "", "placement")]
    [InlineData("\"door\": \"front\"", "\"door\": \"back\"", "back")]
    [InlineData("\"maxUnlock\": \"30s\"", "\"maxUnlock\": \"soon\"", "maxUnlock")]
    [InlineData("\"role\": \"lock\"", "\"role\": \"openner\"", "openner")]
    [InlineData("\"lockedWhen\": \"off\"", "\"lockedWhen\": \"on\"", "lockedWhen")]
    [InlineData("\"outputs\": [", "\"outputs\": [ { \"role\": \"opener\", \"device\": \"io\", \"output\": 0 },", "which a door has already")]
    [InlineData("\"outputs\": [", "\"outputs\": [ { \"role\": \"opener\", \"device\": \"io\", \"output\": 1, \"delay\": \"11s\" },", "\"delay\"")]
    [InlineData("\"outputs\": [", "\"outputs\": [ { \"role\": \"opener\", \"device\": \"io\", \"output\": 1, \"pulseFor\": \"20ms\" },", "\"pulseFor\"")]
    [InlineData("\"outputs\": [", "\"outputs\": [ { \"role\": \"opener\", \"device\": \"io\", \"output\": 1, \"pulse\": \"host\" },", "timer relay")]
    [InlineData("\"outputs\": [", "\"outputs\": [ { \"role\": \"opener\", \"device\": \"front-reader\", \"output\": 1 },", "acceptOutsideRelay")]
    [InlineData("\"outputs\": [", "\"outputs\": [ { \"role\": \"mode\", \"device\": \"io\", \"output\": 1 },", "\"mode\"")]
    [InlineData("\"outputs\": [", "\"outputs\": [ { \"role\": \"mode\", \"device\": \"io\", \"output\": 1, \"mode\": \"wide\" },", "mode")]
    [InlineData("\"outputs\": [", "\"outputs\": [ { \"role\": \"mode\", \"device\": \"io\", \"output\": 1, \"mode\": \"holdOpen\", \"pulse\": \"host\" },", "timers of its own")]
    [InlineData("\"id\": \"front\",", "\"id\": \"front\", \"operator\": { \"staffed\": \"wide\" },", "staffed")]
    [InlineData("\"side\": \"in\"", "\"side\": \"up\"", "side")]
    [InlineData("\"branch\":", "\"antiPassback\": \"rule\", \"branch\":", "antiPassback")]
    [InlineData("\"branch\":", "\"interlocks\": [ { \"doors\": [ \"front\" ] } ], \"branch\":", "interlocks")]
    [InlineData("\"branch\":", "\"interlocks\": [ { \"doors\": [ \"front\", \"back\" ] } ], \"branch\":", "back")]
    [InlineData("\"branch\":", "\"lobbies\": [ { \"outer\": \"front\", \"inner\": \"front\" } ], \"branch\":", "lobbies")]
    [InlineData("\"branch\":", "\"lobbies\": [ { \"outer\": \"front\", \"inner\": \"hall\" } ], \"branch\":", "hall")]
    [InlineData("\"role\": \"contact\"", "\"role\": \"conatct\"", "conatct")]
    [InlineData("\"id\": \"front\",", "\"id\": \"front\", \"tailgateAfter\": \"0s\",", "tailgateAfter")]
    [InlineData("\"branch\":", "\"alarmOutputs\": [ { \"device\": \"oi\", \"output\": 3 } ], \"branch\":", "oi")]
    [InlineData("\"branch\":", "\"alarmOutputs\": [ { \"device\": \"io\", \"output\": 0 } ], \"branch\":", "no alarm moves a door")]
    [InlineData("\"branch\":", "\"alarmOutputs\": [ { \"device\": \"io\", \"output\": 3 }, { \"device\": \"io\", \"output\": 3 } ], \"branch\":", "twice")]
    [InlineData("\"branch\":", "\"alarmOutputs\": [ { \"device\": \"io\", \"output\": 3, \"when\": \"never\" } ], \"branch\":", "when")]
    [InlineData("\"branch\":", "\"actions\": [ { \"id\": \"x\", \"set\": \"on\", \"device\": \"io\", \"output\": 3 } ], \"branch\":", "\"to\"")]
    [InlineData("\"branch\":", "\"actions\": [ { \"id\": \"x\", \"to\": \"open\", \"set\": \"on\", \"device\": \"io\", \"output\": 3 } ], \"branch\":", "to")]
    [InlineData("\"branch\":", "\"actions\": [ { \"id\": \"x\", \"to\": \"closed\", \"device\": \"io\", \"output\": 3 } ], \"branch\":", "\"set\"")]
    [InlineData("\"branch\":", "\"actions\": [ { \"id\": \"x\", \"to\": \"closed\", \"set\": \"on\", \"device\": \"oi\", \"output\": 3 } ], \"branch\":", "oi")]
    [InlineData("\"branch\":", "\"actions\": [ { \"id\": \"x\", \"to\": \"closed\", \"set\": \"on\", \"device\": \"io\", \"output\": 0 } ], \"branch\":", "no action moves a door")]
    [InlineData("\"branch\":", "\"actions\": [ { \"id\": \"x\", \"to\": \"closed\", \"pulse\": \"1h\", \"device\": \"io\", \"output\": 3 } ], \"branch\":", "pulse")]
    [InlineData("\"branch\":", "\"actions\": [ { \"id\": \"x\", \"to\": \"closed\", \"minutes\": 1000, \"pulse\": \"1s\", \"device\": \"io\", \"output\": 3 } ], \"branch\":", "720")]
    [InlineData("\"branch\":", "\"actions\": [ { \"id\": \"x\", \"to\": \"closed\", \"command\": [ \"announce\" ] } ], \"branch\":", "whole path")]
    [InlineData("\"branch\":", "\"alarmPanel\": { \"alarm\": { \"device\": \"io\", \"input\": 2 } }, \"branch\":", "\"armed\"")]
    [InlineData("\"branch\":", "\"alarmPanel\": { \"armed\": { \"device\": \"oi\", \"input\": 2 } }, \"branch\":", "oi")]
    [InlineData("\"branch\":", "\"alarmPanel\": { \"armed\": { \"device\": \"io\", \"input\": 3 }, \"armAfter\": \"13h\" }, \"branch\":", "armAfter")]
    [InlineData("\"branch\":", "\"alarmPanel\": { \"armed\": { \"device\": \"io\", \"input\": 3 }, \"disarm\": { \"device\": \"io\", \"output\": 0 } }, \"branch\":", "mend \"output\"")]
    [InlineData("\"branch\":", "\"alarmPanel\": { \"armed\": { \"device\": \"io\", \"input\": 3 }, \"disarm\": { \"device\": \"front-reader\", \"output\": 1 } }, \"branch\":", "outside")]
    [InlineData("\"branch\":", "\"alarmPanel\": { \"armed\": { \"device\": \"io\", \"input\": 3 }, \"arm\": { \"device\": \"io\", \"output\": 1, \"pulse\": \"1m\" } }, \"branch\":", "pulse")]
    [InlineData("\"branch\":", "\"alarmPanel\": { \"armed\": { \"device\": \"io\", \"input\": 3 }, \"arm\": { \"device\": \"io\", \"output\": 1 }, \"disarm\": { \"device\": \"io\", \"output\": 1 } }, \"branch\":", "same output")]
    [InlineData("\"branch\":", "\"rollCall\": \"5s\", \"branch\":", "rollCall")]
    [InlineData("\"branch\":", "\"listen\": { \"pages\": \"0.0.0.0:7081\" }, \"branch\":", "pagesCertificate")]
    [InlineData("\"branch\":", "\"listen\": { \"pagesCertificate\": \"pages.pem\" }, \"branch\":", "belong together")]
    [InlineData("https://127", "http://127", "https://")]
    [InlineData("{ // the front door", "{ ,", "line")]
    public void A_mistake_is_one_sentence_that_names_it(string right, string wrong, string named)
    {
        var problem = Assert.Throws<StartProblem>(() => Read(Good.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Contains(named, problem.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"branch\": \"\",")]
    [InlineData("\"branch\": \"  \",")]
    public void R33_A_node_without_a_branch_does_not_start(string branch)
    {
        var problem = Assert.Throws<StartProblem>(() => Read(Good.Replace("\"branch\": \"FI-Lh-Renkomaki\",", branch, StringComparison.Ordinal)));

        Assert.Contains("a node without a branch does not start", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("absent.json", Assert.Throws<StartProblem>(() => ConfigFile.Read(_folder["absent.json"], [])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_data_folder_is_for_one_process()
    {
        using var first = DataFolder.Take(_folder["data"]);

        Assert.Contains(_folder["data"], Assert.Throws<StartProblem>(() => DataFolder.Take(_folder["data"])).Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private NodeConfig Read(string text) => ConfigFile.Read(_folder.Write("node.json", text), []);
}
