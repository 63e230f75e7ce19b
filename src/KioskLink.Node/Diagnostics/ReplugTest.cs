using System.Runtime.CompilerServices;
using Google.Protobuf.WellKnownTypes;
using KioskLink.Node.Buses;
using KioskLink.Protos.Node.V1;

namespace KioskLink.Node.Diagnostics;

/// <summary>Guides through pulling a device or its adapter and plugging it in again, and tells how soon it is usable. Thread-safe.</summary>
internal sealed class ReplugTest(DeviceLines lines, DeviceWatch watch, TimeProvider time)
{
    /// <summary>How long each step is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    /// <summary>Runs the test: what to do, and at last whether it came back. Null where the device says nothing by itself, as scanners do.</summary>
    public IAsyncEnumerable<TestReplugResponse>? Run(string deviceId, CancellationToken cancellation) =>
        StatusOf(deviceId) is { BusId: { } busId } ? RunAsync(deviceId, busId, cancellation) : null;

    private async IAsyncEnumerable<TestReplugResponse> RunAsync(string deviceId, string busId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (port, session) = (watch.ArrivalsOfPort(busId), watch.ArrivalsOf(deviceId));
        yield return new TestReplugResponse { Step = "pull it now: the plug of its adapter, or its own" };
        if (!await WaitAsync(() => !IsOnline(deviceId), cancellation))
        {
            yield return Failed($"It was still there after {Patience.TotalSeconds} s.");
            yield break;
        }
        yield return new TestReplugResponse { Step = "it is gone: plug it in again now" };
        if (await WaitAsync(() => watch.PortProblemOf(busId) is null, cancellation) && await WaitAsync(() => watch.ArrivalsOf(deviceId).Count > session.Count, cancellation))
            yield return new TestReplugResponse { Step = "it is back", Done = true, Passed = true, UsableAfter = UsableAfter(port, deviceId, busId) };
        else
            yield return Failed(watch.PortProblemOf(busId) is null
                ? $"It did not answer again within {Patience.TotalSeconds} s: `kiosklink node doctor` tells more."
                : $"Its port was not back after {Patience.TotalSeconds} s: the path in node.json must be a name under /dev/serial/by-id.");
    }

    // By what the line has told, in its order: a port that is back before anybody looks was away all the same. Null where the port stayed.
    private Duration? UsableAfter(Arrivals before, string deviceId, string busId) => watch.ArrivalsOfPort(busId) is var port && port.Count > before.Count
        ? Duration.FromTimeSpan(time.GetElapsedTime(port.At, watch.ArrivalsOf(deviceId).At))
        : null;

    private static TestReplugResponse Failed(string sentence) => new() { Step = sentence, Done = true };

    private async Task<bool> WaitAsync(Func<bool> holds, CancellationToken cancellation)
    {
        for (var since = time.GetTimestamp(); time.GetElapsedTime(since) < Patience; await Task.Delay(LookEvery, time, cancellation))
            if (holds())
                return true;
        return false;
    }

    private bool IsOnline(string deviceId) => StatusOf(deviceId).IsOnline;

    private (string? BusId, bool IsOnline) StatusOf(string deviceId) =>
        lines.Status.Where(line => line.Device.Id == deviceId).Select(line => ((string?)line.BusId, line.Device.Online)).FirstOrDefault();
}
