namespace KioskLink.Testing;

/// <summary>How long tests wait for what must happen. Generous: it bounds a hang, it measures nothing.</summary>
public static class Patience
{
    /// <summary>For one event inside a process or between two.</summary>
    public static readonly TimeSpan Event = TimeSpan.FromSeconds(30);

    /// <summary>For a program to start or stop on a busy machine.</summary>
    public static readonly TimeSpan Program = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits for a task; throws <see cref="TimeoutException"/> naming what was waited for.</summary>
    public static async Task<T> For<T>(Task<T> task, string what, TimeSpan? atMost = null)
    {
        await For((Task)task, what, atMost);
        return await task;
    }

    /// <summary>Waits for a task; throws <see cref="TimeoutException"/> naming what was waited for.</summary>
    public static async Task For(Task task, string what, TimeSpan? atMost = null)
    {
        var bound = atMost ?? Event;
        if (await Task.WhenAny(task, Task.Delay(bound)) != task)
            throw new TimeoutException($"Waited {bound.TotalSeconds:0} s in vain for {what}.");
        await task;
    }

    /// <summary>Waits until a condition holds, for state that tells nobody of its change, such as a file or another program's.</summary>
    public static Task Until(Func<bool> holds, string what, TimeSpan? atMost = null) =>
        Until(() => Task.FromResult(holds()), what, atMost);

    /// <summary>Waits until a condition holds, for state that must be asked for.</summary>
    public static async Task Until(Func<Task<bool>> holds, string what, TimeSpan? atMost = null)
    {
        using var bound = new CancellationTokenSource(atMost ?? Event);
        while (!await holds())
        {
            if (bound.IsCancellationRequested)
                throw new TimeoutException($"Waited {(atMost ?? Event).TotalSeconds:0} s in vain until {what}.");
            await Task.Delay(Look);
        }
    }
}
