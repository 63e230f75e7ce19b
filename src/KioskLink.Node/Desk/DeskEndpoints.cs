using KioskLink.Node.Hosting;
using KioskLink.Node.Pages;
using KioskLink.Node.RegisterLink;
using Microsoft.AspNetCore.Http.HttpResults;

namespace KioskLink.Node.Desk;

/// <summary>The addresses of the desk's page. Numbers come by forms alone, and none stands in an address or in the answer.</summary>
/// <param name="parts">The node's parts.</param>
internal sealed class DeskEndpoints(NodeParts parts)
{
    private const string Home = "/desk";
    private readonly DeskCheck _check = new(parts);

    /// <summary>Adds the addresses.</summary>
    public void Map(WebApplication app)
    {
        app.MapGet(Home, Page);
        app.MapForm($"{Home}/check", (context, form) =>
        {
            StaffVisit.SessionOf(context)!.Keep.Put(_check.Look($"{form["card"]}".Trim()));
            return Task.FromResult(Home);
        });
    }

    private RazorComponentResult<DeskPage> Page(HttpContext context) => new(new Dictionary<string, object?>
    {
        ["Visit"] = StaffVisit.Of(context, parts.Config.Node),
        ["Answer"] = StaffVisit.SessionOf(context)!.Keep.Take<DeskAnswer>(),
        ["IsOnline"] = parts.Link.State == LinkState.Online,
    });
}
