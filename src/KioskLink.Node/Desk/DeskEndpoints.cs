using KioskLink.Node.Diagnostics;
using KioskLink.Node.Hosting;
using KioskLink.Node.Outage;
using KioskLink.Node.Pages;
using KioskLink.Node.RegisterLink;
using KioskLink.Node.StaffSignIn;
using Microsoft.AspNetCore.Http.HttpResults;

namespace KioskLink.Node.Desk;

/// <summary>The addresses of the desk's page. Numbers come by forms alone, and none stands in an address or in the answer.</summary>
/// <param name="parts">The node's parts.</param>
/// <param name="sessions">Who is signed in.</param>
/// <param name="log">The journal of what staff does.</param>
internal sealed class DeskEndpoints(NodeParts parts, SessionBook sessions, TechnicianLog log)
{
    private const string Home = "/desk";
    private readonly DeskCheck _check = new(parts);
    private readonly NoteDesk _notes = new(new ActDesk(parts), log);
    private readonly NotedBook _noted = new(new ActDesk(parts), sessions);

    /// <summary>Adds the addresses.</summary>
    public void Map(WebApplication app)
    {
        app.MapGet(Home, (HttpContext context) => Page(context, NoteKind.All[0], isNoting: false));
        app.MapGet($"{Home}/live", (HttpContext context, LivePart live) =>
            live.ServeAsync<NotedList>(context, () => new() { ["Words"] = PageWords.Of(context.Request), ["Noted"] = _noted.Look() }));
        foreach (var kind in NoteKind.All)
            MapKind(app, kind);
    }

    private void MapKind(WebApplication app, NoteKind kind)
    {
        app.MapGet(kind.Path, (HttpContext context) => Page(context, kind, isNoting: true));
        app.MapForm($"{kind.Path}/check", (context, form) =>
        {
            StaffVisit.SessionOf(context)!.Keep.Put(_check.Look($"{form["card"]}".Trim()));
            return Task.FromResult(kind == NoteKind.All[0] ? Home : kind.Path);
        });
        app.MapForm($"{kind.Path}/note", async (context, form) =>
        {
            var session = StaffVisit.SessionOf(context)!;
            session.Keep.Put(await _notes.NoteAsync(kind, session, form));
            return kind.Path;
        });
    }

    private RazorComponentResult<DeskPage> Page(HttpContext context, NoteKind kind, bool isNoting)
    {
        var keep = StaffVisit.SessionOf(context)!.Keep;
        var checkedCard = keep.Take<DeskAnswer>();
        return new(new Dictionary<string, object?>
        {
            ["Visit"] = StaffVisit.Of(context, parts.Config.Node),
            ["Answer"] = checkedCard,
            ["NoteAnswer"] = keep.Take<NoteAnswer>(),
            ["Kind"] = kind,
            ["IsNoting"] = isNoting && checkedCard is null,
            ["BranchId"] = parts.Config.Branch,
            ["FormId"] = Guid.NewGuid().ToString("N"),
            ["Noted"] = _noted.Look(),
            ["IsOnline"] = parts.Link.State == LinkState.Online,
        });
    }
}
