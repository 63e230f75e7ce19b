using Grpc.Core;
using KioskLink.Devices.Osdp;
using KioskLink.Node.Buses;
using KioskLink.Node.SecondRole;
using KioskLink.Protos.Node.V1;
using ApprovalAct = KioskLink.Node.SecondRole.ApprovalAct;
using Question = KioskLink.Protos.Node.V1.Question;

namespace KioskLink.Node.Diagnostics;

/// <summary>The calls of technicians about devices: checked, journaled, carried out. Thread-safe.</summary>
internal sealed class DeviceCalls(DeviceDesk desk, TraceWatch traces, ReaderTest readers, ReplugTest replugs, KeyKeeper keys, DeviceLines lines, ApprovalDesk approvals, TechnicianLog log)
{
    /// <summary>Asks a device.</summary>
    public async Task<ProbeDeviceResponse> ProbeAsync(ProbeDeviceRequest request, string by)
    {
        RequireDevice(request.DeviceId);
        if (request.Question == Question.Unspecified)
            throw new RpcException(new Status(StatusCode.InvalidArgument, "QUESTION_MISSING: Say what the device is asked."));
        await log.NoteOrRefuseAsync(by, request.DeviceId, $"probes {request.Question}");
        var answer = await desk.ProbeAsync(request.DeviceId, request.Question)
            ?? throw Refuse("NOT_ASKED", $"Device {request.DeviceId} speaks a protocol in which there is nothing to ask.");
        await log.NoteAsync(by, request.DeviceId, $"probed {request.Question}: {answer.Result}");
        return answer;
    }

    /// <summary>Searches a line.</summary>
    public async Task SearchAsync(SearchDevicesRequest request, IServerStreamWriter<SearchDevicesResponse> responses, string by, CancellationToken ending)
    {
        var bus = RequireLine(request.BusId);
        await log.NoteOrRefuseAsync(by, request.BusId, "searches the line");
        var search = DeviceDesk.Search(bus, ending) ?? throw Refuse("SEARCH_RUNNING", $"A search of {request.BusId} is under way: wait for its end.");
        await foreach (var response in search)
            await responses.WriteAsync(response, ending);
    }

    /// <summary>Shows a line's frames: masked, or as they are for as long as an approval runs.</summary>
    public async Task TraceAsync(WatchTraceRequest request, IServerStreamWriter<WatchTraceResponse> responses, string by, CancellationToken ending)
    {
        if (!lines.HasTrace(request.BusId))
            throw Unknown($"This node has no line {request.BusId}: `kiosklink device list` shows those it has.");
        if (request.ApprovalId.Length > 0)
            await TraceUnmaskedAsync(request, responses, by, ending);
        else
        {
            await log.NoteOrRefuseAsync(by, request.BusId, "watches the line, masked");
            await SendAsync(request.BusId, unmasked: false, responses, ending);
        }
    }

    private async Task TraceUnmaskedAsync(WatchTraceRequest request, IServerStreamWriter<WatchTraceResponse> responses, string by, CancellationToken ending)
    {
        if (approvals.Running(request.ApprovalId, ApprovalAct.UnmaskedTrace, request.BusId) is not { } running)
            throw Refuse("NOT_APPROVED", $"No second person has approved {request.ApprovalId} for {request.BusId}, or it is over: ask with `kiosklink approval ask-trace`.");
        await log.NoteOrRefuseAsync(by, request.BusId, $"watches the line unmasked, approved by user {running.Approval.AnsweredBy}", attemptId: request.ApprovalId);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ending, running.Ended);
        try
        {
            await SendAsync(request.BusId, unmasked: true, responses, either.Token);
        }
        catch (OperationCanceledException) when (running.Ended.IsCancellationRequested && !ending.IsCancellationRequested)
        {
            // Its time is over: the stream ends as any that is done.
        }
    }

    private async Task SendAsync(string busId, bool unmasked, IServerStreamWriter<WatchTraceResponse> responses, CancellationToken ending)
    {
        await foreach (var frame in traces.WatchAsync(busId, unmasked, ending))
            await responses.WriteAsync(frame, ending);
    }

    /// <summary>Tests a reader.</summary>
    public async Task TestReaderAsync(TestReaderRequest request, IServerStreamWriter<TestReaderResponse> responses, string by, CancellationToken ending)
    {
        RequireDevice(request.DeviceId);
        var keysFor = request.KeysFor?.ToTimeSpan();
        if (keysFor < TimeSpan.Zero || keysFor > ReaderTest.LongestKeys)
            throw new RpcException(new Status(StatusCode.InvalidArgument, $"TIME_WRONG: Keys are counted for 0 to {ReaderTest.LongestKeys.TotalSeconds} s."));
        await log.NoteOrRefuseAsync(by, request.DeviceId, "tests the reader");
        await foreach (var step in readers.RunAsync(request.DeviceId, keysFor, ending))
            await responses.WriteAsync(step, ending);
    }

    /// <summary>Guides through a replug.</summary>
    public async Task TestReplugAsync(TestReplugRequest request, IServerStreamWriter<TestReplugResponse> responses, string by, CancellationToken ending)
    {
        RequireDevice(request.DeviceId);
        await log.NoteOrRefuseAsync(by, request.DeviceId, "tests pulling it and plugging it in");
        await foreach (var step in replugs.Run(request.DeviceId, ending))
            await responses.WriteAsync(step, ending);
    }

    /// <summary>Gives a device another key.</summary>
    public async Task<RotateKeyResponse> RotateAsync(RotateKeyRequest request, string by)
    {
        RequireOsdp(request.DeviceId);
        await log.NoteOrRefuseAsync(by, request.DeviceId, "gives it a new key");
        var problem = await keys.RotateAsync(request.DeviceId);
        await log.NoteAsync(by, request.DeviceId, problem is null ? "it has the new key" : $"no new key: {problem}");
        return new RotateKeyResponse { Changed = problem is null, Problem = problem ?? "" };
    }

    /// <summary>Sends a file to a device.</summary>
    public async Task SendFileAsync(
        IAsyncStreamReader<SendFileRequest> requests, IServerStreamWriter<SendFileResponse> responses, string by, CancellationToken ending)
    {
        if (!await requests.MoveNext(ending) || requests.Current.Start is not { } start)
            throw new RpcException(new Status(StatusCode.InvalidArgument, "FILE_WRONG: The first request names the device and the file."));
        var bus = RequireOsdp(start.DeviceId);
        var content = await FileSending.ReceiveAsync(start, requests, ending);
        await log.NoteOrRefuseAsync(by, start.DeviceId, $"sends a file of {content.Length} bytes, SHA-256 {Convert.ToHexStringLower(start.Sha256.Span)}");
        var result = await FileSending.SendAsync(bus, start, content, responses, ending);
        await log.NoteAsync(by, start.DeviceId, $"the file: {result}");
    }

    private void RequireDevice(string deviceId)
    {
        if (!desk.Knows(deviceId))
            throw Unknown($"This node has no device {deviceId}: `kiosklink device list` shows those it has.");
    }

    private OsdpBus RequireOsdp(string deviceId)
    {
        RequireDevice(deviceId);
        return lines.OsdpLineOf(deviceId) ?? throw Refuse("NOT_OSDP", $"Device {deviceId} speaks another protocol than OSDP, which knows neither keys nor files.");
    }

    private OsdpBus RequireLine(string busId) =>
        desk.LineOf(busId) ?? throw Unknown($"This node has no OSDP line {busId}: `kiosklink device list` shows those it has.");

    private static RpcException Unknown(string sentence) => new(new Status(StatusCode.NotFound, $"DEVICE_UNKNOWN: {sentence}"));

    private static RpcException Refuse(string reason, string sentence) => new(new Status(StatusCode.FailedPrecondition, $"{reason}: {sentence}"));
}
