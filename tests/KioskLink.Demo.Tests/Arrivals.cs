using Microsoft.Playwright;

namespace KioskLink.Demo.Tests;

/// <summary>How a test follows a browser from one page to the next.</summary>
internal static class Arrivals
{
    /// <summary>Does what leads to another page and waits until that one is there: going elsewhere before would break off the way to it.</summary>
    public static async Task ArriveByAsync(this IPage page, Func<Task> act)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Note(object? sender, IFrame frame)
        {
            if (frame == page.MainFrame) arrived.TrySetResult();
        }

        page.FrameNavigated += Note;
        await act();
        await arrived.Task.WaitAsync(TimeSpan.FromMilliseconds(Chromium.PatienceMs));
        page.FrameNavigated -= Note;
        await page.WaitForLoadStateAsync();
    }
}
