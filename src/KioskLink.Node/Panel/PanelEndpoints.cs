using System.Text.Json;
using KioskLink.Node.Entrances;
using Microsoft.AspNetCore.Http.HttpResults;

namespace KioskLink.Node.Panel;

/// <summary>The panel's addresses: its page, what it shows while that changes, and its keys.</summary>
internal static class PanelEndpoints
{
    /// <summary>How often a page that nothing happens at hears that the node lives.</summary>
    private static readonly TimeSpan LifeSign = TimeSpan.FromSeconds(5);

    /// <summary>Adds the panels of a node.</summary>
    public static void Map(IEndpointRouteBuilder routes, IReadOnlyDictionary<string, PatronPanel> panels, TimeProvider time)
    {
        var group = routes.MapGroup("/panel/{entrance}");
        group.MapGet("", (string entrance, string? lang) => panels.TryGetValue(entrance, out var panel) ? Page(panel, lang) : Results.NotFound());
        group.MapGet("/live", (string entrance, string? lang, HttpContext context) => panels.TryGetValue(entrance, out var panel) ? LiveAsync(panel, lang, context, time) : NotFound(context));
        group.MapPost("/keys", async (string entrance, HttpRequest request) => !panels.TryGetValue(entrance, out var panel)
            ? Results.NotFound()
            : await KeyBody.PressAsync(request, panel) ? Results.NoContent() : Results.BadRequest());
        group.MapPost("/pin", async (string entrance, string? lang, HttpRequest request) => !panels.TryGetValue(entrance, out var panel)
            ? Results.NotFound()
            : await KeyBody.EnterAsync(request, panel) ? Results.LocalRedirect($"~{AddressOf(panel)}?lang={PanelTexts.In(PanelTexts.Find(lang)).Code}", preserveMethod: false) : Results.BadRequest());
    }

    private static string AddressOf(PatronPanel panel) => $"/panel/{Uri.EscapeDataString(panel.EntranceId)}";

    private static RazorComponentResult<PanelPage> Page(PatronPanel panel, string? lang)
    {
        var language = PanelTexts.Find(lang);
        var shown = panel.In(panel.View.Shown, language);
        return new RazorComponentResult<PanelPage>(new
        {
            Address = AddressOf(panel),
            Sign = NameOf(shown.Sign),
            shown.Text,
            shown.Sounded,
            Texts = PanelTexts.In(language),
        });
    }

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static async Task LiveAsync(PatronPanel panel, string? lang, HttpContext context, TimeProvider time)
    {
        var (language, version, gone) = (PanelTexts.Find(lang), -1L, context.RequestAborted);
        context.Response.ContentType = "text/event-stream";
        while (!gone.IsCancellationRequested)
        {
            var next = await NextAsync(panel.View, version, time, gone);
            await context.Response.WriteAsync(next is null ? ":\n\n" : $"data: {Say(panel.In(next, language))}\n\n", gone);
            await context.Response.Body.FlushAsync(gone);
            version = next?.Version ?? version;
        }
    }

    private static async Task<PanelShown?> NextAsync(PanelView view, long version, TimeProvider time, CancellationToken gone)
    {
        using var enough = new CancellationTokenSource(LifeSign, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, gone);
        try
        {
            return await view.AfterAsync(version, either.Token);
        }
        catch (OperationCanceledException) when (!gone.IsCancellationRequested)
        {
            return null;
        }
    }

    private static string NameOf(Sign sign) => sign == Sign.OutOfService ? "out" : sign.ToString().ToLowerInvariant();

    private static string Say(PanelShown shown) => JsonSerializer.Serialize(new
    {
        sign = NameOf(shown.Sign),
        text = shown.Text,
        tones = shown.Tones?.ToString().ToLowerInvariant(),
        sounded = shown.Sounded,
    });
}
