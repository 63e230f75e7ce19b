using KioskLink.Node.Hosting;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Hosting;

public sealed class CommissioningTests : IDisposable
{
    private const string Whole = """
        "on": "2026-11-26", "by": "M. Asentaja, Lukkoliike Oy", "handle": "passed", "button": "passed", "glass": "notFitted", "fire": "notFitted", "mains": "passed"
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_example_of_the_reference_door_is_read()
    {
        var commissioned = Read(Whole).Doors[0].Commissioned!;

        Assert.Equal(new DateOnly(2026, 11, 26), commissioned.On);
        Assert.Equal((CheckResult.Passed, CheckResult.NotFitted), (commissioned.Handle, commissioned.Fire));
        var page = File.ReadAllText(Path.Combine(SolutionRoot.Path, "hardware", "reference-door", "README.md"));
        Assert.Contains($"\"commissioned\": {{ {Whole.Trim()} }}", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"on\": \"2026-11-26\", ", "", "not signed")]
    [InlineData("M. Asentaja, Lukkoliike Oy", " ", "not signed")]
    [InlineData("\"button\": \"passed\", ", "", "\"button\"")]
    [InlineData("\"fire\": \"notFitted\"", "\"fire\": \"unset\"", "\"fire\"")]
    [InlineData("\"handle\": \"passed\"", "\"handle\": \"notFitted\"", "\"handle\" or \"mains\"")]
    [InlineData("\"mains\": \"passed\"", "\"mains\": \"notFitted\"", "\"handle\" or \"mains\"")]
    public void A_sheet_that_is_not_whole_stops_the_node_with_a_sentence_that_names_the_gap(string right, string wrong, string named)
    {
        var problem = Assert.Throws<StartProblem>(() => Read(Whole.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Contains(named, problem.Message, StringComparison.Ordinal);
        Assert.Contains("door \"front\"", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("passed", "notFitted")]
    [InlineData("notFitted", "passed")]
    public void A_magnet_that_glass_or_fire_panel_does_not_cut_stops_the_node(string glass, string fire)
    {
        var problem = Assert.Throws<StartProblem>(() => Read(SheetOf(glass, fire), lockType: "failSafe"));

        Assert.Contains("\"glass\" or \"fire\"", problem.Message, StringComparison.Ordinal);
        Assert.Contains("door \"front\"", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("failSafe", "passed")]
    [InlineData("failSecure", "notFitted")]
    [InlineData("motor", "notFitted")]
    public void A_magnet_that_both_cut_is_signed_and_other_locks_need_neither(string lockType, string result) =>
        Assert.NotNull(Read(SheetOf(result, result), lockType).Doors[0].Commissioned);

    [Fact]
    public async Task A_technician_sees_when_a_door_was_checked_with_the_node_stopped()
    {
        await using var node = new WholeNode { Commissioned = Read(Whole).Doors[0].Commissioned };
        await node.StartRegisterAsync();
        await node.StartAsync();

        Assert.Equal("2026-11-26", Assert.Single((await node.StatusAsync()).Doors).CommissionedOn);
    }

    private static string SheetOf(string glass, string fire) =>
        $"\"on\": \"2026-11-26\", \"by\": \"M. Asentaja\", \"handle\": \"passed\", \"button\": \"passed\", \"glass\": \"{glass}\", \"fire\": \"{fire}\", \"mains\": \"passed\"";

    private NodeConfig Read(string sheet, string lockType = "failSecure") => ConfigFile.Read(_folder.Write("node.json", $$"""
        { "node": "n", "branch": "b", "register": "https://127.0.0.1:7443", "data": "./data", "keyCustody": "register",
          "buses": [ { "id": "bus0", "path": "/dev/serial/by-id/usb-FTDI_x" } ],
          "devices": [ { "id": "io", "bus": "bus0", "address": 2, "placement": "inside" } ],
          "doors": [ { "id": "front", "outputs": [ { "device": "io", "output": 0, "type": "{{lockType}}" } ], "commissioned": { {{sheet}} } } ] }
        """), []);
}
