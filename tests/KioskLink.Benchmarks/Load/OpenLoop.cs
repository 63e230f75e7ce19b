using System.Diagnostics;

namespace KioskLink.Benchmarks.Load;

/// <summary>
/// Calls at fixed times whether or not earlier ones were answered: what a patron sees who comes when he comes. A thread of its
/// own paces them, since timers fire in steps of several milliseconds, which a server would be blamed for.
/// </summary>
internal static class OpenLoop
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <summary>The times from when each call was due to when it was answered.</summary>
    /// <param name="perSecond">How many are due in a second.</param>
    /// <param name="duration">How long.</param>
    /// <param name="call">One call, by its number.</param>
    public static async Task<IReadOnlyList<TimeSpan>> RunAsync(double perSecond, TimeSpan duration, Func<int, Task> call)
    {
        var calls = await Task.Factory.StartNew(
            () => Start(perSecond, duration, call), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return await Task.WhenAll(calls);
    }

    private static List<Task<TimeSpan>> Start(double perSecond, TimeSpan duration, Func<int, Task> call)
    {
        var calls = new List<Task<TimeSpan>>();
        var due = (int)(perSecond * duration.TotalSeconds);
        using var never = new ManualResetEvent(false);
        for (var started = Stopwatch.GetTimestamp(); calls.Count < due; never.WaitOne(Tick))
        {
            var now = Stopwatch.GetElapsedTime(started);
            while (calls.Count < due && DueAt(calls.Count, perSecond) is var at && at <= now)
            {
                var number = calls.Count;
                calls.Add(Task.Run(() => TimeAsync(number, started, at, call)));
            }
        }
        return calls;
    }

    private static TimeSpan DueAt(int number, double perSecond) => TimeSpan.FromSeconds(number / perSecond);

    private static async Task<TimeSpan> TimeAsync(int number, long started, TimeSpan due, Func<int, Task> call)
    {
        await call(number);
        return Stopwatch.GetElapsedTime(started) - due;
    }
}
