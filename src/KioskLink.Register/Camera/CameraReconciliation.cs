using System.Security.Cryptography;
using System.Text;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Profiles;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Camera;

/// <summary>Compares our records with the camera system's own log and keeps the numbers of each run, no line of the log (R72).</summary>
internal sealed class CameraReconciliation(RegisterCore core, CameraAlarms alarms)
{
    private const string Differences = "The camera system's log and the records differ; the report names the viewings.";

    /// <summary>Longest time that one run or export covers.</summary>
    public static readonly Duration SpanMax = Duration.FromDays(366);

    /// <summary>Compares a time.</summary>
    public async Task<ReconcileCameraViewsResponse> RunAsync(ReconcileCameraViewsRequest request, CallerIdentity caller, CancellationToken stop)
    {
        var camera = CameraRules.InUse(core.Profile);
        var span = Span(Field.Time(request.FromTime, "from_time"), Field.Time(request.ToTime, "to_time"));
        var views = ViewLog.Read(Required(request.LogCsv));
        var (records, open) = Sessions(span, camera);
        var found = ViewMatching.Compare(views, records, span, camera.MatchTolerance);
        var run = Row(request, span, found, caller);
        await core.Lane.WriteAsync(scope => Note(scope, run), stop);
        var response = new ReconcileCameraViewsResponse { RunId = run.RunId, Views = found.Views, Records = found.Records, Matched = found.Matched };
        response.ViewsWithoutRecord.AddRange(found.ViewsWithoutRecord.Select(view => View(view, open, camera.MatchTolerance)));
        response.RecordsWithoutView.AddRange(found.RecordsWithoutView.Select(CameraProto.Session));
        return response;
    }

    /// <summary>A time of which both ends are given, in order, and not too long.</summary>
    public static Interval Span(Instant? from, Instant? to)
    {
        var start = from ?? throw Field.Wrong("from_time", "is missing: say where the time begins");
        var end = to ?? throw Field.Wrong("to_time", "is missing: say where the time ends");
        return end > start && end - start <= SpanMax
            ? new Interval(start, end)
            : throw Field.Wrong("to_time", $"must lie after from_time, by at most {SpanMax.TotalDays} days");
    }

    private static string Required(string csv) => csv.Length == 0 ? throw Field.Wrong("log_csv", "is missing: give the camera system's log") : csv;

    // A rejected request was never looked at, so that no viewing is to be expected for it.
    private (IReadOnlyList<SessionRow> Records, IReadOnlyList<SessionRow> Open) Sessions(Interval span, CameraProfile camera)
    {
        var (from, to) = ((span.Start - camera.MatchTolerance).ToUnixTimeMilliseconds(), (span.End + camera.MatchTolerance).ToUnixTimeMilliseconds());
        var rejected = (int)OutsiderDecision.Rejected;
        using var db = core.Store.Read();
        var ours = db.Set<SessionRow>().Where(row => row.Consortium == core.Store.Consortium);
        return (
            ours.Where(row => row.ViewedAt != null && row.ViewedAt >= from && row.ViewedAt < to && row.OutsiderDecision != rejected).ToList(),
            ours.Where(row => row.CompletedAt == null && row.StartedAt >= from && row.StartedAt < to).ToList());
    }

    private static CameraView View(LoggedView view, IReadOnlyList<SessionRow> open, Duration tolerance) => new()
    {
        Line = view.Line,
        ViewingTime = view.At.ToProto(),
        User = view.User,
        BranchId = view.BranchId,
        Camera = view.Camera,
        OpenSessionId = open.FirstOrDefault(session =>
            session.Viewer.Equals(view.User, StringComparison.OrdinalIgnoreCase) && session.BranchId.Equals(view.BranchId, StringComparison.OrdinalIgnoreCase)
            && Instant.FromUnixTimeMilliseconds(session.StartedAt) - tolerance <= view.At)?.SessionId ?? "",
    };

    private static ReconciliationRow Row(ReconcileCameraViewsRequest request, Interval span, ViewDifferences found, CallerIdentity caller) => new()
    {
        RunId = Guid.NewGuid().ToString("N"),
        Consortium = caller.Consortium,
        FromAt = span.Start.ToUnixTimeMilliseconds(),
        ToAt = span.End.ToUnixTimeMilliseconds(),
        LogSha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request.LogCsv))),
        Views = found.Views,
        Records = found.Records,
        Matched = found.Matched,
        ViewsWithoutRecord = found.ViewsWithoutRecord.Count,
        RecordsWithoutView = found.RecordsWithoutView.Count,
        RunBy = caller.Name,
    };

    private void Note(WriteScope scope, ReconciliationRow run)
    {
        run.RunAt = scope.NowMs;
        scope.Db.Add(run);
        if (run.ViewsWithoutRecord + run.RecordsWithoutView > 0)
        {
            alarms.Raise(scope, CameraAlarmKind.Difference, run.RunId, Differences);
        }
    }
}
