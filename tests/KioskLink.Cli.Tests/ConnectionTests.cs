using KioskLink.Cli.FakeRegister;
using KioskLink.Protos.Register.V1;
using KioskLink.Testing;

namespace KioskLink.Cli;

public sealed class ConnectionTests : FakeServerTest
{
    [Fact]
    public async Task A_register_that_does_not_answer_is_3()
    {
        var address = $"https://127.0.0.1:{FreePort.Next()}";

        var printed = await CommandLine.Run("ban", "list", "--register", address, "--identity", Server.Identity.Path);

        Assert.Equal(3, printed.Code);
        Assert.Equal($"kiosklink: {address} does not answer; start it, or check the address and the network.\n", printed.Errors);
    }

    [Fact]
    public async Task A_node_that_does_not_answer_is_3() =>
        Assert.Equal(3, (await CommandLine.Run("journal", "verify", "--node-socket", "/nowhere/node.sock")).Code);

    [Fact]
    public async Task A_server_of_another_CA_is_not_trusted_and_not_asked()
    {
        using var other = new IdentityFolder();

        var printed = await CommandLine.Run("ban", "list", "--register", Server.Address, "--identity", other.Path);

        Assert.Equal(3, printed.Code);
        Assert.Contains("cannot prove that it is the register of this identity", printed.Errors, StringComparison.Ordinal);
        Assert.Empty(Script.Requests<ListBansRequest>());
    }

    [Fact]
    public async Task The_registers_own_configuration_names_address_and_identity()
    {
        using var folder = new TempFolder();
        Script.On<ListBansRequest>(_ => new ListBansResponse());
        var relative = Path.GetRelativePath(folder.Path, Server.Identity.Path);
        var config = folder.Write("register.json", $$"""{ "register": "{{Server.Address}}", "data": "{{relative}}" /* keys */ }""");

        var printed = await CommandLine.Run("ban", "list", "--config", config);

        Assert.Equal((0, "No bans.\n"), (printed.Code, printed.Output));
    }

    [Fact]
    public async Task An_address_on_the_command_line_wins_over_the_configurations()
    {
        using var folder = new TempFolder();
        Script.On<ListBansRequest>(_ => new ListBansResponse());
        var config = folder.Write("register.json", $$"""{ "register": "https://127.0.0.1:0", "data": "{{Server.Identity.Path}}" }""");

        Assert.Equal(0, (await CommandLine.Run("ban", "list", "--config", config, "--register", Server.Address)).Code);
    }

    [Theory]
    [InlineData("{", "not valid JSON")]
    [InlineData("{}", "the key 'register' is missing")]
    [InlineData("""{ "register": 7443, "data": "." }""", "the value of 'register' must be a text")]
    [InlineData("""{ "register": "https://127.0.0.1:1", "data": ["."] }""", "the value of 'data' must be a text")]
    [InlineData("""{ "register": "http://x", "data": "." }""", "no address of a register")]
    [InlineData("""{ "register": "https://127.0.0.1:1", "data": "./none" }""", "must hold admin.pem, admin.key, ca.pem; admin.pem is not there")]
    public async Task A_configuration_that_does_not_help_is_2_with_one_sentence(string json, string named)
    {
        using var folder = new TempFolder();

        var printed = await CommandLine.Run("ban", "list", "--config", folder.Write("register.json", json));

        Assert.Equal(2, printed.Code);
        Assert.Contains(named, printed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_is_0_and_needs_no_register() => Assert.Equal(0, (await CommandLine.Run("ban", "--help")).Code);
}
