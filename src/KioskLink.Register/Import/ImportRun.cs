using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Patrons;

namespace KioskLink.Register.Import;

/// <summary>What became of a row.</summary>
/// <param name="Outcome">What was done; null when it was not stored.</param>
/// <param name="Problem">Why it was not stored, or the remark on it.</param>
/// <param name="Responsible">A responsible person who is nobody so far; empty when there is none.</param>
/// <param name="PatronId">The register's own number of who was stored; 0 where nobody was.</param>
internal sealed record RowResult(WriteOutcome? Outcome, PatronProblem? Problem, string Responsible = "", long PatronId = 0);

/// <summary>One import as its client sees it: messages and sums. Not thread-safe.</summary>
internal sealed class ImportRun(IServerStreamWriter<ImportPatronsResponse> responses, ImportStart start, long doneBefore)
{
    /// <summary>Responsible persons who are looked for again at the end of the file; those beyond are told of at once.</summary>
    public const int AwaitedMax = 100_000;

    private readonly List<(long Line, string Responsible)> _awaited = [];

    /// <summary>How the import was asked for.</summary>
    public ImportStart Start => start;

    /// <summary>Whether the first bad row ends the import.</summary>
    public bool Strict => start.Strict;

    /// <summary>The sums so far.</summary>
    public ImportSummary Summary { get; } = new();

    /// <summary>Whether an earlier run has stored the row already.</summary>
    public bool Skip()
    {
        if (Summary.Rows >= doneBefore)
        {
            return false;
        }

        Summary.Rows++;
        Summary.Resumed++;
        return true;
    }

    /// <summary>Counts a row, and tells of it where there is something to tell.</summary>
    public async Task TellAsync(long line, RowResult result)
    {
        Summary.Rows++;
        switch (result.Outcome)
        {
            case WriteOutcome.Created: Summary.Created++; break;
            case WriteOutcome.Changed: Summary.Changed++; break;
            case WriteOutcome.Unchanged: Summary.Unchanged++; break;
            default:
                Summary.Rejected++;
                Summary.Aborted |= Strict;
                break;
        }

        if (result.Problem is { } problem)
        {
            Summary.Remarks += result.Outcome is null ? 0 : 1;
            await WriteRowAsync(line, problem.Field, problem.Reason, stored: result.Outcome is not null);
        }

        if (result.Responsible.Length > 0)
        {
            await AwaitAsync(line, result.Responsible);
        }
    }

    /// <summary>Tells of rows whose responsible person came in no later row either.</summary>
    /// <param name="isPatron">Whether a patron has a number.</param>
    public async Task TellAloneAsync(Func<string, bool> isPatron)
    {
        foreach (var (line, _) in _awaited.Where(row => !isPatron(row.Responsible)))
        {
            await TellAloneAsync(line);
        }
    }

    private async Task AwaitAsync(long line, string responsible)
    {
        if (_awaited.Count < AwaitedMax)
        {
            _awaited.Add((line, responsible));
        }
        else
        {
            await TellAloneAsync(line);
        }
    }

    private Task TellAloneAsync(long line)
    {
        Summary.Remarks++;
        return WriteRowAsync(line, ImportColumns.ResponsibleCustomerId, "is nobody's number: stored, add the person", stored: true);
    }

    /// <summary>Ends the import at a line that makes the rest unreadable.</summary>
    public Task AbortAsync(long line, string reason)
    {
        Summary.Aborted = true;
        return WriteRowAsync(line, "", reason, stored: false);
    }

    /// <summary>Tells how far the import has come.</summary>
    public Task ProgressAsync(long bytes) =>
        responses.WriteAsync(new ImportPatronsResponse { Progress = new ImportProgress { Rows = Summary.Rows, Bytes = bytes } });

    /// <summary>Tells the sums.</summary>
    public Task EndAsync() => responses.WriteAsync(new ImportPatronsResponse { Summary = Summary });

    private Task WriteRowAsync(long line, string field, string reason, bool stored) => responses.WriteAsync(new ImportPatronsResponse
    {
        Row = new ImportRowMessage { Line = line, Field = field, Reason = reason, Stored = stored },
    });
}
