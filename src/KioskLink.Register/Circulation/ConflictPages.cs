using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Loans;
using KioskLink.Register.Patrons;
using KioskLink.Register.Requests;
using KioskLink.Register.Rights;
using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Circulation;

/// <summary>
/// Lists what speaks against acts that were taken, newest first, and lets staff settle it. A restricted patron's number is for
/// officers alone (R76). Thread-safe.
/// </summary>
internal sealed class ConflictPages(RegisterCore core)
{
    /// <summary>Longest note.</summary>
    public const int NoteMax = 500;

    /// <summary>One page.</summary>
    public ListLoanConflictsResponse List(ListLoanConflictsRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var branch = ActBranch.Of(core, caller, request.BranchId);
        var (size, cursor) = (Field.PageSize(request.PageSize), PageCursor.Read(request.PageToken));
        using var db = core.Store.Read();
        var rows = db.Set<ConflictRow>().Where(row => row.Consortium == core.Store.Consortium && (branch == "" || row.BranchId == branch))
            .Where(row => request.Settled || row.SettledAt == null)
            .Where(row => row.ToldAt < cursor.Before || (row.ToldAt == cursor.Before && string.Compare(row.ConflictId, cursor.Id) > 0))
            .OrderByDescending(row => row.ToldAt).ThenBy(row => row.ConflictId).Take(size + 1).ToList();
        var page = rows.Take(size).ToList();
        var response = new ListLoanConflictsResponse { NextPageToken = rows.Count > size ? PageCursor.Token(page[^1].ToldAt, page[^1].ConflictId) : "" };
        response.Conflicts.AddRange(Show(db, page, caller, context.Audit().Fields(ActDesk.FieldsClass)));
        return response;
    }

    /// <summary>Says that staff has settled one.</summary>
    public async Task<SettleLoanConflictResponse> SettleAsync(SettleLoanConflictRequest request, ServerCallContext context)
    {
        var id = Field.Required(request.Id, "id", Field.IdMax);
        var note = Field.Required(request.Note, "note", NoteMax);
        if (PersonalNumbers.HoldIdentityCode(note))
        {
            throw Field.Wrong("note", "holds an identity code: leave out names and numbers of people");
        }

        var (caller, audit) = (context.Caller(), context.Audit().Fields(ActDesk.FieldsClass));
        var settled = await core.Lane.WriteAsync(scope => Settle(scope, id, note, caller.Name), context.CancellationToken).ConfigureAwait(false);
        using var db = core.Store.Read();
        return new SettleLoanConflictResponse { Conflict = Show(db, [settled.Value], caller, audit).Single() };
    }

    private static ConflictRow Settle(WriteScope scope, string id, string note, string by)
    {
        var row = scope.Db.Set<ConflictRow>().SingleOrDefault(row => row.Consortium == scope.Consortium && row.ConflictId == id) ?? throw Field.Missing("conflict");
        if (row.SettledAt is null)
        {
            (row.SettledAt, row.SettledBy, row.Note) = (scope.NowMs, by, note);
            Rows.Change(scope, row);
        }

        return row;
    }

    private IEnumerable<LoanConflict> Show(RegisterDb db, IReadOnlyList<ConflictRow> rows, CallerIdentity caller, CallAudit audit)
    {
        var ids = rows.SelectMany(row => new[] { row.PatronId, row.OtherPatronId }).OfType<long>().Distinct().ToList();
        var hidden = Restriction.Hidden(db, caller, ids);
        var customers = db.Set<PatronRow>().Where(row => ids.Contains(row.PatronId)).ToDictionary(row => row.PatronId, row => row.CustomerId);
        var items = rows.Select(row => row.ItemId).Distinct().ToList();
        var titles = db.Set<ItemRow>().Where(row => row.Consortium == core.Store.Consortium && items.Contains(row.ItemId)).ToDictionary(row => row.ItemId, row => row.Title);
        audit.About(ids.Except(hidden));
        return rows.Select(row => Show(row, titles.GetValueOrDefault(row.ItemId, ""), NumberOf(row.PatronId), NumberOf(row.OtherPatronId)));

        string NumberOf(long? patron) => patron is { } id && !hidden.Contains(id) ? customers.GetValueOrDefault(id, "") : "";
    }

    private static LoanConflict Show(ConflictRow row, string title, string customer, string other) => new()
    {
        Id = row.ConflictId,
        TransactionId = row.TransactionId,
        Kind = row.Kind == ActKind.RenewAll ? ActKind.Renew : row.Kind,
        Reason = (LoanReason)row.Reason,
        ItemId = row.ItemId,
        Title = title,
        CustomerId = customer,
        OtherCustomerId = other,
        BranchId = row.BranchId,
        DeviceId = row.DeviceId,
        HappenedTime = Instant.FromUnixTimeMilliseconds(row.HappenedAt).ToProto(),
        ToldTime = Instant.FromUnixTimeMilliseconds(row.ToldAt).ToProto(),
        SettledTime = row.SettledAt.ToTimestamp(),
        SettledBy = row.SettledBy,
        Note = row.Note,
    };
}
