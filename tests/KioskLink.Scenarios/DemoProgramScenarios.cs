using KioskLink.Testing;

namespace KioskLink.Scenarios;

/// <summary>The demo as a program: how it ends, what it leaves behind, and two of them side by side.</summary>
public sealed class DemoProgramScenarios : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task A_demo_that_is_told_to_stop_ends_its_programs_and_leaves_nothing_behind()
    {
        await using var demo = Start();
        await demo.Line("KioskLink demo is ready");
        Assert.NotEmpty(Started());

        Assert.Equal(0, await demo.Stop());

        Assert.Empty(Started());
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task A_script_that_is_told_to_stop_ends_with_1_at_once_and_names_the_line_it_was_at()
    {
        await using var demo = Start("--script", _folder.Write("long.script", "# a long wait\nwait 30m\n"));
        await demo.Line("wait 30m");

        var stopping = demo.Stop();

        Assert.Equal("FAILED line 2: wait 30m: interrupted", await demo.Line("FAILED"));
        Assert.Equal(1, await stopping);
        Assert.Empty(Started());
    }

    [Fact]
    public async Task Two_demos_run_side_by_side_and_a_killed_ones_programs_die_with_it()
    {
        await using var first = Start();
        await using var second = Start();
        await first.Line("KioskLink demo is ready");
        await second.Line("KioskLink demo is ready");

        await first.Kill();
        await second.Stop();

        await Patience.Until(() => Started().Count == 0, "the killed demo's programs are gone");
    }

    [Fact]
    public async Task A_reader_or_a_file_that_is_not_there_is_said_before_anything_starts()
    {
        var missing = await Ended.RunAsync(SolutionRoot.Program("KioskLink.Demo"), "--headless", "--reader", "/dev/no-such-reader");
        missing.SaidInOneSentence(1, "There is no serial device /dev/no-such-reader", "plug the reader in");

        var folder = await Ended.RunAsync(SolutionRoot.Program("KioskLink.Demo"), "--headless", "--data", _folder.Write("file", ""));
        folder.SaidInOneSentence(1, _folder["file"], "name another folder with --data");
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private RunningProgram Start(params string[] arguments) => RunningProgram.Start(
        SolutionRoot.Program("KioskLink.Demo"), ["--headless", .. arguments], environment: new Dictionary<string, string> { ["TMPDIR"] = _folder.Path });

    /// <summary>Register and node of the demos of this test, alive: their command lines name the test's folder.</summary>
    private List<string> Started() => [.. Directory.GetDirectories("/proc").Select(CommandLine).Where(line => line.Contains(_folder.Path, StringComparison.Ordinal))];

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (IOException)
        {
            // No process, or one that has just ended.
            return "";
        }
    }
}
