using System.Text;
using KioskLink.Node.StaffSignIn;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace KioskLink.Node.Pages;

/// <summary>
/// Tells an open page what changes, by server-sent events: a part of it drawn anew whenever it differs from what was sent. It keeps no
/// session awake and ends with it.
/// </summary>
/// <param name="sessions">Who is signed in.</param>
/// <param name="time">Where time comes from.</param>
internal sealed class LivePart(SessionBook sessions, TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(700);
    private const int QuietRoundsMax = 12;

    /// <summary>Serves one page until it is left, its session ends, or the node stops.</summary>
    /// <param name="context">The request.</param>
    /// <param name="parameters">What the part shows now.</param>
    public async Task ServeAsync<TComponent>(HttpContext context, Func<Dictionary<string, object?>> parameters)
        where TComponent : IComponent
    {
        context.Response.ContentType = "text/event-stream";
        var session = StaffVisit.SessionOf(context)!;
        if (!session.TryOpenStream())
        {
            await SendAsync(context, "event: full\ndata:\n\n");
            return;
        }
        try
        {
            await TellAsync(context, session, () => DrawAsync<TComponent>(context, parameters()));
        }
        catch (Exception end) when (end is OperationCanceledException or IOException)
        {
            // The page was left, or the node stops.
        }
        finally
        {
            session.CloseStream();
        }
    }

    private async Task TellAsync(HttpContext context, StaffSession session, Func<Task<string>> draw)
    {
        var lifetime = context.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        using var timer = new PeriodicTimer(Every, time);
        var (sent, quiet) = ("", 0);
        do
        {
            if (!sessions.All.Contains(session))
            {
                await SendAsync(context, "event: end\ndata:\n\n");
                return;
            }
            var html = await draw();
            quiet = html == sent ? quiet + 1 : 0;
            if (quiet == 0)
                await SendAsync(context, Event(sent = html));
            else if (quiet % QuietRoundsMax == 0)
                await SendAsync(context, ": still\n\n");
        }
        while (await timer.WaitForNextTickAsync(ended.Token));
    }

    private static async Task<string> DrawAsync<TComponent>(HttpContext context, Dictionary<string, object?> parameters)
        where TComponent : IComponent
    {
        await using var renderer = new HtmlRenderer(context.RequestServices, context.RequestServices.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }

    private static string Event(string html)
    {
        var text = new StringBuilder();
        foreach (var line in html.AsSpan().EnumerateLines())
            text.Append("data: ").Append(line).Append('\n');
        return text.Append('\n').ToString();
    }

    private static async Task SendAsync(HttpContext context, string text)
    {
        await context.Response.WriteAsync(text, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
