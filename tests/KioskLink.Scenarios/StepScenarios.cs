using KioskLink.Demo.Script;

namespace KioskLink.Scenarios;

/// <summary>Steps that cannot hold: each ends the script with 1 at once, names its line and says what is wrong, and the demo goes on.</summary>
public class StepScenarios
{
    [Fact]
    public async Task A_step_that_cannot_hold_names_its_line_and_the_reason()
    {
        await using var branch = await Branch.OpenAsync();
        await FailsAsync(branch, "expect GRANTED", "no card was presented before this step");
        await FailsAsync(branch, "ban nobody use", "There is no such patron");
        await FailsAsync(branch, "node start", "KioskLink.Node runs already");

        await HoldAsync(branch, "reader unplug");
        await FailsAsync(branch, "card 29909090000018", "the reader is unplugged");
        await HoldAsync(branch, "reader replug", "network cut");
        await FailsAsync(branch, "settled", "the node cannot come online: the network is cut");
        await HoldAsync(branch, "register kill");
        await FailsAsync(branch, "network restore", "the node cannot come online: the register is not running");
        await FailsAsync(branch, "lift demo-kaisa use", "the register is not running");
        await HoldAsync(branch, "node kill");
        await FailsAsync(branch, "card 29909090000018", "the node is not running");

        await HoldAsync(branch, "register start", "node start", "card 29909090000018", "pin 2601", "expect GRANTED REGISTER", "settled");
    }

    [Fact]
    public async Task A_wrong_expectation_names_its_line_and_masks_the_PIN()
    {
        await using var branch = await Branch.OpenAsync();

        var (code, output) = await RunAsync(branch, ["# a wrong PIN", "", "card 29909090000018", "pin 2602", "expect GRANTED", "settled"]);

        Assert.Equal(1, code);
        Assert.Equal("FAILED line 5: expect GRANTED: the decision was PIN_WRONG REGISTER", output[^1]);
        Assert.DoesNotContain(output, line => line.Contains("2602", StringComparison.Ordinal));
    }

    private static async Task HoldAsync(Branch branch, params string[] lines)
    {
        var (code, output) = await RunAsync(branch, lines);
        Assert.True(code == 0, output[^1]);
    }

    private static async Task FailsAsync(Branch branch, string line, string problem)
    {
        var (code, output) = await RunAsync(branch, [line]);
        Assert.Equal(1, code);
        Assert.StartsWith($"FAILED line 1: {line}: ", output[^1], StringComparison.Ordinal);
        Assert.Contains(problem, output[^1], StringComparison.Ordinal);
    }

    private static async Task<(int Code, string[] Output)> RunAsync(Branch branch, IEnumerable<string> lines)
    {
        using var output = new StringWriter();
        var runner = new ScriptRunner(branch.World, branch.Actions, output, TimeProvider.System);
        var code = await runner.RunAsync(ScriptParser.Parse(lines), CancellationToken.None);
        return (code, output.ToString().TrimEnd().Split('\n'));
    }
}
