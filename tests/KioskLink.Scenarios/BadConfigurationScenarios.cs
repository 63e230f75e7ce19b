using System.Security.Cryptography;
using KioskLink.Testing;

namespace KioskLink.Scenarios;

/// <summary>The real programs with files that cannot be right: one sentence that names what is wrong and how to mend it, exit code 2, nothing lost.</summary>
public sealed class BadConfigurationScenarios : IDisposable
{
    private const int KeyBytes = 32;

    private const string GoodNode = """
        { "node": "renkomaki-front", "branch": "FI-Lh-Renkomaki", "register": "https://127.0.0.1:7443", "data": "./node",
          "keyCustody": "disk", "diskCustodyAcceptedBy": "a scenario, 2026-11-01", "listen": { "kiosk": "127.0.0.1:0", "pages": "127.0.0.1:0" },
          "buses":   [ { "id": "bus0", "path": "./bus0", "baud": 38400, "protocol": "osdp" } ],
          "devices": [ { "id": "front-reader", "bus": "bus0", "address": 1, "placement": "outside", "secure": "scbk" },
                       { "id": "io", "bus": "bus0", "address": 2, "placement": "inside", "secure": "scbk" } ],
          "doors":   [ { "id": "front", "outputs": [ { "role": "lock", "device": "io", "output": 0 } ] } ] }
        """;

    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("\"node\": ", "\"nodde\": ", "nodde", "not known")]
    [InlineData("\"branch\": \"FI-Lh-Renkomaki\", ", "", "\"branch\" is missing", "name its branch")]
    [InlineData("\"device\": \"io\"", "\"device\": \"front-reader\"", "outside", "acceptOutsideRelay")]
    public async Task A_node_with_a_mistake_in_its_file_does_not_start(string right, string wrong, string problem, string mend)
    {
        var file = _folder.Write("node.json", GoodNode.Replace(right, wrong, StringComparison.Ordinal));

        (await Ended.NodeAsync("--config", file)).SaidInOneSentence(2, file, problem, mend);

        Assert.False(Directory.Exists(_folder["node"]));
    }

    [Fact]
    public async Task A_register_with_an_unknown_key_does_not_start()
    {
        var file = WriteRegister("lastu", more: ", \"prot\": 7443");

        (await Ended.RegisterAsync("--config", file)).SaidInOneSentence(2, file, "'prot' is not known", "the keys are $schema, register, console, data, profile, masterKey");
    }

    [Fact]
    public async Task A_profile_with_a_wrong_card_format_stops_the_register()
    {
        var shipped = await File.ReadAllTextAsync(Path.Combine(SolutionRoot.Path, "src/KioskLink.Register/Profiles/lastu.json"));
        _folder.Write("profile.json", shipped.Replace("^2[0-9]{13}$", "^2[0-9{13}$", StringComparison.Ordinal));

        (await Ended.RegisterAsync("init", "--config", WriteRegister("./profile.json"))).SaidInOneSentence(2, "profile.json", "cardFormats.pattern");

        Assert.False(File.Exists(_folder["register/master.key"]));
    }

    [Fact]
    public async Task A_register_with_another_master_key_does_not_start_and_starts_again_with_its_own()
    {
        var file = WriteRegister("lastu");
        await InitialiseAsync(file);
        await StartAndStopAsync(file);
        var (key, own) = (_folder["register/master.key"], await File.ReadAllTextAsync(_folder["register/master.key"]));
        await File.WriteAllTextAsync(key, Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));

        (await Ended.RegisterAsync("--config", file)).SaidInOneSentence(2, "master key", "`masterKey` in register.json");

        await File.WriteAllTextAsync(key, own);
        await StartAndStopAsync(file);
    }

    [Fact]
    public async Task A_second_register_on_the_same_data_does_not_start_and_the_first_goes_on()
    {
        var file = WriteRegister("lastu");
        await InitialiseAsync(file);
        await using var first = RunningProgram.Start(SolutionRoot.Program("KioskLink.Register"), ["--config", file]);
        await first.Line("LISTENING");

        (await Ended.RegisterAsync("--config", file)).SaidInOneSentence(2, _folder["register"], "stop it first");

        Assert.Equal(0, await first.Stop());
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private string WriteRegister(string profile, string more = "") => _folder.Write(
        "register.json", $$"""{ "register": "https://127.0.0.1:0", "data": "./register", "profile": "{{profile}}"{{more}} }""");

    private static async Task InitialiseAsync(string file)
    {
        var made = await Ended.RegisterAsync("init", "--config", file);
        Assert.True(made.Code == 0, made.Errors);
    }

    private static async Task StartAndStopAsync(string file)
    {
        await using var register = RunningProgram.Start(SolutionRoot.Program("KioskLink.Register"), ["--config", file]);
        await register.Line("LISTENING");
        Assert.Equal(0, await register.Stop());
    }
}
