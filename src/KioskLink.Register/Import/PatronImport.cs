using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Branches;
using KioskLink.Register.Patrons;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Cards;

namespace KioskLink.Register.Import;

/// <summary>
/// Imports patrons from a streamed CSV file (DESIGN 13): rows are read one by one, PINs hashed on all cores, and stored in
/// order; a bad row stops nothing else unless asked; an interrupted import goes on where it stopped. Thread-safe.
/// </summary>
internal sealed class PatronImport(RegisterCore core, ImportWriter writer)
{
    /// <summary>Rows whose PINs are hashed together.</summary>
    public const int BatchRows = 64;

    private readonly IReadOnlyList<CardFormat> _formats = BranchRules.CardFormats(core.Profile);

    /// <summary>Runs one import to its summary.</summary>
    /// <param name="requests">The file.</param>
    /// <param name="responses">What is told of it.</param>
    /// <param name="by">Whose import it is, and how those whom it stores are noted for the audit log.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task RunAsync(
        IAsyncStreamReader<ImportPatronsRequest> requests, IServerStreamWriter<ImportPatronsResponse> responses, ImportAuthor by, CancellationToken cancel)
    {
        if (!await requests.MoveNext(cancel) || requests.Current.PartCase != ImportPatronsRequest.PartOneofCase.Start)
        {
            throw Field.Wrong("start", "must be the first message");
        }

        var start = requests.Current.Start;
        Field.Optional(start.ImportId, "start.import_id");
        var run = new ImportRun(responses, start, writer.RowsDone(start));
        await using var file = new ChunkStream(requests);
        var rows = new CsvRows(file);
        try
        {
            await ReadAsync(rows, file, run, by, cancel);
        }
        catch (ImportProblem problem)
        {
            await run.AbortAsync(problem.Line, problem.Message);
        }

        await run.TellAloneAsync(writer.IsPatron);
        if (!run.Summary.Aborted)
        {
            await writer.FinishAsync(start, run.Summary.Rows);
        }

        await run.EndAsync();
    }

    private async Task ReadAsync(CsvRows rows, ChunkStream file, ImportRun run, ImportAuthor by, CancellationToken cancel)
    {
        if (await rows.ReadHeaderAsync() is { } wrong)
        {
            throw new ImportProblem(1, wrong);
        }

        var reader = new ImportRowReader(core.Profile, _formats, OpeningCalendar.DateAt(core.Now()));
        var batch = new List<PreparedRow>(BatchRows);
        try
        {
            while (!run.Summary.Aborted && await rows.ReadAsync() is { } row)
            {
                cancel.ThrowIfCancellationRequested();
                if (run.Skip())
                {
                    continue;
                }

                var (record, problem) = row.Problem is { } malformed ? (null, new PatronProblem("", malformed)) : reader.Read(row.Fields);
                batch.Add(new PreparedRow(row.Line, record, problem));
                if (batch.Count >= BatchRows || (problem is not null && run.Strict))
                {
                    await StoreAsync(batch, file, run, by, cancel);
                }
            }
        }
        catch (ImportProblem)
        {
            await StoreAsync(batch, file, run, by, cancel);
            throw;
        }

        if (!run.Summary.Aborted)
        {
            await StoreAsync(batch, file, run, by, cancel);
        }
    }

    private async Task StoreAsync(List<PreparedRow> batch, ChunkStream file, ImportRun run, ImportAuthor by, CancellationToken cancel)
    {
        await writer.HashPinsAsync(batch, cancel);
        await by.StoreAsync(() => StoreAsync(batch, run, by.Name));
        batch.Clear();
        await writer.RememberAsync(run.Start, run.Summary.Rows);
        await run.ProgressAsync(file.BytesRead);
    }

    private async Task<bool> StoreAsync(List<PreparedRow> batch, ImportRun run, string by)
    {
        foreach (var slice in batch.Chunk(run.Strict ? 1 : ImportWriter.SliceRows))
        {
            foreach (var (row, result) in slice.Zip(await writer.StoreAsync(slice, by)))
            {
                await run.TellAsync(row.Line, result);
            }

            if (run.Summary.Aborted)
            {
                return false;
            }
        }

        return true;
    }
}
