using System.Text.Json;
using KioskLink.Register.Hosting;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Hosting;

public sealed class ConfigFileTests : IDisposable
{
    private const string Good = """
        { // where nodes reach the register
          "register": "https://127.0.0.1:7443", "console": "http://127.0.0.1:7080",
          "data": "./data/register", "profile": "lastu", "masterKey": "./keys/master.key" }
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Comments_are_read_over_and_paths_start_at_the_file()
    {
        var config = Read(Good);
        Assert.Equal(new Uri("https://127.0.0.1:7443"), config.Register);
        Assert.Equal((_folder["data/register"], _folder["keys/master.key"]), (config.Data, config.MasterKey));
    }

    [Fact]
    public void The_schema_in_the_repository_names_the_same_keys_and_may_itself_be_named()
    {
        var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(SolutionRoot.Path, "src/KioskLink.Register/register.schema.json"))).RootElement;

        Assert.Equal(ConfigFile.Keys.Order(), schema.GetProperty("properties").EnumerateObject().Select(key => key.Name).Order());
        Assert.False(schema.GetProperty("additionalProperties").GetBoolean());
        Assert.Equal("lastu", Read(Good.Replace("\"register\":", "\"$schema\": \"register.schema.json\", \"register\":", StringComparison.Ordinal)).Profile);
    }

    [Fact]
    public void An_environment_variable_overrides_a_key_whatever_its_case()
    {
        var config = Read(Good, ("KIOSKLINK__MASTERKEY", "/elsewhere/master.key"));
        Assert.Equal("/elsewhere/master.key", config.MasterKey);
    }

    [Theory]
    [InlineData("""{ "datta": "x" }""", "the key 'datta' is not known")]
    [InlineData("""{ "register": 7443 }""", "the value of 'register' must be a text")]
    [InlineData("""{ "data": "x", "data": "y" }""", "the key 'data' stands there twice")]
    [InlineData("""{ "data": "x" }""", "the key 'profile' is missing")]
    [InlineData("""{ "register": "http://127.0.0.1:7443", "data": "x", "profile": "lastu" }""", "'register' must be an address such as https://")]
    [InlineData("""{ "register": """, "is not valid JSON at line 1")]
    [InlineData("[]", "must hold one JSON object")]
    public void A_bad_file_gives_one_sentence_that_names_the_place(string json, string sentence)
    {
        var problem = Assert.Throws<StartProblem>(() => Read(json));
        Assert.Contains(sentence, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.Message);
    }

    [Theory]
    [InlineData("http://0.0.0.0:7080")]
    [InlineData("http://10.1.2.3:7080")]
    [InlineData("http://kirjasto.example:7080")]
    [InlineData("http://[::]:7080")]
    public void R44_Pages_in_plain_text_are_offered_to_this_machine_alone_unless_a_proxy_stands_before_them(string console)
    {
        var open = Good.Replace("http://127.0.0.1:7080", console, StringComparison.Ordinal);

        Assert.Contains("consoleProxy", Assert.Throws<StartProblem>(() => Read(open)).Message, StringComparison.Ordinal);
        Assert.Equal(new Uri(console), Read(open, ("KIOSKLINK__CONSOLEPROXY", "10.1.2.4")).Console);
    }

    [Theory]
    [InlineData("http://127.0.0.1:7080")]
    [InlineData("http://localhost:7080")]
    [InlineData("http://[::1]:7080")]
    public void R44_Pages_for_this_machine_need_no_proxy(string console) =>
        Assert.Equal(new Uri(console), Read(Good.Replace("http://127.0.0.1:7080", console, StringComparison.Ordinal)).Console);

    [Fact]
    public void A_proxy_is_an_address_and_not_a_name() => Assert.Contains(
        "'consoleProxy' must be", Assert.Throws<StartProblem>(() => Read(Good, ("KIOSKLINK__CONSOLEPROXY", "proxy.example"))).Message, StringComparison.Ordinal);

    [Fact]
    public void An_environment_variable_that_overrides_nothing_is_refused()
    {
        var problem = Assert.Throws<StartProblem>(() => Read(Good, ("KIOSKLINK__DATTA", "x")));
        Assert.Contains("KIOSKLINK__DATTA", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var problem = Assert.Throws<StartProblem>(() => ConfigFile.Read(_folder["none.json"], []));
        Assert.Contains(_folder["none.json"], problem.Message, StringComparison.Ordinal);
    }

    private RegisterConfig Read(string json, params (string Name, string Value)[] environment) =>
        ConfigFile.Read(_folder.Write("register.json", json), environment.Select(variable => KeyValuePair.Create(variable.Name, variable.Value)));
}
