using KioskLink.Protos.Register.V1;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using KioskLink.Rules.Access;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Alarms;

/// <summary>Lists alarms, newest first, and what changed of them. Thread-safe.</summary>
internal sealed class AlarmPages(RegisterCore core)
{
    /// <summary>Alarms that a watcher is given at once.</summary>
    public const int WatchMax = 1000;

    /// <summary>One page.</summary>
    public ListAlarmsResponse List(ListAlarmsRequest request)
    {
        var size = Field.PageSize(request.PageSize);
        var (before, id) = PageCursor.Read(request.PageToken);
        var language = LanguageOf(request.Language);
        using var db = core.Store.Read();
        var page = InStates(Of(db, request.BranchId, request.MinSeverity), States(request.States))
            .Where(row => request.NodeId == "" || row.NodeId == request.NodeId)
            .Where(row => row.ReceivedAt < before || (row.ReceivedAt == before && string.Compare(row.AlarmId, id) > 0))
            .OrderByDescending(row => row.ReceivedAt).ThenBy(row => row.AlarmId)
            .Take(size + 1)
            .ToList();
        var response = new ListAlarmsResponse { NextPageToken = page.Count > size ? PageCursor.Token(page[size - 1].ReceivedAt, page[size - 1].AlarmId) : "" };
        response.Alarms.AddRange(page.Take(size).Select(row => AlarmProto.Show(row, language)));
        return response;
    }

    /// <summary>What changed since a version, oldest change first; at the first look what stands.</summary>
    public IReadOnlyList<Alarm> Changed(WatchAlarmsRequest request, long? since)
    {
        var language = LanguageOf(request.Language);
        using var db = core.Store.Read();
        var rows = Of(db, request.BranchId, request.MinSeverity);
        rows = since is { } version ? rows.Where(row => row.Version > version) : rows.Where(row => row.ClearedAt == null);
        return [.. rows.OrderBy(row => row.Version).Take(WatchMax).AsEnumerable().Select(row => AlarmProto.Show(row, language))];
    }

    /// <summary>The newest version.</summary>
    public long Head()
    {
        using var db = core.Store.Read();
        return db.Set<FaultRow>().Where(row => row.Consortium == core.Store.Consortium).Max(row => (long?)row.Version) ?? 0;
    }

    /// <summary>How messages of the outbox stand.</summary>
    public IReadOnlyList<DeliveryRow> Deliveries(IReadOnlyList<string> ids)
    {
        using var db = core.Store.Read();
        return [.. db.Set<DeliveryRow>().Where(row => ids.Contains(row.DeliveryId))];
    }

    /// <summary>The language that was asked for, or the profile's first.</summary>
    public Language LanguageOf(Wire.Language language) =>
        language == Wire.Language.Unspecified ? core.Profile.Languages[0] : (Language)Field.Known(language, "language");

    /// <summary>Refuses what a filter may not be.</summary>
    public static void Check(string branchId, Wire.AlarmSeverity severity)
    {
        Field.Optional(branchId, "branch_id", Field.IdMax);
        if (severity != Wire.AlarmSeverity.Unspecified) Field.Known(severity, "min_severity");
    }

    private IQueryable<FaultRow> Of(RegisterDb db, string branchId, Wire.AlarmSeverity severity)
    {
        Check(branchId, severity);
        var least = (int)severity;
        return db.Set<FaultRow>().Where(row => row.Consortium == core.Store.Consortium && row.Severity >= least && (branchId == "" || row.BranchId == branchId));
    }

    private static HashSet<AlarmState> States(Google.Protobuf.Collections.RepeatedField<AlarmState> states) =>
        states.Count == 0 ? [AlarmState.Raised, AlarmState.Acknowledged] : [.. states.Select(state => Field.Known(state, "states"))];

    private static IQueryable<FaultRow> InStates(IQueryable<FaultRow> rows, HashSet<AlarmState> states)
    {
        var (raised, acknowledged, cleared) = (states.Contains(AlarmState.Raised), states.Contains(AlarmState.Acknowledged), states.Contains(AlarmState.Cleared));
        return rows.Where(row => (cleared && row.ClearedAt != null)
            || (acknowledged && row.ClearedAt == null && row.AcknowledgedAt != null)
            || (raised && row.ClearedAt == null && row.AcknowledgedAt == null));
    }
}
