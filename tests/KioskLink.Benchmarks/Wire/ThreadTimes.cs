using System.Globalization;

namespace KioskLink.Benchmarks.Wire;

/// <summary>What threads of this process have spent on the processor, from the kernel's count in nanoseconds (/proc/self/task/N/schedstat).</summary>
internal static class ThreadTimes
{
    private const double NanosecondsPerTick = 100;

    /// <summary>The sum over all threads whose name begins so; the kernel keeps 15 characters of a name.</summary>
    public static TimeSpan OfThreads(string name) =>
        Directory.GetDirectories("/proc/self/task").Where(task => File.ReadAllText(Path.Combine(task, "comm")).StartsWith(name, StringComparison.Ordinal))
            .Aggregate(TimeSpan.Zero, (sum, task) => sum + Read(task));

    /// <summary>The calling thread's.</summary>
    public static TimeSpan OfThisThread() => Read("/proc/thread-self");

    private static TimeSpan Read(string task)
    {
        var nanoseconds = File.ReadAllText(Path.Combine(task, "schedstat")).Split(' ')[0];
        return TimeSpan.FromTicks((long)(long.Parse(nanoseconds, CultureInfo.InvariantCulture) / NanosecondsPerTick));
    }
}
