using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Patrons;

namespace KioskLink.Register.Import;

/// <summary>What became of a row.</summary>
/// <param name="Outcome">What was done; null when it was not stored.</param>
/// <param name="Problem">Why it was not stored, or the remark on it.</param>
internal sealed record RowResult(WriteOutcome? Outcome, PatronProblem? Problem);

/// <summary>One import as its client sees it: messages and sums. Not thread-safe.</summary>
internal sealed class ImportRun(IServerStreamWriter<ImportPatronsResponse> responses, ImportStart start, long doneBefore)
{
    /// <summary>How the import was asked for.</summary>
    public ImportStart Start => start;

    /// <summary>Whether the first bad row ends the import.</summary>
    public bool Strict => start.Strict;

    /// <summary>The sums so far.</summary>
    public ImportSummary Summary { get; } = new();

    /// <summary>The line that was told of last.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>Whether an earlier run has stored the row already.</summary>
    public bool Skip(long line)
    {
        if (Summary.Rows >= doneBefore)
        {
            return false;
        }

        Line = line;
        Summary.Rows++;
        Summary.Resumed++;
        return true;
    }

    /// <summary>Counts a row, and tells of it where there is something to tell.</summary>
    public async Task TellAsync(long line, RowResult result)
    {
        Line = line;
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
