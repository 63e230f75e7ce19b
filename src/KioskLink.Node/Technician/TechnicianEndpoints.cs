using KioskLink.Node.Diagnostics;
using KioskLink.Node.Hosting;
using KioskLink.Node.Pages;
using KioskLink.Node.StaffSignIn;
using KioskLink.Protos.Node.V1;
using Microsoft.AspNetCore.Http.HttpResults;

namespace KioskLink.Node.Technician;

/// <summary>The addresses of the technician's page: how the node is, its devices, lines and doors, the doctor, and the test that runs.</summary>
/// <param name="technicians">What technicians can do.</param>
/// <param name="parts">The node's parts.</param>
internal sealed class TechnicianEndpoints(Technicians technicians, NodeParts parts)
{
    private const string Home = "/technician", TestAddress = "/technician/test", Captured = "application/x-ndjson";
    private readonly TestBench _bench = new(technicians);

    /// <summary>Adds the addresses.</summary>
    public void Map(WebApplication app)
    {
        app.MapGet(Home, Overview);
        app.MapGet($"{Home}/live", (HttpContext context, LivePart live) => live.ServeAsync<NodeBoard>(context, Board));
        app.MapGet($"{Home}/doctor", (HttpContext context) => new RazorComponentResult<DoctorPage>(new { Visit = Visit(context) }));
        app.MapGet(TestAddress, Test);
        app.MapGet($"{TestAddress}/live", (HttpContext context, LivePart live) => live.ServeAsync<TestBoard>(context, () => new() { ["View"] = Running(context)?.View ?? Technician.Test.None }));
        app.MapGet($"{Home}/devices/{{id}}", Device);
        app.MapGet($"{Home}/doors/{{id}}", Door);
        app.MapGet($"{Home}/lines/{{id}}", Line);
        app.MapGet($"{Home}/lines/{{id}}/live", (string id, HttpContext context, LivePart live) => live.ServeAsync<FrameBoard>(context, () => Frames(TraceOf(context, id))));
        app.MapGet($"{Home}/lines/{{id}}/trace.osdpcap", Capture);
        MapForms(app);
    }

    private void MapForms(WebApplication app)
    {
        MapTest(app, "/doctor", (session, _, form) => _bench.Doctor(session, form["doors_closed"] == "yes"));
        MapTest(app, "/devices/{id}/reader", (session, id, _) => _bench.Reader(session, id));
        MapTest(app, "/devices/{id}/replug", (session, id, _) => _bench.Replug(session, id));
        MapTest(app, "/devices/{id}/probe", (session, id, form) => _bench.Probe(session, id, Enum.TryParse<Question>(form["question"], out var question) ? question : Question.Unspecified));
        MapTest(app, "/doors/{id}/relay", (session, id, form) => _bench.Relay(session, id, form["may_open"] == "yes", Shorten($"{form["reason"]}")));
        MapTest(app, "/lines/{id}/search", (session, id, _) => _bench.Search(session, id));
        app.MapForm($"{Home}/lines/{{id}}/start", (context, _) => TraceAsync(context, _bench.Trace));
        app.MapForm($"{Home}/lines/{{id}}/stop", (context, _) => TraceAsync(context, (session, _) => session.Keep.Find<LineTrace>()?.Stop()));
    }

    private static void MapTest(WebApplication app, string path, Action<StaffSession, string, IFormCollection> begin) => app.MapForm(Home + path, (context, form) =>
    {
        begin(StaffVisit.SessionOf(context)!, IdOf(context), form);
        return Task.FromResult(TestAddress);
    });

    private static Task<string> TraceAsync(HttpContext context, Action<StaffSession, string> change)
    {
        change(StaffVisit.SessionOf(context)!, IdOf(context));
        return Task.FromResult(TestBench.LinePage(IdOf(context)));
    }

    private RazorComponentResult<OverviewPage> Overview(HttpContext context) => new(new Dictionary<string, object?>(Board()) { ["Visit"] = Visit(context) });

    private IResult Test(HttpContext context) =>
        Running(context) is { } test ? new RazorComponentResult<TestPage>(new { Visit = Visit(context), test.View }) : Results.Redirect(Home);

    private IResult Device(string id, HttpContext context) => technicians.Devices.List().Devices.FirstOrDefault(device => device.DeviceId == id) is { } device
        ? new RazorComponentResult<DevicePage>(new { Visit = Visit(context), Device = device })
        : Results.Redirect(Home);

    private IResult Door(string id, HttpContext context) => technicians.Status.Look().Doors.FirstOrDefault(door => door.DoorId == id) is { } door
        ? new RazorComponentResult<DoorTestPage>(new { Visit = Visit(context), Door = door })
        : Results.Redirect(Home);

    private IResult Line(string id, HttpContext context) => technicians.Devices.List().Buses.FirstOrDefault(line => line.BusId == id) is { } line
        ? new RazorComponentResult<LinePage>(new Dictionary<string, object?>(Frames(TraceOf(context, id))) { ["Visit"] = Visit(context), ["Line"] = line, ["IsOsdp"] = technicians.Devices.LineOf(id) is not null })
        : Results.Redirect(Home);

    private IResult Capture(string id, HttpContext context) => TraceOf(context, id) is { } trace
        ? Results.File(trace.Capture(parts.Time), Captured, $"{id}.osdpcap")
        : Results.Redirect(TestBench.LinePage(id));

    private Dictionary<string, object?> Board() => new()
    {
        ["Status"] = technicians.Status.Look(),
        ["Devices"] = technicians.Devices.List(),
        ["Events"] = EventView.Newest(parts.Journal),
    };

    private static Dictionary<string, object?> Frames(LineTrace? trace) => new()
    {
        ["Count"] = trace?.Count ?? 0,
        ["IsRunning"] = trace is { Stopping.IsCancellationRequested: false },
        ["Frames"] = trace?.Newest() ?? [],
    };

    private StaffVisit Visit(HttpContext context) => StaffVisit.Of(context, parts.Config.Node);

    private static Test? Running(HttpContext context) => StaffVisit.SessionOf(context)!.Keep.Find<RunningTest>()?.Test;

    private static LineTrace? TraceOf(HttpContext context, string id) => StaffVisit.SessionOf(context)!.Keep.Find<LineTrace>() is { } trace && trace.BusId == id ? trace : null;

    private static string IdOf(HttpContext context) => $"{context.Request.RouteValues["id"]}";

    private static string Shorten(string text) => text.Trim() is var trimmed && trimmed.Length > RelayTest.ReasonMax ? trimmed[..RelayTest.ReasonMax] : trimmed;
}
