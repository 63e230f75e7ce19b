using System.Reflection;
using KioskLink.Demo.Script;

namespace KioskLink.Demo.Page;

/// <summary>
/// The night of 13.1.2021: a planned update from 20:00 to the morning closed every self-service library of a
/// consortium (R83, R86). Replayed with KioskLink in its place, in two minutes.
/// </summary>
internal sealed class NightReplay(ScriptRunner runner, Broadcast broadcast)
{
    private int _running;

    /// <summary>Starts the replay; while one runs, a second is refused.</summary>
    public IResult Start()
    {
        if (Interlocked.Exchange(ref _running, 1) == 1)
        {
            return Results.Text("The replay is running.", statusCode: StatusCodes.Status409Conflict);
        }
        _ = RunAsync();
        return Results.Accepted();
    }

    private static string[] Lines()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("KioskLink.Demo.Page.night-2021.script")!);
        return reader.ReadToEnd().Split('\n');
    }

    private async Task RunAsync()
    {
        try
        {
            foreach (var step in ScriptParser.Parse(Lines()))
            {
                broadcast.Send("night", new { text = step.Text.TrimStart('#', ' '), isCaption = step is CommentStep });
                await runner.RunAsync(step);
            }
            broadcast.Send("night", new { text = "", isCaption = true });
        }
        catch (Exception e) when (e is TimeoutException or ScriptException or InvalidOperationException or Grpc.Core.RpcException)
        {
            broadcast.Send("night", new { text = $"The replay stopped: {e.Message}", isCaption = true });
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }
}
