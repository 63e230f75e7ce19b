using System.Globalization;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;

namespace KioskLink.Register.Camera;

/// <summary>Lists of the camera register, newest first; a viewer sees what is the viewer's own. Thread-safe.</summary>
internal sealed class CameraPages(RegisterCore core)
{
    /// <summary>Viewing rights.</summary>
    public ListCameraGrantsResponse Grants(ListCameraGrantsRequest request, CallerIdentity caller)
    {
        var (size, (before, id), now) = (Field.PageSize(request.PageSize), Cursor(request.PageToken), core.Now().ToUnixTimeMilliseconds());
        var viewer = Own(caller) ?? Field.Optional(request.Viewer, "viewer");
        using var db = core.Store.Read();
        var rows = db.Set<GrantRow>().Where(row => row.Consortium == core.Store.Consortium && (viewer == "" || row.Viewer == viewer));
        rows = request.IncludePast ? rows : rows.Where(row => row.RevokedAt == null && row.EndAt > now);
        var page = rows.Where(row => row.CreatedAt < before || (row.CreatedAt == before && string.Compare(row.GrantId, id) > 0))
            .OrderByDescending(row => row.CreatedAt).ThenBy(row => row.GrantId).Take(size + 1).ToList();
        var response = new ListCameraGrantsResponse { NextPageToken = Next(page, size, row => (row.CreatedAt, row.GrantId)) };
        response.Grants.AddRange(page.Take(size).Select(CameraProto.Grant));
        return response;
    }

    /// <summary>Viewings.</summary>
    public ListCameraSessionsResponse Sessions(ListCameraSessionsRequest request, CallerIdentity caller)
    {
        var (size, (before, id), viewer) = (Field.PageSize(request.PageSize), Cursor(request.PageToken), Own(caller) ?? "");
        var branch = Field.Optional(request.BranchId, "branch_id");
        using var db = core.Store.Read();
        var page = db.Set<SessionRow>()
            .Where(row => row.Consortium == core.Store.Consortium && (viewer == "" || row.Viewer == viewer) && (branch == "" || row.BranchId == branch))
            .Where(row => !request.OnlyOpen || row.CompletedAt == null)
            .Where(row => row.StartedAt < before || (row.StartedAt == before && string.Compare(row.SessionId, id) > 0))
            .OrderByDescending(row => row.StartedAt).ThenBy(row => row.SessionId).Take(size + 1).ToList();
        var response = new ListCameraSessionsResponse { NextPageToken = Next(page, size, row => (row.StartedAt, row.SessionId)) };
        response.Sessions.AddRange(page.Take(size).Select(CameraProto.Session));
        return response;
    }

    /// <summary>References to recordings that are still there, whether or not the purge has run.</summary>
    public ListCameraReferencesResponse References(ListCameraReferencesRequest request, CallerIdentity caller)
    {
        var (size, (before, id), viewer) = (Field.PageSize(request.PageSize), Cursor(request.PageToken), Own(caller) ?? "");
        var (camera, session) = (CameraRules.InUse(core.Profile), Field.Optional(request.SessionId, "session_id"));
        var gone = (core.Now() - camera.RecordingsKept).ToUnixTimeMilliseconds();
        using var db = core.Store.Read();
        var page = db.Set<ReferenceRow>()
            .Where(row => row.Consortium == core.Store.Consortium && row.RecordedAt > gone && (session == "" || row.SessionId == session))
            .Where(row => viewer == "" || db.Set<SessionRow>().Any(own => own.SessionId == row.SessionId && own.Viewer == viewer))
            .Where(row => row.RecordedAt < before || (row.RecordedAt == before && string.Compare(row.ReferenceId, id) > 0))
            .OrderByDescending(row => row.RecordedAt).ThenBy(row => row.ReferenceId).Take(size + 1).ToList();
        var response = new ListCameraReferencesResponse { NextPageToken = Next(page, size, row => (row.RecordedAt, row.ReferenceId)) };
        response.References.AddRange(page.Take(size).Select(row => CameraProto.Reference(row, camera)));
        return response;
    }

    /// <summary>Copies.</summary>
    public ListCameraCopiesResponse Copies(ListCameraCopiesRequest request, CallerIdentity caller)
    {
        var (size, (before, id), viewer) = (Field.PageSize(request.PageSize), Cursor(request.PageToken), Own(caller) ?? "");
        var (camera, now, destroyed) = (CameraRules.InUse(core.Profile), core.Now(), (int)CameraCopyState.Destroyed);
        using var db = core.Store.Read();
        var page = db.Set<CopyRow>()
            .Where(row => row.Consortium == core.Store.Consortium && (!request.OnlyOpen || row.State != destroyed))
            .Where(row => viewer == "" || db.Set<SessionRow>().Any(own => own.SessionId == row.SessionId && own.Viewer == viewer))
            .Where(row => row.TakenAt < before || (row.TakenAt == before && string.Compare(row.CopyId, id) > 0))
            .OrderByDescending(row => row.TakenAt).ThenBy(row => row.CopyId).Take(size + 1).ToList();
        var response = new ListCameraCopiesResponse { NextPageToken = Next(page, size, row => (row.TakenAt, row.CopyId)) };
        response.Copies.AddRange(page.Take(size).Select(row => CameraProto.Copy(row, camera, now)));
        return response;
    }

    /// <summary>Alarms.</summary>
    public ListCameraAlarmsResponse Alarms(ListCameraAlarmsRequest request)
    {
        var (size, (before, id)) = (Field.PageSize(request.PageSize), Cursor(request.PageToken));
        using var db = core.Store.Read();
        var page = db.Set<AlarmRow>()
            .Where(row => row.Consortium == core.Store.Consortium)
            .Where(row => row.RaisedAt < before || (row.RaisedAt == before && string.Compare(row.AlarmId, id) > 0))
            .OrderByDescending(row => row.RaisedAt).ThenBy(row => row.AlarmId).Take(size + 1).ToList();
        var response = new ListCameraAlarmsResponse { NextPageToken = Next(page, size, row => (row.RaisedAt, row.AlarmId)) };
        response.Alarms.AddRange(page.Take(size).Select(CameraProto.Alarm));
        return response;
    }

    private static string? Own(CallerIdentity caller) => caller.Role == CallerRole.CameraViewer ? caller.Name : null;

    // A token names the last row of its page, so that rows that come and go meanwhile move no other onto two pages or none.
    private static string Next<T>(List<T> page, int size, Func<T, (long At, string Id)> key) =>
        page.Count > size && key(page[size - 1]) is var (at, id) ? string.Create(CultureInfo.InvariantCulture, $"{at}.{id}") : "";

    private static (long Before, string Id) Cursor(string token)
    {
        var parts = token.Split('.');
        return token.Length == 0 ? (long.MaxValue, "")
            : parts.Length == 2 && parts[1].Length > 0 ? (Field.PageNumber(parts[0]), parts[1])
            : throw Field.WrongToken();
    }
}
