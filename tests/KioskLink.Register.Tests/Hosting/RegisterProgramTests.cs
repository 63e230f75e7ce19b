using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KioskLink.Register.Hosting;
using KioskLink.Register.Staff;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Hosting;

public sealed class RegisterProgramTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _config;

    public RegisterProgramTests() => _config = _folder.Write(
        "register.json", """{ "register": "https://127.0.0.1:0", "data": "./data", "profile": "lastu" }""");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Init_writes_every_key_once_and_readable_by_its_owner_only()
    {
        Assert.Equal((0, ""), await RunAsync("init", "--config", _config));
        foreach (var name in new[] { "ca.key", "server.key", "admin.key", "envelope.key", "master.key" })
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["data/" + name]));
        Assert.All(["ca.pem", "server.pem", "admin.pem"], name => Assert.True(File.Exists(_folder["data/" + name])));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Init_never_overwrites(bool force)
    {
        await RunAsync("init", "--config", _config);
        var before = await File.ReadAllBytesAsync(_folder["data/ca.key"]);
        var (code, sentence) = await RunAsync(force ? ["init", "--config", _config, "--force"] : ["init", "--config", _config]);
        Assert.Equal(2, code);
        Assert.Contains("never overwrites", sentence, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(_folder["data/ca.key"]));
    }

    [Fact]
    public async Task R41_Init_names_the_person_whose_certificate_it_writes()
    {
        using var output = new StringWriter();
        Assert.Equal(0, await RegisterProgram.RunAsync(["init", "--administrator", "maija", "--config", _config], output, TextWriter.Null));
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(_folder["data/admin.pem"]);
        Assert.Equal("maija", certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false));
        Assert.EndsWith($"ADMINISTRATOR maija{Environment.NewLine}", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("administrator")]
    [InlineData("system")]
    [InlineData("Maija Testi")]
    [InlineData("x")]
    public async Task R41_Init_takes_no_name_that_no_person_s_account_may_have(string name)
    {
        var (code, sentence) = await RunAsync("init", "--administrator", name, "--config", _config);
        Assert.Equal(2, code);
        Assert.Contains("must be the user name of one person", sentence, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["data"]));
    }

    [Fact]
    public void R41_Without_a_name_the_first_certificate_is_the_machine_s_user_s_or_nobody_s()
    {
        Assert.Equal("maija", FirstAdministrator.Named(null, "maija"));
        Assert.Equal("ville", FirstAdministrator.Named("ville", "maija"));
        foreach (var user in new[] { "Maija Testi", "administrator", "KIRJASTO\\maija", "" })
            Assert.Contains("--administrator maija", Assert.Throws<StartProblem>(() => FirstAdministrator.Named(null, user)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_beside_another_register_s_database_writes_no_key_and_leaves_it_alone()
    {
        await RunAsync("init", "--config", _config);
        foreach (var key in Directory.EnumerateFiles(_folder["data"]).Where(file => Path.GetExtension(file) is ".pem" or ".key"))
            File.Delete(key);

        var (code, sentence) = await RunAsync("init", "--config", _config);

        Assert.Equal(2, code);
        Assert.Contains("master key does not open this database", sentence, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["data/register.db"]));
        Assert.DoesNotContain(Directory.EnumerateFiles(_folder["data"]), file => Path.GetExtension(file) is ".pem" or ".key");
    }

    [Fact]
    public async Task A_register_without_keys_says_how_to_make_them()
    {
        var (code, sentence) = await RunAsync("--config", _config);
        Assert.Equal(2, code);
        Assert.Contains("KioskLink.Register init", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_process_on_the_same_folder_says_so()
    {
        using var first = DataFolderLock.Take(_folder["data"]);
        var (code, sentence) = await RunAsync("--config", _config);
        Assert.Equal(2, code);
        Assert.Contains("Another register already uses the data folder", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_master_key_is_noticed_before_anything_is_changed()
    {
        await RunAsync("init", "--config", _config);
        var config = ConfigFile.Read(_config, []);
        await (await RegisterHost.StartAsync(config, TimeProvider.System)).DisposeAsync();
        await File.WriteAllTextAsync(config.MasterKey, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        var before = SHA256.HashData(await File.ReadAllBytesAsync(_folder["data/register.db"]));

        var (code, sentence) = await RunAsync("--config", _config);
        Assert.Equal(2, code);
        Assert.Contains("master key does not open this database", sentence, StringComparison.Ordinal);
        Assert.Equal(before, SHA256.HashData(await File.ReadAllBytesAsync(_folder["data/register.db"])));
    }

    [Fact]
    public async Task A_malformed_master_key_is_named()
    {
        await RunAsync("init", "--config", _config);
        await File.WriteAllTextAsync(_folder["data/master.key"], "no key");
        var (code, sentence) = await RunAsync("--config", _config);
        Assert.Equal(2, code);
        Assert.Contains("does not hold 32 bytes", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_is_named()
    {
        await RunAsync("init", "--config", _config);
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        var config = ConfigFile.Read(_config, []) with { Register = new Uri($"https://127.0.0.1:{port}") };
        var problem = await Assert.ThrowsAsync<StartProblem>(() => RegisterHost.StartAsync(config, TimeProvider.System));
        Assert.Contains("cannot listen", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--config")]
    [InlineData("--konfig", "x")]
    [InlineData]
    public async Task A_bad_command_line_shows_the_right_one(params string[] args)
    {
        var (code, sentence) = await RunAsync(args);
        Assert.Equal(2, code);
        Assert.Contains("--config register.json", sentence, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Errors)> RunAsync(params string[] args)
    {
        using var errors = new StringWriter();
        using var output = new StringWriter();
        var code = await RegisterProgram.RunAsync(args, output, errors);
        return (code, errors.ToString().TrimEnd());
    }
}
