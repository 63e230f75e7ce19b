using KioskLink.Testing;

namespace KioskLink.Cli;

/// <summary>The completion script in a real bash.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("kiosklink ''", "access branch device door node")]
    [InlineData("kiosklink device ''", "discover key list probe trace")]
    [InlineData("kiosklink device key ''", "rotate")]
    [InlineData("kiosklink device probe --ask ''", "identity inputs outputs readers status")]
    [InlineData("kiosklink ban add 1001 u", "use")]
    [InlineData("kiosklink ban add 1001 use --reason", "--reason --reason-code")]
    [InlineData("kiosklink node doctor --d", "--doors-closed")]
    [InlineData("kiosklink sip2 client ''", "checkin checkout end item login patron renew status")]
    [InlineData("kiosklink sip2 client checkout --e", "--encoding --error-detection")]
    [InlineData("kiosklink sip2 client checkout --terminator ''", "cr crlf")]
    [InlineData("kiosklink node doctor --j", "--json")]
    public async Task Tab_offers_what_may_come_next(string typed, string expected)
    {
        var offered = await OfferedAsync(typed);

        Assert.All(expected.Split(' '), word => Assert.Contains(word, offered));
    }

    [Fact]
    public async Task Where_a_file_is_named_files_are_offered()
    {
        using var folder = new TempFolder();
        folder.Write("register.json", "{}");

        Assert.Contains(folder["register.json"], await OfferedAsync($"kiosklink node list --config {folder["reg"]}"));
    }

    private static async Task<IReadOnlyList<string>> OfferedAsync(string typed)
    {
        using var folder = new TempFolder();
        var script = folder.Write("completion.bash", (await CommandLine.Run("completion", "bash")).Output);
        await using var bash = RunningProgram.Start(
            "bash", ["-c", $"set -eu; source '{script}'; COMP_WORDS=({typed}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _kiosklink; printf '%s\\n' \"${{COMPREPLY[@]}}\""]);
        var lines = new List<string>();
        var code = await bash.ExitAfter(lines);
        Assert.True(code == 0, bash.Errors);
        return lines;
    }
}
