using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Outages;

/// <summary>Suspends self-service use of branches for reasons of their own, whatever outages there are (R87). Thread-safe.</summary>
internal sealed class SuspensionDesk(RegisterCore core)
{
    /// <summary>How long ahead a suspension may be made.</summary>
    public static readonly Duration AheadMax = Duration.FromDays(365);

    private const int ReasonMax = 500;

    /// <summary>Stores a suspension: INVALID_ARGUMENT names the field.</summary>
    public async Task<Committed<SuspensionRow>> SuspendAsync(BranchSuspension asked, string by, CancellationToken cancel)
    {
        var now = core.Now();
        Field.Required(asked.BranchId, "suspension.branch_id");
        Field.Required(asked.Reason, "suspension.reason", ReasonMax);
        var start = Field.Time(asked.StartTime, "suspension.start_time") ?? now;
        var end = Field.Time(asked.EndTime, "suspension.end_time");
        CheckTimes(start, end, now);
        _ = core.Index.Branch(asked.BranchId) ?? throw Field.Missing("branch");
        return await core.Lane.WriteAsync(
            scope =>
            {
                var row = new SuspensionRow
                {
                    SuspensionId = Guid.NewGuid().ToString("N"),
                    Consortium = scope.Consortium,
                    BranchId = asked.BranchId,
                    StartAt = start.ToUnixTimeMilliseconds(),
                    EndAt = end?.ToUnixTimeMilliseconds(),
                    Reason = asked.Reason,
                    CreatedAt = scope.NowMs,
                    CreatedBy = by,
                };
                RefuseOverlap(scope, row);
                RefuseTooMany(scope, row);
                scope.Db.Add(row);
                scope.Touch(EntityId.Branch(row.BranchId), priority: true);
                return row;
            },
            cancel).ConfigureAwait(false);
    }

    /// <summary>Lifts a suspension; one that is over stays as it is.</summary>
    public async Task<Committed<SuspensionRow>> ResumeAsync(string id, string reason, string by, CancellationToken cancel) => await core.Lane.WriteAsync(
        scope =>
        {
            var before = scope.Db.Set<SuspensionRow>().SingleOrDefault(row => row.Consortium == scope.Consortium && row.SuspensionId == id)
                ?? throw Field.Missing("suspension");
            if (before.IsOver(scope.NowMs))
            {
                return before;
            }

            var after = before with { LiftedAt = scope.NowMs, LiftedBy = by, LiftReason = reason };
            scope.Db.Update(after);
            scope.Touch(EntityId.Branch(after.BranchId), priority: true);
            return after;
        },
        cancel).ConfigureAwait(false);

    /// <summary>One page, newest first.</summary>
    public ListSuspensionsResponse List(ListSuspensionsRequest request)
    {
        var size = Field.PageSize(request.PageSize);
        var (before, id) = PageCursor.Read(request.PageToken);
        var now = core.Now().ToUnixTimeMilliseconds();
        using var db = core.Store.Read();
        var rows = db.Set<SuspensionRow>().Where(row => row.Consortium == core.Store.Consortium);
        rows = request.BranchId.Length > 0 ? rows.Where(row => row.BranchId == request.BranchId) : rows;
        rows = request.IncludePast ? rows : rows.Where(row => row.LiftedAt == null && (row.EndAt == null || row.EndAt > now));
        var page = rows
            .Where(row => row.CreatedAt < before || (row.CreatedAt == before && string.Compare(row.SuspensionId, id) > 0))
            .OrderByDescending(row => row.CreatedAt).ThenBy(row => row.SuspensionId)
            .Take(size + 1)
            .ToList();
        var response = new ListSuspensionsResponse
        {
            NextPageToken = page.Count > size ? PageCursor.Token(page[size - 1].CreatedAt, page[size - 1].SuspensionId) : "",
        };
        response.Suspensions.AddRange(page.Take(size).Select(Show));
        return response;
    }

    /// <summary>A suspension as staff sees it.</summary>
    public static BranchSuspension Show(SuspensionRow row) => new()
    {
        Id = row.SuspensionId,
        BranchId = row.BranchId,
        StartTime = Instant.FromUnixTimeMilliseconds(row.StartAt).ToProto(),
        EndTime = row.EndAt.ToTimestamp(),
        Reason = row.Reason,
        CreatedBy = row.CreatedBy,
        CreateTime = Instant.FromUnixTimeMilliseconds(row.CreatedAt).ToProto(),
        LiftedBy = row.LiftedBy,
        LiftTime = row.LiftedAt.ToTimestamp(),
        LiftReason = row.LiftReason,
    };

    private static void CheckTimes(Instant start, Instant? end, Instant now)
    {
        if (end <= start || end <= now)
        {
            throw Field.Wrong("suspension.end_time", "must lie after the start and after now, or be left out");
        }

        if (start > now + AheadMax)
        {
            throw Field.Wrong("suspension.start_time", $"lies more than {AheadMax.Days} days ahead: correct it");
        }
    }

    private static void RefuseOverlap(WriteScope scope, SuspensionRow row)
    {
        var end = row.EndAt ?? long.MaxValue;
        if (scope.Db.Set<SuspensionRow>().Any(other => other.Consortium == row.Consortium && other.BranchId == row.BranchId
            && other.LiftedAt == null && other.StartAt < end && (other.EndAt == null || other.EndAt > row.StartAt)))
        {
            throw Field.Wrong("suspension.start_time", "falls within another suspension of the branch, or reaches into one: lift that one first");
        }
    }

    // What is not over must have its place in the branch's facts: one that had none would leave the door open.
    private static void RefuseTooMany(WriteScope scope, SuspensionRow row)
    {
        if (scope.Db.Set<SuspensionRow>().Count(other => other.Consortium == row.Consortium && other.BranchId == row.BranchId
            && other.LiftedAt == null && (other.EndAt == null || other.EndAt > scope.NowMs)) >= BranchClosures.Most)
        {
            throw Field.Wrong("suspension.start_time", $"would be more than {BranchClosures.Most} that are not over at the branch: lift one, or wait until one has ended");
        }
    }
}
