using System.Reflection;
using System.Text.Json;
using KioskLink.Demo.Machine;
using KioskLink.Demo.Samples;
using KioskLink.Demo.Script;
using KioskLink.Demo.World;

namespace KioskLink.Demo.Page;

/// <summary>The page to play with, on loopback: static files, one stream of events, and the steps of the script language.</summary>
internal sealed class DemoPage : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly Broadcast _broadcast;
    private readonly CheckoutMachine _machine;

    private DemoPage(WebApplication application, Broadcast broadcast, CheckoutMachine machine) => (_application, _broadcast, _machine) = (application, broadcast, machine);

    /// <summary>Where the page is.</summary>
    public Uri Address => new(_application.Urls.First());

    /// <summary>Serves the page on the wanted port or a free one.</summary>
    public static Task<DemoPage> StartAsync(DemoWorld world, StepActions actions, int port, TimeProvider time) =>
        Ports.StartOnFreeAsync(port, "page", Console.Out, free => StartOnAsync(world, actions, free, time));

    private static async Task<DemoPage> StartOnAsync(DemoWorld world, StepActions actions, int port, TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var application = builder.Build();
        var broadcast = new Broadcast(world, actions, time);
        MapFiles(application);
        MapActions(application, world, new ScriptRunner(world, actions, TextWriter.Null, time), actions, broadcast);
        var machine = MachineActions.Map(application, world, broadcast, time);
        await application.StartAsync();
        broadcast.Start();
        return new DemoPage(application, broadcast, machine);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _broadcast.DisposeAsync();
        await _application.DisposeAsync();
        await _machine.DisposeAsync();
    }

    private static void MapFiles(WebApplication application)
    {
        MapFile(application, "/", "demo.html", "text/html; charset=utf-8");
        MapFile(application, "/demo.css", "demo.css", "text/css; charset=utf-8");
        MapFile(application, "/demo.js", "demo.js", "text/javascript; charset=utf-8");
        MapFile(application, "/machine.css", "machine.css", "text/css; charset=utf-8");
        MapFile(application, "/machine.js", "machine.js", "text/javascript; charset=utf-8");
    }

    private static void MapFile(WebApplication application, string path, string name, string type) =>
        application.MapGet(path, () => Results.Stream(Assembly.GetExecutingAssembly().GetManifestResourceStream($"KioskLink.Demo.Page.{name}")!, type));

    private static void MapActions(WebApplication application, DemoWorld world, ScriptRunner runner, StepActions actions, Broadcast broadcast)
    {
        var night = new NightReplay(runner, broadcast);
        application.MapGet("/events", (HttpContext context) => broadcast.ServeAsync(context));
        application.MapGet("/samples", () => Results.Json(SamplePatron.All, JsonSerializerOptions.Web));
        application.MapGet("/box", () => Results.Json(StolenBox.Open(world.Folder), JsonSerializerOptions.Web));
        application.MapPost("/card", (Delegate)((HttpContext context) => CardAsync(context, actions)));
        application.MapPost("/keys", async (HttpContext context) => await actions.TypeAsync(await BodyAsync(context)));
        application.MapPost("/step", (Delegate)((HttpContext context) => StepAsync(context, runner)));
        application.MapPost("/night", (HttpContext context) => night.Start());
    }

    private static Task<IResult> StepAsync(HttpContext context, ScriptRunner runner) => TryAsync(async () =>
    {
        if (ScriptParser.ParseLine(await BodyAsync(context), line: 1) is { } step)
        {
            await runner.RunAsync(step);
        }
    });

    // People hold a second card up while the first is being decided: unlike a script's, a click waits for no decision.
    private static Task<IResult> CardAsync(HttpContext context, StepActions actions) => TryAsync(async () =>
    {
        var number = await BodyAsync(context);
        await actions.WaitForReaderAsync();
        actions.Present(number);
    });

    private static async Task<IResult> TryAsync(Func<Task> action)
    {
        try
        {
            await action();
            return Results.Ok();
        }
        catch (Exception e) when (e is ScriptException or TimeoutException or InvalidOperationException or Grpc.Core.RpcException)
        {
            return Results.Text(e is Grpc.Core.RpcException rpc ? rpc.Status.Detail : e.Message, statusCode: StatusCodes.Status409Conflict);
        }
    }

    /// <summary>Steps and keys are short; a longer body is cut, and then cannot be read as a step.</summary>
    private static async Task<string> BodyAsync(HttpContext context)
    {
        const int maxLength = 256;
        using var reader = new StreamReader(context.Request.Body);
        var buffer = new char[maxLength];
        return new string(buffer, 0, await reader.ReadBlockAsync(buffer));
    }
}
