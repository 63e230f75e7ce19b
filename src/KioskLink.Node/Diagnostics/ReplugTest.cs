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

    /// <summary>Runs the test: what to do, and at last whether it came back.</summary>
    public IAsyncEnumerable<TestReplugResponse> Run(string deviceId, CancellationToken cancellation) =>
        StatusOf(deviceId) is { BusId: { } busId } ? RunAsync(deviceId, PortOf(deviceId, busId), cancellation) : RunScannerAsync(deviceId, cancellation);

    // A scanner says nothing by itself: its port tells that it is away, and a code that it is back.
    private async IAsyncEnumerable<TestReplugResponse> RunScannerAsync(string deviceId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var port = watch.ArrivalsOfPort(deviceId);
        yield return new TestReplugResponse { Step = "pull it now: its plug, or that of its adapter" };
        if (!await WaitAsync(() => watch.PortProblemOf(deviceId) is not null || watch.ArrivalsOfPort(deviceId).Count > port.Count, cancellation))
        {
            yield return Failed(StillThere);
            yield break;
        }
        yield return new TestReplugResponse { Step = "it is gone: plug it in again now" };
        if (!await WaitAsync(() => watch.PortProblemOf(deviceId) is null, cancellation))
        {
            yield return Failed(PortAway);
            yield break;
        }
        var reads = watch.ReadsAt(deviceId);
        yield return new TestReplugResponse { Step = "its port is back: have it read a code now" };
        yield return await WaitAsync(() => watch.ReadsAt(deviceId) > reads, cancellation)
            ? new TestReplugResponse { Step = "it reads", Done = true, Passed = true }
            : Failed($"It read nothing within {Patience.TotalSeconds} s: check its supply, and that it is set up for a serial port.");
    }

    private async IAsyncEnumerable<TestReplugResponse> RunAsync(string deviceId, string portId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (port, session) = (watch.ArrivalsOfPort(portId), watch.ArrivalsOf(deviceId));
        yield return new TestReplugResponse { Step = "pull it now: the plug of its adapter, or its own" };
        if (!await WaitAsync(() => !IsOnline(deviceId), cancellation))
        {
            yield return Failed(StillThere);
            yield break;
        }
        yield return new TestReplugResponse { Step = "it is gone: plug it in again now" };
        if (await WaitAsync(() => watch.PortProblemOf(portId) is null, cancellation) && await WaitAsync(() => watch.ArrivalsOf(deviceId).Count > session.Count, cancellation))
            yield return new TestReplugResponse { Step = "it is back", Done = true, Passed = true, UsableAfter = UsableAfter(port, deviceId, portId) };
        else
            yield return Failed(watch.PortProblemOf(portId) is null
                ? $"It did not answer again within {Patience.TotalSeconds} s: `kiosklink node doctor` tells more."
                : PortAway);
    }

    // By what the line has told, in its order: a port that is back before anybody looks was away all the same. Null where the port stayed.
    private Duration? UsableAfter(Arrivals before, string deviceId, string portId) => watch.ArrivalsOfPort(portId) is var port && port.Count > before.Count
        ? Duration.FromTimeSpan(time.GetElapsedTime(port.At, watch.ArrivalsOf(deviceId).At))
        : null;

    private static string StillThere => $"It was still there after {Patience.TotalSeconds} s.";

    private static string PortAway => $"Its port was not back after {Patience.TotalSeconds} s: the path in node.json must be a name under /dev/serial/by-id.";

    private static TestReplugResponse Failed(string sentence) => new() { Step = sentence, Done = true };

    private async Task<bool> WaitAsync(Func<bool> holds, CancellationToken cancellation)
    {
        for (var since = time.GetTimestamp(); time.GetElapsedTime(since) < Patience; await Task.Delay(LookEvery, time, cancellation))
            if (holds())
                return true;
        return false;
    }

    // The port of a reader that is alone on its line bears its name.
    private string PortOf(string deviceId, string busId) => watch.ArrivalsOfPort(deviceId).Count > 0 ? deviceId : busId;

    private bool IsOnline(string deviceId) => StatusOf(deviceId).IsOnline;

    private (string? BusId, bool IsOnline) StatusOf(string deviceId) =>
        lines.Status.Where(line => line.Device.Id == deviceId).Select(line => ((string?)line.BusId, line.Device.Online)).FirstOrDefault();
}
