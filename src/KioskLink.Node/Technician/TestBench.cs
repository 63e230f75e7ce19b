using KioskLink.Node.Diagnostics;
using KioskLink.Node.StaffSignIn;
using KioskLink.Protos.Node.V1;

namespace KioskLink.Node.Technician;

/// <summary>
/// Runs a technician's tests on the page, by the same calls as over the node's socket and journaled as they are, under the account that is
/// signed in. One test a session: another one ends it. Thread-safe.
/// </summary>
/// <param name="technicians">What technicians can do.</param>
internal sealed class TestBench(Technicians technicians)
{
    private static readonly TimeSpan KeysFor = TimeSpan.FromSeconds(15);

    /// <summary>Examines the node.</summary>
    public void Doctor(StaffSession session, bool doorsClosed) => Begin(session, "Doctor", "/technician/doctor", (test, ending) =>
    {
        test.Step("Looks at node, lines, devices and doors; a silent device is searched for, which takes about a minute.");
        return technicians.Doctor.RunAsync(new RunDoctorRequest { DoorsClosed = doorsClosed }, new PageWriter<RunDoctorResponse>(told =>
        {
            test.Reach(told.Share);
            test.Take(told.Checks);
        }), session.Actor, ending);
    });

    /// <summary>Tests what a reader shows, and counts keys.</summary>
    public void Reader(StaffSession session, string device) => Begin(session, $"Reader test of {device}", DevicePage(device), (test, ending) =>
    {
        var request = new TestReaderRequest { DeviceId = device, KeysFor = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(KeysFor) };
        var before = "";
        return technicians.Calls.TestReaderAsync(request, new PageWriter<TestReaderResponse>(told =>
        {
            test.Step(told.Step switch { "keys" => $"keys pressed: {told.Keys} (press some now)", "reads" => $"cards read: {told.Reads} (hold one before it now)", _ => told.Step }, told.Sent, replaces: told.Step == before);
            before = told.Step;
        }), session.Actor, ending);
    });

    /// <summary>Guides through a replug.</summary>
    public void Replug(StaffSession session, string device) => Begin(session, $"Replug test of {device}", DevicePage(device), (test, ending) =>
        technicians.Calls.TestReplugAsync(new TestReplugRequest { DeviceId = device }, new PageWriter<TestReplugResponse>(told =>
        {
            test.Step(told.UsableAfter is { } after ? $"{told.Step}, usable after {after.ToTimeSpan().TotalMilliseconds:0} ms" : told.Step, !told.Done || told.Passed);
            if (told.Done && !told.Passed)
                test.End(passed: false, told.Step);
        }), session.Actor, ending));

    /// <summary>Asks a device.</summary>
    public void Probe(StaffSession session, string device, Question question) => Begin(session, $"{question} of {device}", DevicePage(device), async (test, _) =>
    {
        var answer = await technicians.Calls.ProbeAsync(new ProbeDeviceRequest { DeviceId = device, Question = question }, session.Actor);
        test.Step($"{answer.Result} in {answer.Took.ToTimeSpan().TotalMilliseconds:0} ms");
        foreach (var detail in answer.Details)
            test.Step(detail);
        if (!answer.Content.IsEmpty && answer.Details.Count == 0)
            test.Step($"0x{answer.ReplyCode:X2}: {Convert.ToHexStringLower(answer.Content.Span)}");
    });

    /// <summary>Looks for the silent devices of a line.</summary>
    public void Search(StaffSession session, string line) => Begin(session, $"Search of {line}", LinePage(line), (test, ending) =>
        technicians.Calls.SearchAsync(new SearchDevicesRequest { BusId = line }, new PageWriter<SearchDevicesResponse>(told =>
        {
            test.Reach(told.Share);
            foreach (var found in told.Found)
                test.Step($"address {found.Address} at {found.Baud} baud{(found.WantsKey ? ", wants a key" : "")}{(found.Disturbed ? ", disturbed" : "")} {found.Vendor} {found.Serial}".TrimEnd());
            if (told.Done && told.Found.Count == 0)
                test.Step("No silent device answered.");
        }), session.Actor, ending));

    /// <summary>Unlocks a door once.</summary>
    public void Relay(StaffSession session, string door, bool mayOpen, string reason) => Begin(session, $"Relay test of {door}", DoorPage(door), async (test, _) =>
    {
        if (reason.Length == 0)
        {
            test.End(passed: false, "Say why the lock is tested: the reason goes into the journal.");
            return;
        }
        var answer = await technicians.Relays.RunAsync(new TestRelayRequest { DoorId = door, DoorMayOpen = mayOpen }, session.Actor, reason);
        if (answer.Unlocked)
            test.Step("The lock was unlocked for 3 s and acknowledged it.");
        else
            test.End(passed: false, answer.Problem);
    });

    /// <summary>Begins to watch a line.</summary>
    public void Trace(StaffSession session, string line)
    {
        session.Keep.Find<LineTrace>()?.Stop();
        var trace = new LineTrace(line);
        session.Keep.Put(trace);
        var ending = CancellationTokenSource.CreateLinkedTokenSource(session.Ending, trace.Stopping);
        _ = EndAsync(technicians.Calls.TraceAsync(new WatchTraceRequest { BusId = line }, new PageWriter<WatchTraceResponse>(trace.Add), session.Actor, ending.Token), ending);
    }

    /// <summary>The page of a device.</summary>
    public static string DevicePage(string device) => $"/technician/devices/{Uri.EscapeDataString(device)}";

    /// <summary>The page of a line.</summary>
    public static string LinePage(string line) => $"/technician/lines/{Uri.EscapeDataString(line)}";

    /// <summary>The page of a door.</summary>
    public static string DoorPage(string door) => $"/technician/doors/{Uri.EscapeDataString(door)}";

    private static void Begin(StaffSession session, string title, string back, Func<Test, CancellationToken, Task> work)
    {
        session.Keep.Find<RunningTest>()?.End();
        var stop = CancellationTokenSource.CreateLinkedTokenSource(session.Ending);
        var running = new RunningTest(new Test(title, back), stop);
        session.Keep.Put(running);
        _ = EndAsync(running.Test.RunAsync(() => work(running.Test, stop.Token)), stop);
    }

    private static async Task EndAsync(Task work, CancellationTokenSource stop)
    {
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }
}

/// <summary>The test of a session, and what ends it.</summary>
/// <param name="Test">The test.</param>
/// <param name="Stop">Ends it.</param>
internal sealed record RunningTest(Test Test, CancellationTokenSource Stop)
{
    /// <summary>Ends the test; one that has ended already stays as it is.</summary>
    public void End()
    {
        try
        {
            Stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended by itself.
        }
    }
}
