using System.Globalization;

namespace KioskLink.Demo.Programs;

/// <summary>
/// The `dotnet run` that has started the demo, if one has. It passes SIGTERM on, but cannot pass SIGKILL on: a demo whose
/// `dotnet run` is gone would go on unseen.
/// </summary>
internal static class DotnetRun
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>Calls back once when the `dotnet run` above this process is gone; never where there is none.</summary>
    public static async Task WhenGoneAsync(Action gone, TimeProvider time, CancellationToken cancellation)
    {
        var parent = Parent();
        if (!IsDotnetRun(parent))
        {
            return;
        }
        while (Parent() == parent)
        {
            await Task.Delay(LookEvery, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellation.IsCancellationRequested)
            {
                return;
            }
        }
        gone();
    }

    /// <summary>The process that started this one, or the one that has adopted it since. The name in the middle of the line may hold spaces.</summary>
    private static int Parent()
    {
        var line = File.ReadAllText("/proc/self/stat");
        return int.Parse(line[(line.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    private static bool IsDotnetRun(int process)
    {
        try
        {
            var words = File.ReadAllText($"/proc/{process}/cmdline").Split('\0');
            return Path.GetFileName(words[0]) == "dotnet" && words.Contains("run");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
