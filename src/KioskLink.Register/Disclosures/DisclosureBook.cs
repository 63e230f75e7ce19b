using KioskLink.Protos.Register.V1;
using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Disclosures;

/// <summary>What a run of a period gave.</summary>
/// <param name="Rows">The period's disclosures.</param>
/// <param name="AlreadyRun">Whether an earlier run had made them.</param>
/// <param name="Held">Persons whose claims it held back, since their processing is restricted (R76).</param>
internal sealed record DisclosureRun(IReadOnlyList<DisclosureRow> Rows, bool AlreadyRun, int Held);

/// <summary>
/// Records disclosures and lets their files appear: never a file without its record, and each period's run once (R46, R55). One
/// works at a time. Thread-safe.
/// </summary>
internal sealed class DisclosureBook(RegisterCore core, SecretFolder folder) : IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1);

    /// <summary>Does the run of a period, unless it was done before.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="period">ISO week or date.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="make">Makes the drafts from the tables.</param>
    /// <param name="cancel">Stops it before anything is recorded.</param>
    public Task<DisclosureRun> OnceAsync(
        DisclosureKind kind, string period, string by, Func<RegisterDb, DraftRun> make, CancellationToken cancel) => AloneAsync(
        async () =>
        {
            await using var db = core.Store.Read();
            var before = await db.Set<DisclosureRunRow>()
                .SingleOrDefaultAsync(run => run.Consortium == core.Store.Consortium && run.Kind == (int)kind && run.Period == period, cancel);
            if (before is not null)
            {
                return new DisclosureRun(Of(db, kind, period), true, before.Held);
            }

            var made = make(db);
            var rows = await RecordAsync(made.Drafts, by, (scope, _) => AddRun(scope, kind, period, by, made.Held), cancel);
            return new DisclosureRun(rows, false, made.Held);
        },
        cancel);

    /// <summary>Records one disclosure.</summary>
    /// <param name="draft">The disclosure.</param>
    /// <param name="by">Who makes it.</param>
    /// <param name="cancel">Stops it before anything is recorded.</param>
    /// <param name="also">What is written with it, or refuses it.</param>
    public Task<DisclosureRow> AddAsync(DraftDisclosure draft, string by, CancellationToken cancel, Action<WriteScope, IReadOnlyList<DisclosureRow>>? also = null) =>
        AloneAsync(async () => (await RecordAsync([draft], by, also, cancel))[0], cancel);

    /// <summary>Works on the folder with nobody else, once what a stop cut short is ended.</summary>
    public async Task<T> AloneAsync<T>(Func<Task<T>> work, CancellationToken cancel)
    {
        await _oneAtATime.WaitAsync(cancel);
        try
        {
            await folder.RecoverAsync(cancel);
            return await work();
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _oneAtATime.Dispose();

    private async Task<IReadOnlyList<DisclosureRow>> RecordAsync(
        IReadOnlyList<DraftDisclosure> drafts, string by, Action<WriteScope, IReadOnlyList<DisclosureRow>>? also, CancellationToken cancel)
    {
        var staged = new List<StagedFile>();
        var rows = new List<DisclosureRow>();
        try
        {
            foreach (var draft in drafts)
            {
                var row = Row(draft, by);
                staged.Add(await folder.StageAsync(row.FileName, draft.Content, cancel));
                rows.Add(row with { FileHash = staged[^1].Hash });
            }

            await core.Lane.WriteAsync(
                scope =>
                {
                    foreach (var (draft, row) in drafts.Zip(rows))
                    {
                        Write(scope, draft, row);
                    }

                    also?.Invoke(scope, rows);
                },
                cancel);
        }
        catch
        {
            staged.ForEach(folder.Discard);
            throw;
        }

        staged.ForEach(folder.Publish);
        return rows;
    }

    private static void AddRun(WriteScope scope, DisclosureKind kind, string period, string by, int held) => scope.Db.Add(new DisclosureRunRow
    {
        Consortium = scope.Consortium,
        Kind = (int)kind,
        Period = period,
        RunAt = scope.NowMs,
        RunBy = by,
        Held = held,
    });

    private DisclosureRow Row(DraftDisclosure draft, string by)
    {
        var id = Guid.NewGuid().ToString("N");
        return new DisclosureRow
        {
            Consortium = core.Store.Consortium,
            DisclosureId = id,
            Kind = (int)draft.Kind,
            Recipient = draft.Recipient,
            Municipality = draft.Municipality,
            Basis = draft.Basis,
            Fields = string.Join(' ', draft.Fields),
            RecordCount = draft.Records,
            SubjectCount = draft.Subjects.Count,
            CreatedBy = by,
            Period = draft.Period,
            FileName = SecretFolder.NameOf(draft.What, id, draft.Extension),
        };
    }

    private static void Write(WriteScope scope, DraftDisclosure draft, DisclosureRow row)
    {
        scope.About(draft.Subjects, "disclosures");
        row.CreatedAt = scope.NowMs;
        scope.Db.Add(row);
        scope.Db.SaveChanges();
        scope.Db.AddRange(draft.Subjects.Select(patron => new DisclosureSubjectRow
        {
            Consortium = scope.Consortium,
            PatronId = patron,
            DisclosureNumber = row.DisclosureNumber,
        }));
        scope.Db.AddRange(LinesOf(draft).Select(line => new DisclosureLineRow
        {
            Consortium = scope.Consortium,
            DisclosureNumber = row.DisclosureNumber,
            Line = line.Number,
            PatronId = line.PatronId,
        }));
        scope.Db.AddRange(draft.Items.Select(item => new DisclosedItemRow
        {
            Consortium = scope.Consortium,
            Kind = row.Kind,
            ItemKey = item,
            DisclosureNumber = row.DisclosureNumber,
        }));
        scope.Db.SaveChanges();
        scope.Db.ChangeTracker.Clear();
        ForgetErased(scope, row.DisclosureNumber);
    }

    // Whom an erasure took while the file was made goes out of it again.
    private static void ForgetErased(WriteScope scope, long disclosure)
    {
        const string erased = "disclosure_number = $disclosure AND patron_id NOT IN (SELECT patron_id FROM patrons)";
        Sql.Run(scope.Db, $"UPDATE disclosure_lines SET patron_id = NULL WHERE {erased}", ("$disclosure", disclosure));
        Sql.Run(scope.Db, $"DELETE FROM disclosure_subjects WHERE {erased}", ("$disclosure", disclosure));
    }

    private static IEnumerable<(int Number, long PatronId)> LinesOf(DraftDisclosure draft) => draft.Lines.Count > 0
        ? draft.Lines.Select((patron, at) => (at + 1, patron))
        : draft.Subjects.Select(patron => (0, patron));

    private List<DisclosureRow> Of(RegisterDb db, DisclosureKind kind, string period) =>
        [.. db.Set<DisclosureRow>()
            .Where(row => row.Consortium == core.Store.Consortium && row.Kind == (int)kind && row.Period == period)
            .OrderBy(row => row.DisclosureNumber)];
}
