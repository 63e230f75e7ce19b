using System.ComponentModel;
using System.Diagnostics;

namespace KioskLink.Cli.Registers;

/// <summary>The register's program: the code that makes keys lives there, and is started from here as a process.</summary>
/// <param name="path">An executable, or an assembly that dotnet runs.</param>
internal sealed class RegisterProgram(string path)
{
    private const string Name = "KioskLink.Register";

    /// <summary>Takes the path given, or looks beside this program and in the build output of a source tree.</summary>
    /// <exception cref="CommandProblem">It is nowhere.</exception>
    public static RegisterProgram Find(string? given) =>
        (given is not null ? [given] : Places()).FirstOrDefault(File.Exists) is { } path
            ? new RegisterProgram(path)
            : throw CommandProblem.Usage(given is null
                ? $"{Name} lies neither beside this program nor in a build output next to it; give --register-program PATH."
                : $"--register-program: there is no file {given}.");

    /// <summary>Makes the keys of a new register.</summary>
    /// <returns>The files it wrote.</returns>
    /// <exception cref="CommandProblem">It refused, with its own sentence.</exception>
    public async Task<IReadOnlyList<string>> Init(string config, CancellationToken stop)
    {
        using var process = Start("init", "--config", config);
        var errors = process.StandardError.ReadToEndAsync(stop);
        var output = await process.StandardOutput.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        if (process.ExitCode == 0)
            return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var code = process.ExitCode == (int)ExitCode.Usage ? ExitCode.Usage : ExitCode.Refused;
        throw new CommandProblem(code, "INIT_REFUSED", (await errors).Trim());
    }

    private static IEnumerable<string> Places()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        yield return Path.Combine(here.FullName, Name);
        yield return Path.Combine(here.FullName, Name + ".dll");
        if (here is { Parent.Parent.Parent.Parent: { } src })
            yield return Path.Combine(src.FullName, Name, "bin", here.Parent.Name, here.Name, Name + ".dll");
    }

    private Process Start(params ReadOnlySpan<string> arguments)
    {
        var isAssembly = path.EndsWith(".dll", StringComparison.Ordinal);
        var start = new ProcessStartInfo(isAssembly ? "dotnet" : path) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (isAssembly)
            start.ArgumentList.Add(path);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception broken)
        {
            throw CommandProblem.Usage($"{path} cannot be started: {broken.Message}. Give the right file with --register-program.");
        }
    }
}
