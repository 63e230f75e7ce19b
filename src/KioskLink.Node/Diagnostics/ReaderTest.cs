using System.Runtime.CompilerServices;
using KioskLink.Devices.Readers;
using KioskLink.Node.Buses;
using KioskLink.Protos.Node.V1;

namespace KioskLink.Node.Diagnostics;

/// <summary>Goes through what a reader shows people: colours, a tone, a text, and counts the cards that are read and the keys that are pressed. Thread-safe.</summary>
internal sealed class ReaderTest(DeviceLines lines, DeviceWatch watch, TimeProvider time)
{
    /// <summary>The longest that keys are counted.</summary>
    public static readonly TimeSpan LongestKeys = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan KeysFor = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StepTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CountEvery = TimeSpan.FromMilliseconds(200);
    private static readonly LedColor[] Colours = [LedColor.Red, LedColor.Green, LedColor.Amber];

    /// <summary>Runs the test; the reader returns to what it showed by itself.</summary>
    public async IAsyncEnumerable<TestReaderResponse> RunAsync(string deviceId, TimeSpan? keysFor, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var (step, act) in Steps(deviceId))
        {
            yield return new TestReaderResponse { Step = step, Sent = act() };
            await Task.Delay(StepTime, time, cancellation);
        }
        await foreach (var counted in CountAsync(deviceId, keysFor ?? KeysFor, cancellation))
            yield return counted;
    }

    private IEnumerable<(string Step, Func<bool> Act)> Steps(string deviceId)
    {
        foreach (var colour in Colours)
            yield return ($"{colour} light".ToLowerInvariant(), () => lines.SetLed(deviceId, new LedSetting { Temporary = LedPattern.Steady(colour), TemporaryFor = StepTime }));
        yield return ("one tone", () => lines.Beep(deviceId, BeepPattern.Short));
        yield return ("text", () => lines.ShowText(deviceId, new DisplayText("TEST 123", ShowFor: StepTime)));
    }

    private async IAsyncEnumerable<TestReaderResponse> CountAsync(string deviceId, TimeSpan limit, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (keysBefore, readsBefore, since) = (watch.KeysPressedAt(deviceId), watch.ReadsAt(deviceId), time.GetTimestamp());
        var (keysTold, readsTold, isThere) = (-1, -1, IsThere(deviceId));
        while (time.GetElapsedTime(since) < limit)
        {
            if (watch.ReadsAt(deviceId) - readsBefore is var reads && reads != readsTold)
                yield return new TestReaderResponse { Step = "reads", Sent = isThere, Reads = readsTold = reads };
            if (watch.KeysPressedAt(deviceId) - keysBefore is var keys && keys != keysTold)
                yield return new TestReaderResponse { Step = "keys", Sent = isThere, Keys = keysTold = keys };
            await Task.Delay(CountEvery, time, cancellation);
        }
    }

    private bool IsThere(string deviceId) =>
        lines.IsScanner(deviceId) ? watch.PortProblemOf(deviceId) is null : lines.Status.Any(line => line.Device.Id == deviceId && line.Device.Online);
}
