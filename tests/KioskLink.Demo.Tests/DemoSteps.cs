namespace KioskLink.Demo.Tests;

/// <summary>Steps of a running demo, by its page.</summary>
internal static class DemoSteps
{
    // A machine that is busy may let the register's answer come after the door's patience; the copy knows nobody yet then.
    private const int Tries = 5;

    /// <summary>Lets the demo do a step, such as <c>reader unplug</c>.</summary>
    public static async Task DoAsync(string page, string step)
    {
        if (await TryAsync(page, step) is { } problem)
            Assert.Fail($"{step}: {problem}");
    }

    /// <summary>Somebody comes in by card and PIN, for what follows from it: the register has an entry, and the node's copy the card.</summary>
    public static async Task ComeInAsync(string page, string card, string pin)
    {
        string? problem = null;
        for (var tried = 0; tried < Tries; tried++)
        {
            await DoAsync(page, $"card {card}");
            await DoAsync(page, $"pin {pin}");
            problem = await TryAsync(page, "expect GRANTED REGISTER");
            if (problem is null)
            {
                await DoAsync(page, "door push");
                return;
            }

            await DoAsync(page, "settled");
        }

        Assert.Fail(problem);
    }

    private static async Task<string?> TryAsync(string page, string step)
    {
        using var http = new HttpClient { BaseAddress = new Uri(page) };
        using var answer = await http.PostAsync("step", new StringContent(step));
        return answer.IsSuccessStatusCode ? null : await answer.Content.ReadAsStringAsync();
    }
}
