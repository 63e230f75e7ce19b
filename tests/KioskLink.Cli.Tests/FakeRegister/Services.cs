using Google.Protobuf;
using Grpc.Core;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Cli.FakeRegister;

/// <summary>Patrons; only the import is a stream and so more than an answer of the script.</summary>
internal sealed class FakePatronService(Script script) : PatronService.PatronServiceBase
{
    /// <summary>Takes the file as the register does, then plays the answers given for its last piece.</summary>
    public override async Task ImportPatrons(
        IAsyncStreamReader<ImportPatronsRequest> requestStream, IServerStreamWriter<ImportPatronsResponse> responseStream, ServerCallContext context)
    {
        var import = new ImportedFile(null, ByteString.Empty);
        await foreach (var request in requestStream.ReadAllAsync())
        {
            import = request.PartCase == ImportPatronsRequest.PartOneofCase.Start
                ? import with { Start = request.Start }
                : import with { Bytes = ByteString.CopyFrom([.. import.Bytes, .. request.Chunk]) };
            if (import.Start!.Strict)
                break;
        }

        foreach (var response in script.Import(import))
            await responseStream.WriteAsync(response);
    }
}

/// <summary>A node's diagnostics; only its streams are more than an answer of the script.</summary>
internal sealed class FakeDiagnosticsService(Script script) : DiagnosticsService.DiagnosticsServiceBase
{
    public override async Task WatchJournal(WatchJournalRequest request, IServerStreamWriter<WatchJournalResponse> responseStream, ServerCallContext context)
    {
        foreach (var record in script.Journal(request))
            await responseStream.WriteAsync(record);
    }

    public override async Task RunDoctor(RunDoctorRequest request, IServerStreamWriter<RunDoctorResponse> responseStream, ServerCallContext context)
    {
        await responseStream.WriteAsync(new RunDoctorResponse { Share = 0.5 });
        await responseStream.WriteAsync(script.Doctor(request));
    }

    public override async Task WatchTrace(WatchTraceRequest request, IServerStreamWriter<WatchTraceResponse> responseStream, ServerCallContext context)
    {
        script.Note(request);
        foreach (var frame in script.Trace(request))
            await responseStream.WriteAsync(frame);
    }

    public override async Task SendFile(IAsyncStreamReader<SendFileRequest> requestStream, IServerStreamWriter<SendFileResponse> responseStream, ServerCallContext context)
    {
        await requestStream.MoveNext(context.CancellationToken);
        var start = requestStream.Current.Start;
        script.Note(start);
        var content = new MemoryStream();
        while (await requestStream.MoveNext(context.CancellationToken))
            requestStream.Current.Chunk.WriteTo(content);
        script.Sent = content.ToArray();
        await responseStream.WriteAsync(new SendFileResponse { Taken = start.Size / 2, Total = start.Size });
        await responseStream.WriteAsync(new SendFileResponse { Taken = start.Size, Total = start.Size, Result = "Taken" });
    }
}

/// <summary>The register's service of nodes; only its stream is more than an answer of the script.</summary>
internal sealed class FakeNodeService(Script script) : NodeService.NodeServiceBase
{
    public override async Task WorkOnDevice(WorkOnDeviceRequest request, IServerStreamWriter<WorkOnDeviceResponse> responseStream, ServerCallContext context)
    {
        script.Note(request);
        foreach (var report in script.Work(request))
            await responseStream.WriteAsync(new WorkOnDeviceResponse { Report = report });
    }
}
