using KioskLink.Protos.Register.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Facts;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using EntityState = Microsoft.EntityFrameworkCore.EntityState;

namespace KioskLink.Register.Loans;

/// <summary>
/// Stores what the library system tells of loans, in order; a record that stands so already changes nothing, and one that is wrong
/// stops no other. Thread-safe.
/// </summary>
internal sealed class LoanWriter(RegisterCore core)
{
    private readonly LoanRecords _records = new(core.Profile);

    /// <summary>Stores records; returns what became of them.</summary>
    /// <param name="records">The records, in order.</param>
    /// <param name="audit">Learns whose they are.</param>
    /// <param name="cancel">Ends the wait, not what is being written.</param>
    public async Task<ImportLoansResponse> StoreAsync(IReadOnlyList<LoanRecord> records, CallAudit audit, CancellationToken cancel)
    {
        audit.About(Patrons(records));
        // The lane keeps the order of arrival, and one record's failure undoes no other's.
        var results = await Task.WhenAll(records.Select(record => TryStoreAsync(record, cancel))).ConfigureAwait(false);
        var response = new ImportLoansResponse { Stored = results.Count(result => result.Changed), Unchanged = results.Count(result => result is (false, null)) };
        response.Problems.AddRange(results.Select((result, index) => (result.Problem, index)).Where(result => result.Problem is not null)
            .Select(result => new LoanRecordProblem { Index = result.index, Field = result.Problem!.Field, Reason = result.Problem.Message }));
        return response;
    }

    private List<long> Patrons(IReadOnlyList<LoanRecord> records)
    {
        var customers = records.Select(record => record.CustomerId).Where(customer => customer.Length > 0).Distinct().Take(AuditEntry.SubjectsMax).ToList();
        using var db = core.Store.Read();
        return [.. db.Set<PatronRow>().Where(row => row.Consortium == core.Store.Consortium && customers.Contains(row.CustomerId)).Select(row => row.PatronId)];
    }

    private async Task<(bool Changed, RecordProblem? Problem)> TryStoreAsync(LoanRecord record, CancellationToken cancel)
    {
        try
        {
            _records.Check(record, OpeningCalendar.DateAt(core.Now()));
            var written = await core.Lane.WriteAsync(scope => Store(scope, record), cancel).ConfigureAwait(false);
            return (written.Value, null);
        }
        catch (RecordProblem problem)
        {
            return (false, problem);
        }
    }

    private bool Store(WriteScope scope, LoanRecord record) => record.Kind switch
    {
        LoanRecordKind.Item => PutItem(scope, record),
        LoanRecordKind.Loan => PutLoan(scope, record),
        LoanRecordKind.Return => Return(scope, record),
        LoanRecordKind.Hold => PutHold(scope, record),
        LoanRecordKind.Fee => Debts.PutFee(scope, record, PatronOf(scope, record)),
        LoanRecordKind.Invoice => Debts.PutInvoice(scope, record, PatronOf(scope, record)),
        _ => PutBusStop(scope, record),
    };

    private static bool PutItem(WriteScope scope, LoanRecord record)
    {
        var before = scope.Db.Set<ItemRow>().SingleOrDefault(row => row.Consortium == scope.Consortium && row.ItemId == record.Id);
        var after = (before ?? new ItemRow { Consortium = scope.Consortium, ItemId = record.Id }) with
        {
            Title = record.Title,
            Owner = record.Owner,
            PriceCents = record.Cents,
            Type = record.ItemType,
            TitleId = record.TitleId,
            HomeBranch = record.HomeBranch,
            CallNumber = record.CallNumber,
            Collection = record.Collection,
            Media = record.Media,
            Magnetic = record.Magnetic,
            Missing = record.Missing,
        };
        return Put(scope, before, after, row => row.UpdatedAt = scope.NowMs);
    }

    private static bool PutLoan(WriteScope scope, LoanRecord record)
    {
        var patron = PatronOf(scope, record);
        if (scope.Db.Set<ItemHistoryRow>().Any(row => row.Consortium == scope.Consortium && row.LoanId == record.Id))
        {
            throw new RecordProblem("id", "is a loan that was returned already: a new loan has an id of its own");
        }

        if (!scope.Db.Set<ItemRow>().Any(row => row.Consortium == scope.Consortium && row.ItemId == record.ItemId))
        {
            throw new RecordProblem("item_id", "is no item: give the item first");
        }

        if (scope.Db.Set<LoanRow>().Any(row => row.Consortium == scope.Consortium && row.ItemId == record.ItemId && row.LoanId != record.Id))
        {
            throw new RecordProblem("item_id", "is on loan already: give its return first");
        }

        var before = scope.Db.Set<LoanRow>().SingleOrDefault(row => row.Consortium == scope.Consortium && row.LoanId == record.Id);
        if (before is not null && before.PatronId != patron.PatronId)
        {
            throw new RecordProblem("customer_id", "is not whose loan it was: a loan stays with its patron");
        }

        var after = (before ?? new LoanRow { Consortium = scope.Consortium, LoanId = record.Id, PatronId = patron.PatronId, ItemId = record.ItemId, DueOn = "", LoanedAt = LoanRecords.MomentOf(record, scope.Now) }) with
        {
            ItemId = record.ItemId,
            BranchId = record.BranchId,
            DueOn = record.DueOn,
            Renewals = record.Renewals,
        };
        if (before is null || after.Renewals > before.Renewals)
        {
            PatronUse.Note(scope, patron.PatronId, before is null ? after.LoanedAt : scope.NowMs);
        }

        return Put(scope, before, after, row => row.UpdatedAt = scope.NowMs);
    }

    private bool Return(WriteScope scope, LoanRecord record)
    {
        if (scope.Db.Set<LoanRow>().SingleOrDefault(row => row.Consortium == scope.Consortium && row.LoanId == record.Id) is not { } loan)
        {
            return scope.Db.Set<ItemHistoryRow>().Any(row => row.Consortium == scope.Consortium && row.LoanId == record.Id)
                ? false
                : throw new RecordProblem("id", "is no loan: give the loan first");
        }

        var returnedAt = Math.Max(LoanRecords.MomentOf(record, scope.Now), loan.LoanedAt);
        LoanHistory.Keep(scope, core.Profile, loan, returnedAt);
        scope.Db.Remove(loan);
        PatronUse.Note(scope, loan.PatronId, returnedAt);
        return true;
    }

    private static bool PutHold(WriteScope scope, LoanRecord record)
    {
        var patron = PatronOf(scope, record);
        var before = scope.Db.Set<HoldRow>().SingleOrDefault(row => row.Consortium == scope.Consortium && row.HoldId == record.Id);
        if (record.Done)
        {
            return before is not null && EndHold(scope, before, record);
        }

        // The copy that was set aside here stands on the shelf, whatever a file of yesterday knows of it.
        var keepsCopy = before is { ItemId.Length: > 0 } && record.ItemId.Length == 0 && before.TitleId == record.TitleId;
        var after = (before ?? new HoldRow { Consortium = scope.Consortium, HoldId = record.Id, PlacedAt = LoanRecords.MomentOf(record, scope.Now) }) with
        {
            PatronId = patron.PatronId,
            ItemId = keepsCopy ? before!.ItemId : record.ItemId,
            Title = record.Title,
            BranchId = record.BranchId,
            ExpiresOn = record.ExpiresOn,
            PickUpBy = keepsCopy && record.PickUpBy.Length == 0 ? before!.PickUpBy : record.PickUpBy,
            TitleId = record.TitleId,
        };
        PatronUse.Note(scope, patron.PatronId, after.PlacedAt);
        return Put(scope, before, after, row => row.UpdatedAt = scope.NowMs);
    }

    // A hold that ended on a day on which it could still be picked up was picked up or called off; one that ran out was not used.
    private static bool EndHold(WriteScope scope, HoldRow hold, LoanRecord record)
    {
        var endedAt = LoanRecords.MomentOf(record, scope.Now);
        var last = hold.PickUpBy.Length > 0 ? hold.PickUpBy : hold.ExpiresOn;
        var day = ((NodaTime.LocalDate?)OpeningCalendar.DateAt(NodaTime.Instant.FromUnixTimeMilliseconds(endedAt))).ToIso();
        if (last.Length == 0 || string.CompareOrdinal(day, last) <= 0)
        {
            PatronUse.Note(scope, hold.PatronId, endedAt);
        }

        scope.Db.Remove(hold);
        return true;
    }

    private static bool PutBusStop(WriteScope scope, LoanRecord record)
    {
        var patron = PatronOf(scope, record);
        var on = record.On.Length > 0 ? record.On : ((NodaTime.LocalDate?)OpeningCalendar.DateAt(scope.Now)).ToIso();
        var before = scope.Db.Set<BusStopRow>().SingleOrDefault(row => row.Consortium == scope.Consortium && row.PatronId == patron.PatronId && row.Stop == record.Stop);
        var after = (before ?? new BusStopRow { Consortium = scope.Consortium, PatronId = patron.PatronId, Stop = record.Stop }) with
        {
            LastUsedOn = before is null || string.CompareOrdinal(before.LastUsedOn, on) < 0 ? on : before.LastUsedOn,
        };
        PatronUse.Note(scope, patron.PatronId, LoanRecords.MomentOf(record, scope.Now));
        return Put(scope, before, after, _ => { });
    }

    private static PatronRow PatronOf(WriteScope scope, LoanRecord record) =>
        PatronWriter.Find(scope.Db, scope.Consortium, record.CustomerId) ?? throw new RecordProblem("customer_id", "is nobody's number: add the patron first");

    private static bool Put<T>(WriteScope scope, T? before, T after, Action<T> stamp)
        where T : class
    {
        if (after.Equals(before))
        {
            return false;
        }

        stamp(after);
        scope.Db.Entry(after).State = before is null ? EntityState.Added : EntityState.Modified;
        return true;
    }
}
