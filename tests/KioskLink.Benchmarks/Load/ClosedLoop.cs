using System.Diagnostics;

namespace KioskLink.Benchmarks.Load;

/// <summary>Workers that each call again as soon as they are answered: how much a server can do.</summary>
internal static class ClosedLoop
{
    /// <summary>Calls per second over a time, and what each cost.</summary>
    /// <param name="workers">How many call at once.</param>
    /// <param name="duration">How long.</param>
    /// <param name="call">One call of a worker, by its number.</param>
    public static async Task<Rate> RateAsync(int workers, TimeSpan duration, Func<int, Task> call)
    {
        var before = Spent.SoFar();
        var started = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(() => WorkAsync(worker, started, duration, call))));
        return new Rate(counts.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds, Spent.SoFar().Since(before).Per(counts.Sum()));
    }

    private static async Task<long> WorkAsync(int worker, long started, TimeSpan duration, Func<int, Task> call)
    {
        var count = 0L;
        for (; Stopwatch.GetElapsedTime(started) < duration; count++)
            await call(worker);
        return count;
    }
}
