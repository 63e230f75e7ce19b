using System.Diagnostics;

namespace KioskLink.Demo.Programs;

/// <summary>Runs a program that does one thing and ends.</summary>
internal static class OneOffProgram
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="InvalidOperationException">It ended with another exit code than 0; holds what it said.</exception>
    public static async Task RunAsync(string name, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(ProgramFiles.Host) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(ProgramFiles.Find(name));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start.");
        using var timeout = new CancellationTokenSource(Timeout);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(timeout.Token), process.StandardError.ReadToEndAsync(timeout.Token));
        await process.WaitForExitAsync(timeout.Token);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{name} ended with exit code {process.ExitCode}: {(await error + await output).Trim()}");
        }
    }
}
