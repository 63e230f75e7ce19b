using System.Diagnostics;

namespace KioskLink.Benchmarks.Load;

/// <summary>Calls at fixed times whether or not earlier ones were answered: what a patron sees who comes when he comes.</summary>
internal static class OpenLoop
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <summary>The times from when each call was due to when it was answered.</summary>
    /// <param name="perSecond">How many are due in a second.</param>
    /// <param name="duration">How long.</param>
    /// <param name="call">One call, by its number.</param>
    public static async Task<IReadOnlyList<TimeSpan>> RunAsync(double perSecond, TimeSpan duration, Func<int, Task> call)
    {
        var calls = new List<Task<TimeSpan>>();
        var due = (int)(perSecond * duration.TotalSeconds);
        using var timer = new PeriodicTimer(Tick, TimeProvider.System);
        var started = Stopwatch.GetTimestamp();
        while (calls.Count < due && await timer.WaitForNextTickAsync())
        {
            var now = Stopwatch.GetElapsedTime(started);
            while (calls.Count < due && DueAt(calls.Count, perSecond) is var at && at <= now)
                calls.Add(TimeAsync(calls.Count, started, at, call));
        }
        return await Task.WhenAll(calls);
    }

    private static TimeSpan DueAt(int number, double perSecond) => TimeSpan.FromSeconds(number / perSecond);

    private static async Task<TimeSpan> TimeAsync(int number, long started, TimeSpan due, Func<int, Task> call)
    {
        await call(number);
        return Stopwatch.GetElapsedTime(started) - due;
    }
}
