using System.ComponentModel;
using System.Diagnostics;

namespace KioskLink.Cli.Registers;

/// <summary>The register's program: the code that makes and changes keys lives there, and is started from here as a process.</summary>
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

    /// <summary>Runs one of its tasks to the end.</summary>
    /// <param name="task">The task (`init`).</param>
    /// <param name="config">The register's configuration file.</param>
    /// <param name="onLine">Takes each line of its output as it comes.</param>
    /// <param name="stop">Gives up waiting; the process ends with this one.</param>
    /// <param name="more">What the task takes beside its configuration.</param>
    /// <exception cref="CommandProblem">It refused, with its own sentence.</exception>
    public async Task Run(string task, string config, Action<string> onLine, CancellationToken stop, params string[] more)
    {
        using var process = Start([task, "--config", config, .. more]);
        var errors = process.StandardError.ReadToEndAsync(stop);
        while (await process.StandardOutput.ReadLineAsync(stop) is { } line)
        {
            if (line.Length > 0)
                onLine(line.Trim());
        }

        await process.WaitForExitAsync(stop);
        if (process.ExitCode == 0)
            return;
        var code = process.ExitCode == (int)ExitCode.Usage ? ExitCode.Usage : ExitCode.Refused;
        throw new CommandProblem(code, $"{task.Replace('-', '_').ToUpperInvariant()}_REFUSED", (await errors).Trim());
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
