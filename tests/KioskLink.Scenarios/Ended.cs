using KioskLink.Testing;

namespace KioskLink.Scenarios;

/// <summary>How a program ended and what it said.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
internal sealed record Ended(int Code, string Output, string Errors)
{
    /// <summary>Runs a program of this repository to its end.</summary>
    public static async Task<Ended> RunAsync(string program, params string[] arguments)
    {
        await using var running = RunningProgram.Start(program, arguments);
        var output = new List<string>();
        var code = await running.ExitAfter(output);
        return new Ended(code, string.Join('\n', output), running.Errors.Trim());
    }

    /// <summary>Runs `kiosklink` at a branch's register.</summary>
    public static Task<Ended> KiosklinkAsync(Branch branch, params string[] arguments) =>
        RunAsync(SolutionRoot.Program("KioskLink.Cli", "kiosklink"), [.. arguments, "--config", branch.World.Folder.RegisterConfig]);

    /// <summary>Runs the register.</summary>
    public static Task<Ended> RegisterAsync(params string[] arguments) => RunAsync(SolutionRoot.Program("KioskLink.Register"), arguments);

    /// <summary>Runs a node.</summary>
    public static Task<Ended> NodeAsync(params string[] arguments) => RunAsync(SolutionRoot.Program("KioskLink.Node"), arguments);

    /// <summary>Checks that it refused with a code and one sentence, a reason word behind it or not, that names all these.</summary>
    public void SaidInOneSentence(int code, params string[] named)
    {
        Assert.Equal((code, 1), (Code, Errors.Split('\n').Length));
        Assert.Matches(@"\.( \([A-Z_]+\))?$", Errors);
        Assert.All(named, name => Assert.Contains(name, Errors, StringComparison.Ordinal));
    }
}
