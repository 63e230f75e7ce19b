using System.Runtime.CompilerServices;
using KioskLink.Devices.Osdp;
using KioskLink.Devices.Readers;
using KioskLink.Node.Buses;
using KioskLink.Protos.Node.V1;

namespace KioskLink.Node.Diagnostics;

/// <summary>Goes through what a reader shows people: colours, a tone, a text, and counts the keys that are pressed. Thread-safe.</summary>
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
        var bus = lines.OsdpLineOf(deviceId);
        foreach (var (step, act) in Steps(deviceId))
        {
            yield return new TestReaderResponse { Step = step, Sent = bus is not null && act(bus) };
            await Task.Delay(StepTime, time, cancellation);
        }
        await foreach (var keys in CountAsync(deviceId, keysFor ?? KeysFor, cancellation))
            yield return keys;
    }

    private static IEnumerable<(string Step, Func<OsdpBus, bool> Act)> Steps(string deviceId)
    {
        foreach (var colour in Colours)
            yield return ($"{colour} light".ToLowerInvariant(), bus => bus.SetLed(deviceId, new LedSetting { Temporary = LedPattern.Steady(colour), TemporaryFor = StepTime }));
        yield return ("one tone", bus => bus.Beep(deviceId, BeepPattern.Short));
        yield return ("text", bus => bus.ShowText(deviceId, new DisplayText("TEST 123", ShowFor: StepTime)));
    }

    private async IAsyncEnumerable<TestReaderResponse> CountAsync(string deviceId, TimeSpan limit, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (before, told, since) = (watch.KeysPressedAt(deviceId), -1, time.GetTimestamp());
        var online = lines.Status.Any(line => line.Device.Id == deviceId && line.Device.Online);
        while (time.GetElapsedTime(since) < limit)
        {
            if (watch.KeysPressedAt(deviceId) - before is var count && count != told)
                yield return new TestReaderResponse { Step = "keys", Sent = online, Keys = told = count };
            await Task.Delay(CountEvery, time, cancellation);
        }
    }
}
