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
}
