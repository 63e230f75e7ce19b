using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using NodaTime;
using NodaTime.Text;

namespace KioskLink.Register.Camera;

/// <summary>The records of a time as a file (R71): the six items, a row each, marked secret.</summary>
internal sealed class CameraExport(RegisterCore core)
{
    /// <summary>Records that one file holds at most.</summary>
    public const int RecordsMax = 10_000;

    private static readonly string[] Columns =
    [
        "1_viewing_time", "branch", "camera", "reason_code", "reason", "2_matter", "2_matter_time", "3_ground", "4_decided_by", "5_viewer", "6_outsider",
        "6_outsider_decision", "session", "4_decided_by_account", "5_viewer_account",
    ];

    private static readonly OffsetDateTimePattern Shown = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:sso<+HH:mm>");

    /// <summary>The file.</summary>
    public ExportCameraSessionsResponse Export(ExportCameraSessionsRequest request)
    {
        CameraRules.InUse(core.Profile);
        var span = CameraReconciliation.Span(Field.Time(request.FromTime, "from_time"), Field.Time(request.ToTime, "to_time"));
        var (from, to) = (span.Start.ToUnixTimeMilliseconds(), span.End.ToUnixTimeMilliseconds());
        using var db = core.Store.Read();
        var rows = db.Set<SessionRow>()
            .Where(row => row.Consortium == core.Store.Consortium && row.ViewedAt != null && row.ViewedAt >= from && row.ViewedAt < to)
            .OrderBy(row => row.ViewedAt)
            .ThenBy(row => row.SessionId)
            .Take(RecordsMax + 1)
            .ToList();
        return rows.Count > RecordsMax
            ? throw Refused.With(StatusCode.ResourceExhausted, "TOO_MANY_RECORDS", $"The time holds more than {RecordsMax} records: export shorter times.")
            : new ExportCameraSessionsResponse
            {
                FileName = $"camera-records-{Day(span.Start)}-{Day(span.End)}-SALASSA.csv",
                Csv = SecretCsv.Write(Columns, rows.Select(Cells)),
                Records = rows.Count,
            };
    }

    private static string[] Cells(SessionRow row) =>
    [
        Time(row.ViewedAt), row.BranchId, row.Camera, row.ReasonCode, row.ReasonText, row.Matter, Time(row.MatterAt), row.Ground, row.DecidedBy, row.ViewerName,
        row.OutsiderName, row.OutsiderDecision == 0 ? "" : ((OutsiderDecision)row.OutsiderDecision).ToString().ToLowerInvariant(), row.SessionId, row.Decider, row.Viewer,
    ];

    private static string Time(long? milliseconds) => milliseconds is { } value
        ? Shown.Format(Instant.FromUnixTimeMilliseconds(value).InZone(OpeningCalendar.Zone).ToOffsetDateTime())
        : "";

    private static string Day(Instant at) => LocalDatePattern.Iso.Format(OpeningCalendar.DateAt(at));
}
