using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using KioskLink.Cli.Connecting;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Cli.Patrons;

/// <summary>One import: the file goes up in pieces while progress and row messages come down.</summary>
/// <param name="register">The register.</param>
/// <param name="csv">The file, at its start.</param>
/// <param name="address">The register's address, for error texts.</param>
/// <param name="onRow">Takes each row message as it comes.</param>
/// <param name="onProgress">Takes the part done, from 0 to 1.</param>
internal sealed class PatronImport(RegisterConnection register, FileStream csv, string address, Action<ImportRowMessage> onRow, Action<double> onProgress)
{
    private const int ChunkBytes = 64 * 1024;

    private bool _hasBegun;

    /// <summary>Runs it to its summary. The same file has the same import id, so that it can be resumed.</summary>
    /// <exception cref="RpcException">The register refused, or does not answer.</exception>
    /// <exception cref="CommandProblem">The register was lost in the middle, or the file cannot be read.</exception>
    public async Task<ImportSummary> Run(ImportStart start, CancellationToken stop)
    {
        try
        {
            start.ImportId = Convert.ToHexStringLower(await SHA256.HashDataAsync(csv, stop));
            csv.Position = 0;
            using var call = register.Patrons.ImportPatrons(register.Unbounded(stop));
            return await Exchange(call, start, stop);
        }
        catch (IOException)
        {
            throw new CommandProblem(ExitCode.Refused, "FILE_UNREADABLE", $"{csv.Name} cannot be read to its end; check the disk that it is on, and run the command again{(_hasBegun ? " with --resume" : "")}.");
        }
        catch (RpcException lost) when (_hasBegun && !Refusals.HasReason(lost) && lost.StatusCode is StatusCode.Unavailable or StatusCode.Internal)
        {
            throw new CommandProblem(ExitCode.Unreachable, "IMPORT_LOST", $"{address} was lost in the middle of the import; start it, and run the same command with --resume.");
        }
    }

    private async Task<ImportSummary> Exchange(
        AsyncDuplexStreamingCall<ImportPatronsRequest, ImportPatronsResponse> call, ImportStart start, CancellationToken stop)
    {
        var (sent, received) = (Send(call.RequestStream, start, stop), Receive(call.ResponseStream, stop));
        if (await Task.WhenAny(sent, received) == sent)
            await sent;
        var summary = await received;
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
            _hasBegun = true;
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
