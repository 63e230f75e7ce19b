using System.Text;
using Grpc.Core;
using KioskLink.Register.Console.Sessions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using NodaTime;

namespace KioskLink.Register.Console.Doors;

/// <summary>
/// Tells open pages of doors what changes, by server-sent events: the board as it is now, whenever it differs from what was
/// sent. A stream keeps no session awake and ends with it.
/// </summary>
internal sealed class LiveDoors(SessionBooks sessions, TimeProvider time, ILoggerFactory logs, IHostApplicationLifetime lifetime)
{
    private const int QuietRoundsMax = 7;
    private int _streams;

    /// <summary>Serves one page until it is left, its session ends, or the console stops.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        var session = context.RequestServices.GetRequiredService<Visit>().Session!;
        if (!session.TryOpenStream())
        {
            await SendAsync(context, "event: full\ndata:\n\n");
            return;
        }

        try
        {
            if (Interlocked.Increment(ref _streams) > ConsoleLimits.StreamsMax) await SendAsync(context, "event: full\ndata:\n\n");
            else await TellAsync(context);
        }
        catch (Exception end) when (end is OperationCanceledException or IOException)
        {
            // The page was left, or the console stops.
        }
        finally
        {
            Interlocked.Decrement(ref _streams);
            session.CloseStream();
        }
    }

    private async Task TellAsync(HttpContext context)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        using var timer = new PeriodicTimer(ConsoleLimits.LiveEvery, time);
        var visit = context.RequestServices.GetRequiredService<Visit>();
        var reader = new DoorReader(visit.Api, visit.Words.Language);
        var (sent, quiet) = ("", 0);
        await SendAsync(context, ": here\n\n");
        do
        {
            if (sessions.Find(context, touch: false) is null || await ReadAsync(context, reader, ended.Token) is not { } html)
            {
                await SendAsync(context, "event: end\ndata:\n\n");
                return;
            }

            quiet = html == sent ? quiet + 1 : 0;
            if (quiet == 0) await SendAsync(context, Event(sent = html));
            else if (quiet % QuietRoundsMax == 0) await SendAsync(context, ": still\n\n");
        }
        while (await timer.WaitForNextTickAsync(ended.Token));
    }

    /// <summary>The board in HTML; null when the register does not know the session any more.</summary>
    private async Task<string?> ReadAsync(HttpContext context, DoorReader reader, CancellationToken cancel)
    {
        try
        {
            var now = Instant.FromDateTimeOffset(time.GetUtcNow());
            var branches = await reader.ReadAsync(now, cancel);
            await using var renderer = new HtmlRenderer(context.RequestServices, logs);
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(DoorBoard.Branches)] = branches, [nameof(DoorBoard.Seconds)] = now.ToUnixTimeSeconds() });
            return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<DoorBoard>(parameters)).ToHtmlString());
        }
        catch (RpcException refused) when (refused.StatusCode is StatusCode.Unauthenticated or StatusCode.PermissionDenied)
        {
            return null;
        }
    }

    private static string Event(string html)
    {
        var text = new StringBuilder();
        foreach (var line in html.AsSpan().EnumerateLines()) text.Append("data: ").Append(line).Append('\n');
        return text.Append('\n').ToString();
    }

    private static async Task SendAsync(HttpContext context, string text)
    {
        await context.Response.WriteAsync(text, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
