using KioskLink.Register.Access;
using KioskLink.Register.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Audit;

/// <summary>
/// Verifies the audit log (R45): every row against the one before it, the sealed head, the file outside the database, the index
/// of subjects, and the decisions that rows stand for. Reads one state of the database and blocks no writer. Thread-safe.
/// </summary>
internal sealed class AuditVerifier(RegisterCore core, AuditAnchor? anchor = null)
{
    private const int PageRows = 2_000;

    /// <summary>Verifies the whole chain.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public AuditVerdict Verify(CancellationToken cancel)
    {
        // Read first: a row that the file names was durable before the state of the database that is read next.
        var kept = Kept();
        using var db = core.Store.Read();
        using var snapshot = ((SqliteConnection)db.Connection).BeginTransaction(deferred: true);
        db.Database.UseTransaction(snapshot);
        var stored = db.Set<AuditHeadRow>().SingleOrDefault(row => row.Consortium == core.Store.Consortium);
        var head = stored?.ToHead() ?? AuditHead.Empty;
        var run = new Run(db, core.Store.Consortium, head, kept);
        var verdict = run.Read(cancel);
        return verdict.IsWhole ? verdict with { Broken = EndProblem(verdict, stored, head, kept) } : verdict;
    }

    private HeadFile.Kept? Kept() => new HeadFile(core.Store.Folder).Read() is not { } file ? null
        : anchor?.Head is { } head && head.Sequence > file.Sequence ? HeadFile.Kept.Of(head) : file;

    private AuditBreak? EndProblem(AuditVerdict verdict, AuditHeadRow? stored, AuditHead head, HeadFile.Kept? kept)
    {
        var last = verdict.First + verdict.Rows - 1;
        if (stored is null)
        {
            return new AuditBreak(last, "the chain's end is gone");
        }

        if (!head.IsSealedBy(stored.Seal, core.Store.Vault))
        {
            return new AuditBreak(last, "the chain's end was not sealed by this register");
        }

        if (last != head.Sequence || !head.Hash.AsSpan().SequenceEqual(verdict.Head))
        {
            return new AuditBreak(last + 1, $"the chain's end is row {head.Sequence} and the last row is {last}: rows were cut off, or put there by somebody else");
        }

        if (kept is null)
        {
            return new AuditBreak(last, $"the file {HeadFile.Name} beside the database is gone: nobody can tell whether later rows were cut off");
        }

        var known = Math.Max(kept.Sequence, verdict.Told);
        return known > last
            ? new AuditBreak(last + 1, $"row {known} was written once and the last row is {last}: the database was put back to an older state, or rows were cut off")
            : null;
    }

    /// <summary>One pass over the rows.</summary>
    private sealed class Run(RegisterDb db, string consortium, AuditHead head, HeadFile.Kept? kept)
    {
        private byte[] _before = head.FloorHash;
        private long _last = head.FloorSequence;
        private long _decisions;
        private long _deleted;
        private AuditBreak? _evidence;

        public AuditVerdict Read(CancellationToken cancel)
        {
            AuditBreak? broken = null;
            while (broken is null && Page() is { Count: > 0 } page)
            {
                cancel.ThrowIfCancellationRequested();
                broken = Check(page);
            }

            return new AuditVerdict(_last - head.FloorSequence, head.FloorSequence + 1, head.Sequence, _before)
            {
                Broken = broken ?? _evidence,
                Decisions = _decisions,
                DecisionsDeleted = _deleted,
                Told = db.Set<AttemptRow>().Where(row => row.Consortium == consortium && row.AuditSequence > 0).Max(row => (long?)row.AuditSequence) ?? 0,
            };
        }

        private List<AuditRow> Page() => db.Set<AuditRow>()
            .Where(row => row.Consortium == consortium && row.Sequence > _last)
            .OrderBy(row => row.Sequence)
            .Take(PageRows)
            .ToList();

        private AuditBreak? Check(List<AuditRow> page)
        {
            var (first, last) = (page[0].Sequence, page[^1].Sequence);
            var subjects = db.Set<AuditSubjectRow>()
                .Where(row => row.Consortium == consortium && row.Sequence >= first && row.Sequence <= last)
                .AsEnumerable()
                .ToLookup(row => row.Sequence, row => row.Subject);
            var decisions = page.Any(row => row.Digest is not null) ? Decisions(first, last) : null;
            foreach (var row in page)
            {
                if (Problem(row, subjects[row.Sequence], decisions) is { } problem)
                {
                    return new AuditBreak(_last + 1, problem);
                }

                (_last, _before) = (row.Sequence, row.Hash);
            }

            return null;
        }

        private string? Problem(AuditRow row, IEnumerable<long> subjects, ILookup<long, byte[]>? decisions)
        {
            if (row.Sequence != _last + 1)
            {
                return $"row {_last + 1} is missing: row {row.Sequence} follows";
            }

            if (!AuditHash.Next(_before, row).AsSpan().SequenceEqual(row.Hash))
            {
                return $"row {row.Sequence} was altered, or does not follow the row before it";
            }

            if (kept?.Sequence == row.Sequence && kept.Hash != Convert.ToHexStringLower(row.Hash))
            {
                return $"row {row.Sequence} is not the one that was written there once: the chain was made anew";
            }

            if (!subjects.Order().SequenceEqual(AuditRow.ReadSubjects(row.Subjects)))
            {
                return $"the index of subjects does not say what row {row.Sequence} says";
            }

            if (row.Action == AuditChain.Evidence)
            {
                _evidence ??= new AuditBreak(row.Sequence, $"row {row.Sequence} tells that the chain before it had been tampered with ({row.Reason})");
            }

            return decisions is null || row.Digest is null ? null : DecisionProblem(row, [.. decisions[row.Sequence]]);
        }

        private string? DecisionProblem(AuditRow row, List<byte[]> leaves)
        {
            if (leaves.Count < row.Calls)
            {
                _deleted += row.Calls - leaves.Count;
                return null;
            }

            _decisions += leaves.Count;
            return DecisionDigest.Of(leaves).AsSpan().SequenceEqual(row.Digest)
                ? null
                : $"a decision at a door that row {row.Sequence} stands for was altered";
        }

        private ILookup<long, byte[]> Decisions(long first, long last) => db.Set<AttemptRow>()
            .Where(row => row.Consortium == consortium && row.AuditSequence > 0 && row.AuditSequence >= first && row.AuditSequence <= last)
            .Select(row => new { row.AuditSequence, row.NodeId, row.AttemptId, row.RegisterCode, row.AnsweredAt })
            .AsEnumerable()
            .ToLookup(row => row.AuditSequence, row => DecisionDigest.Leaf(row.NodeId, row.AttemptId, row.RegisterCode, row.AnsweredAt ?? 0));
    }
}
