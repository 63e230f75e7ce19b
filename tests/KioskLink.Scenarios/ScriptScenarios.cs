using KioskLink.Testing;

namespace KioskLink.Scenarios;

/// <summary>The scripts of this folder, each run by the demo's own program against the real register, node and serial line.</summary>
public class ScriptScenarios
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Scripts");

    public static TheoryData<string> Scripts() => [.. Directory.EnumerateFiles(Folder, "*.script").Select(file => Path.GetFileName(file)).Order()];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Every_step_of_the_script_holds(string script)
    {
        await using var demo = RunningProgram.Start(SolutionRoot.Program("KioskLink.Demo"), ["--headless", "--script", Path.Combine(Folder, script)]);
        var output = new List<string>();
        var code = await demo.ExitAfter(output);
        Assert.True(code == 0, string.Join('\n', output.TakeLast(12)) + demo.Errors);
    }
}
