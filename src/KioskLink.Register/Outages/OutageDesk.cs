using Grpc.Core;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;

namespace KioskLink.Register.Outages;

/// <summary>Writes outages; the branches that they concern go to their nodes ahead of bulk. Thread-safe.</summary>
internal sealed class OutageDesk(RegisterCore core, OutageBook book)
{
    /// <summary>Stores an outage that is well-formed.</summary>
    public async Task<Committed<OutageRow>> AddAsync(OutageTerms outage, string by, CancellationToken cancel) => await WriteAsync(
        scope =>
        {
            RefuseTooMany(scope, outage);
            var row = new OutageRow { OutageId = Guid.NewGuid().ToString("N"), Consortium = scope.Consortium, CreatedAt = scope.NowMs, CreatedBy = by }.With(outage);
            scope.Db.Add(row);
            Touch(scope, outage);
            return row;
        },
        cancel);

    /// <summary>Changes an outage that is not over.</summary>
    public async Task<Committed<OutageRow>> ChangeAsync(string id, Func<OutageTerms, OutageTerms> change, CancellationToken cancel) => await WriteAsync(
        scope =>
        {
            var before = Find(scope, id);
            var terms = before.ToTerms();
            if (terms.IsOver(scope.Now))
            {
                throw Refused.With(StatusCode.FailedPrecondition, "OUTAGE_OVER", "This outage is over: add a new one.");
            }

            var changed = change(terms);
            var after = before.With(changed);
            if (after != before)
            {
                scope.Db.Update(after);
                Touch(scope, changed);
            }

            return after;
        },
        cancel);

    /// <summary>Ends an outage now; one that is over stays as it is.</summary>
    public async Task<Committed<OutageRow>> EndAsync(string id, string by, CancellationToken cancel) => await WriteAsync(
        scope =>
        {
            var before = Find(scope, id);
            if (before.ToTerms().IsOver(scope.Now))
            {
                return before;
            }

            var after = before with { EndedAt = scope.NowMs, EndedBy = by };
            scope.Db.Update(after);
            Touch(scope, after.ToTerms());
            return after;
        },
        cancel);

    private async Task<Committed<OutageRow>> WriteAsync(Func<WriteScope, OutageRow> work, CancellationToken cancel)
    {
        var written = await core.Lane.WriteAsync(work, cancel).ConfigureAwait(false);
        book.Reload();
        return written;
    }

    // What is not over must have its place in the facts of each branch: one that had none would leave the door open (R86).
    private void RefuseTooMany(WriteScope scope, OutageTerms added)
    {
        var alike = scope.Db.Set<OutageRow>()
            .Where(row => row.Consortium == scope.Consortium && row.Kind == (int)added.Kind && row.EndedAt == null && (row.EndAt == null || row.EndAt > scope.NowMs))
            .AsEnumerable().Select(OutageRows.ToTerms).ToList();
        if (core.Index.Branches.Select(branch => branch.Policy.Id).Any(branch => added.Concerns(branch) && alike.Count(outage => outage.Concerns(branch)) >= BranchClosures.Most))
        {
            throw Field.Wrong("outage.start_time", $"would be more than {BranchClosures.Most} of its kind that are not over at a branch: end one, or wait until one has ended");
        }
    }

    private void Touch(WriteScope scope, OutageTerms outage)
    {
        foreach (var branch in core.Index.Branches.Where(branch => outage.Concerns(branch.Policy.Id)))
        {
            scope.Touch(EntityId.Branch(branch.Policy.Id), priority: true);
        }
    }

    private static OutageRow Find(WriteScope scope, string id) =>
        scope.Db.Set<OutageRow>().SingleOrDefault(row => row.Consortium == scope.Consortium && row.OutageId == id) ?? throw Field.Missing("outage");
}
