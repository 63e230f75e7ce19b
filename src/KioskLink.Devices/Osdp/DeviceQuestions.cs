using KioskLink.Devices.Locks;

namespace KioskLink.Devices.Osdp;

/// <summary>Asks one device what others want to know, one question at a time and no second beside it, and waits for replies that come only to a later poll.</summary>
internal sealed class DeviceQuestions(DeviceSession session, Action wake, TimeProvider clock)
{
    private int _asking;

    /// <summary>Asks, and waits for the answer no longer than the limit.</summary>
    public async Task<DeviceAnswer> AskAsync(DeviceQuestion question, TimeSpan limit)
    {
        var since = clock.GetTimestamp();
        if (Interlocked.Exchange(ref _asking, 1) != 0)
            return DeviceAnswer.None(OutputResult.NotSent);
        try
        {
            return await AskNowAsync(question, since, limit).ConfigureAwait(false);
        }
        finally
        {
            session.Waits.Forget();
            Volatile.Write(ref _asking, 0);
        }
    }

    private async Task<DeviceAnswer> AskNowAsync(DeviceQuestion question, long since, TimeSpan limit)
    {
        var commands = question.Commands(session.Room);
        var answer = session.Waits.Expect(question.Awaited);
        var result = OutputResult.NotSent;
        foreach (var command in commands)
        {
            var queued = new QueuedCommand(command);
            if (!session.Feedback.TryAdd(queued))
                return DeviceAnswer.None(OutputResult.NotSent);
            wake();
            result = await queued.Completion.ConfigureAwait(false);
            if (result != OutputResult.Acknowledged)
                return DeviceAnswer.None(result);
        }
        return question.Awaited.Count == 0 || commands.Count == 0 ? DeviceAnswer.None(result) : await InTimeAsync(answer, limit - clock.GetElapsedTime(since)).ConfigureAwait(false);
    }

    private async Task<DeviceAnswer> InTimeAsync(Task<DeviceAnswer> answer, TimeSpan left)
    {
        try
        {
            return await answer.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return DeviceAnswer.None(OutputResult.Acknowledged);
        }
    }
}
