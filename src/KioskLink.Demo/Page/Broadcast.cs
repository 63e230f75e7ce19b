using System.Text.Json;
using System.Threading.Channels;
using Grpc.Core;
using KioskLink.Demo.Script;
using KioskLink.Demo.World;
using KioskLink.Protos.Node.V1;

namespace KioskLink.Demo.Page;

/// <summary>Sends every open page what happens, as server-sent events: the state, the eight steps, the journal. Thread-safe.</summary>
internal sealed class Broadcast(DemoWorld world, StepActions actions, TimeProvider time) : IAsyncDisposable
{
    private const int MaxQueued = 256;
    private static readonly TimeSpan StateEvery = TimeSpan.FromMilliseconds(200);
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Channel<string>> _pages = [];
    private readonly Lock _lock = new();
    private readonly List<Task> _loops = [];
    private string _lastState = "";

    /// <summary>Begins to watch the demo.</summary>
    public void Start()
    {
        world.Journal.Arrived += OnRecord;
        _loops.Add(WatchStateAsync());
        _loops.Add(WatchStepsAsync());
    }

    /// <summary>Sends one event to every page; a page that does not keep up loses its oldest events.</summary>
    public void Send(string name, object content)
    {
        var text = $"event: {name}\ndata: {JsonSerializer.Serialize(content, JsonSerializerOptions.Web)}\n\n";
        lock (_lock)
        {
            foreach (var page in _pages)
            {
                page.Writer.TryWrite(text);
            }
        }
    }

    /// <summary>Serves one page until it goes.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        var page = Channel.CreateBounded<string>(new BoundedChannelOptions(MaxQueued) { FullMode = BoundedChannelFullMode.DropOldest });
        page.Writer.TryWrite(_lastState);
        foreach (var record in world.Journal.Records.TakeLast(MaxQueued / 4))
        {
            page.Writer.TryWrite($"event: record\ndata: {JsonSerializer.Serialize(PageRecord.Of(record), JsonSerializerOptions.Web)}\n\n");
        }
        lock (_lock)
        {
            _pages.Add(page);
        }
        context.Response.ContentType = "text/event-stream";
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        try
        {
            await foreach (var text in page.Reader.ReadAllAsync(ending.Token))
            {
                await context.Response.WriteAsync(text, ending.Token);
                await context.Response.Body.FlushAsync(ending.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was closed, or the demo ends.
        }
        lock (_lock)
        {
            _pages.Remove(page);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        world.Journal.Arrived -= OnRecord;
        await _stopping.CancelAsync();
        await Task.WhenAll(_loops);
        _stopping.Dispose();
    }

    private void OnRecord(WatchJournalResponse record) => Send("record", PageRecord.Of(record));

    private Task WatchStateAsync() => LoopAsync(async () =>
    {
        var state = $"event: state\ndata: {JsonSerializer.Serialize(PageState.Of(world, await world.StatusAsync()), JsonSerializerOptions.Web)}\n\n";
        if (state != _lastState)
        {
            _lastState = state;
            lock (_lock)
            {
                _pages.ForEach(page => page.Writer.TryWrite(state));
            }
        }
    });

    private Task WatchStepsAsync() => LoopAsync(async () =>
    {
        try
        {
            using var call = world.Node.WatchSteps(new WatchStepsRequest(), cancellationToken: _stopping.Token);
            while (await call.ResponseStream.MoveNext(_stopping.Token))
            {
                Send("step", await new RuleLadder(world).CompleteAsync(PageStep.Of(call.ResponseStream.Current), actions.LastCard));
            }
        }
        catch (RpcException)
        {
            // The node is not running: it is asked again.
        }
    });

    private async Task LoopAsync(Func<Task> round)
    {
        try
        {
            while (true)
            {
                await round();
                await Task.Delay(StateEvery, time, _stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The demo ends.
        }
    }
}
