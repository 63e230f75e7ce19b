using Grpc.Core;
using KioskLink.Cli.Connecting;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Cli.Loans;

/// <summary>What became of a file.</summary>
internal sealed class LoanImportSummary
{
    /// <summary>Records that are new or changed something.</summary>
    public int Stored { get; set; }

    /// <summary>Records that stood so already.</summary>
    public int Unchanged { get; set; }

    /// <summary>Rows that an earlier run had sent.</summary>
    public int Resumed { get; set; }

    /// <summary>Whether it stopped at the first bad row.</summary>
    public bool Aborted { get; set; }

    /// <summary>Rows that were not stored.</summary>
    public List<LoanFileProblem> Problems { get; } = [];
}

/// <summary>Sends a file of the library system to the register, piece by piece; each piece is stored before the next is sent.</summary>
/// <param name="register">The register.</param>
/// <param name="file">The file.</param>
/// <param name="address">The register's address.</param>
/// <param name="onProgress">Takes the part done, from 0 to 1.</param>
internal sealed class LoanImport(RegisterConnection register, string file, string address, Action<double> onProgress)
{
    private const int BatchRecords = 500;

    private readonly LoanImportSummary _summary = new();
    private readonly ImportPlace _place = ImportPlace.Of(file, address);

    /// <summary>Sends it to its end, or to the first bad row.</summary>
    /// <param name="usual">What a file without the column <c>kind</c> tells of.</param>
    /// <param name="adapter">The system that wrote it; empty for staff's own.</param>
    /// <param name="strict">Whether the first bad row stops it; then records are sent one by one, so that none after it is stored.</param>
    /// <param name="resume">Whether to go on where an interrupted import of the same file stopped.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="CommandProblem">The register was lost in the middle, or the file cannot be read.</exception>
    public async Task<LoanImportSummary> Run(LoanRecordKind usual, string adapter, bool strict, bool resume, CancellationToken stop)
    {
        var from = resume ? _place.Read() : 0;
        var rows = LoanFile.Read(file, usual, problem => Tell(problem, from), onProgress);
        foreach (var batch in Until(rows, strict).Where(row => IsNew(row, from)).Chunk(strict ? 1 : BatchRecords))
        {
            await Send(batch, adapter, stop);
            if (strict && _summary.Problems.Count > 0)
                break;
            _place.Keep(batch[^1].Line);
        }

        _summary.Aborted = strict && _summary.Problems.Count > 0;
        if (!_summary.Aborted)
            _place.Forget();
        return _summary;
    }

    private async Task Send(LoanFileRow[] batch, string adapter, CancellationToken stop)
    {
        var request = new ImportLoansRequest { Adapter = adapter };
        request.Records.AddRange(batch.Select(row => row.Record));
        try
        {
            var response = await register.Loans.ImportLoansAsync(request, register.Bounded(stop));
            (_summary.Stored, _summary.Unchanged) = (_summary.Stored + response.Stored, _summary.Unchanged + response.Unchanged);
            _summary.Problems.AddRange(response.Problems.Select(problem => new LoanFileProblem(batch[problem.Index].Line, problem.Field, problem.Reason)));
        }
        catch (RpcException lost) when (_place.Read() > 0 && !Refusals.HasReason(lost) && lost.StatusCode is StatusCode.Unavailable or StatusCode.Internal or StatusCode.DeadlineExceeded)
        {
            throw new CommandProblem(ExitCode.Unreachable, "IMPORT_LOST", $"{address} was lost in the middle of the import; start it, and run the same command with --resume.");
        }
    }

    // A bad row of the file itself is told while the next good one is looked for.
    private IEnumerable<LoanFileRow> Until(IEnumerable<LoanFileRow> rows, bool strict) => rows.TakeWhile(_ => !strict || _summary.Problems.Count == 0);

    private bool IsNew(LoanFileRow row, long from)
    {
        _summary.Resumed += row.Line <= from ? 1 : 0;
        return row.Line > from;
    }

    private void Tell(LoanFileProblem problem, long from)
    {
        if (problem.Line > from)
            _summary.Problems.Add(problem);
    }
}
