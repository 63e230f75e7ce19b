using System.Text.Json.Nodes;
using KioskLink.Testing;

namespace KioskLink.Cli;

/// <summary>Notices by the real register's answers.</summary>
public sealed class RealNoticeTests : IDisposable
{
    private static readonly string Program = SolutionRoot.Program("KioskLink.Register");

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task A_notice_is_shown_in_a_language_and_as_it_was_on_a_day()
    {
        var config = _folder.Write("register.json", """{ "register": "https://127.0.0.1:0", "data": "./data", "profile": "lastu" }""");
        Assert.Equal(0, (await CommandLine.Run("register", "init", "--config", config, "--register-program", Program)).Code);
        await using var register = RunningProgram.Start(Program, ["--config", config]);
        var address = (string)JsonNode.Parse((await register.Line("LISTENING"))["LISTENING ".Length..])!["grpc"]!;
        string[] there = ["--config", config, "--register", address];

        var shown = await CommandLine.Run(["notice", "show", "--language", "sv", .. there]);
        var camera = await CommandLine.Run(["notice", "show", "camera", "--json", .. there]);
        var older = await CommandLine.Run(["notice", "show", "--at", "2023-10-04", "--json", .. there]);
        var versions = await CommandLine.Run(["notice", "versions", "--json", .. there]);
        var record = await CommandLine.Run(["notice", "ropa", "--json", .. there]);

        Assert.Equal("", shown.Errors + camera.Errors + older.Errors + versions.Errors + record.Errors);
        Assert.Contains("Lahtis stad", shown.Output, StringComparison.Ordinal);
        Assert.Contains("Den registrerades rättigheter", shown.Output, StringComparison.Ordinal);
        Assert.Equal("CAMERA", (string?)camera.Json["version"]!["register"]);
        Assert.Equal("2023-03-30", (string?)older.Json["version"]!["versionDate"]);
        Assert.Equal(2, versions.Json["versions"]!.AsArray().Count);
        Assert.Equal(2, record.Json["registers"]!.AsArray().Count);
        Assert.Equal(2, (await CommandLine.Run(["notice", "show", "patrons", .. there])).Code);
        Assert.Equal(0, await register.Stop());
    }

    public void Dispose() => _folder.Dispose();
}
