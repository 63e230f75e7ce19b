using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using KioskLink.Cli.Connecting;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Cli.Patrons;

/// <summary>One import: the file goes up in pieces while progress and row messages come down.</summary>
/// <param name="register">The register.</param>
/// <param name="csv">The file, at its start.</param>
/// <param name="onRow">Takes each row message as it comes.</param>
/// <param name="onProgress">Takes the part done, from 0 to 1.</param>
internal sealed class PatronImport(RegisterConnection register, FileStream csv, Action<ImportRowMessage> onRow, Action<double> onProgress)
{
    private const int ChunkBytes = 64 * 1024;

    /// <summary>Runs it to its summary. The same file has the same import id, so that it can be resumed.</summary>
    /// <exception cref="RpcException">The register refused, or was lost: run it again with --resume.</exception>
    public async Task<ImportSummary> Run(ImportStart start, CancellationToken stop)
    {
        start.ImportId = Convert.ToHexStringLower(await SHA256.HashDataAsync(csv, stop));
        csv.Position = 0;
        using var call = register.Patrons.ImportPatrons(cancellationToken: stop);
        var sent = Send(call.RequestStream, start, stop);
        var summary = await Receive(call.ResponseStream, stop);
        // A strict import ends before the whole file is sent; then a failed write is no news.
        if (await sent is { } failure && summary is null)
            throw failure;
        return summary ?? throw new CommandProblem(ExitCode.Refused, "IMPORT_UNFINISHED", "The register ended the import without a summary; run it again with --resume.");
    }

    private async Task<RpcException?> Send(IClientStreamWriter<ImportPatronsRequest> requests, ImportStart start, CancellationToken stop)
    {
        try
        {
            await requests.WriteAsync(new ImportPatronsRequest { Start = start }, stop);
            var chunk = new byte[ChunkBytes];
            while (await csv.ReadAtLeastAsync(chunk, ChunkBytes, throwOnEndOfStream: false, stop) is > 0 and var length)
                await requests.WriteAsync(new ImportPatronsRequest { Chunk = ByteString.CopyFrom(chunk, 0, length) }, stop);
            await requests.CompleteAsync();
            return null;
        }
        catch (RpcException failure)
        {
            return failure;
        }
    }

    private async Task<ImportSummary?> Receive(IAsyncStreamReader<ImportPatronsResponse> responses, CancellationToken stop)
    {
        ImportSummary? summary = null;
        await foreach (var response in responses.ReadAllAsync(stop))
        {
            switch (response.EventCase)
            {
                case ImportPatronsResponse.EventOneofCase.Progress: onProgress(csv.Length == 0 ? 1 : (double)response.Progress.Bytes / csv.Length); break;
                case ImportPatronsResponse.EventOneofCase.Row: onRow(response.Row); break;
                case ImportPatronsResponse.EventOneofCase.Summary: summary = response.Summary; break;
                default: break;
            }
        }

        return summary;
    }
}
