using System.Threading.Channels;
using Grpc.Core;
using Grpc.Health.V1;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Grpc.HealthCheck;

/// <summary>Keeps the status of services and answers about it (gRPC health checking protocol); thread-safe.</summary>
public class HealthServiceImpl : Health.V1.Health.HealthBase
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ServingStatus> _statuses = [];
    private readonly List<(string Service, Channel<ServingStatus> Changes)> _watchers = [];
    private bool _hasStopped;

    /// <summary>Sets the status of a service; the empty name is the server as a whole.</summary>
    public void SetStatus(string service, ServingStatus status)
    {
        lock (_lock)
        {
            if (_statuses.TryGetValue(service, out var before) && before == status)
                return;
            _statuses[service] = status;
            Notify(service, status);
        }
    }

    /// <summary>Forgets a service.</summary>
    public void ClearStatus(string service)
    {
        lock (_lock)
        {
            if (_statuses.Remove(service))
                Notify(service, ServingStatus.ServiceUnknown);
        }
    }

    /// <summary>Forgets every service.</summary>
    public void ClearAll()
    {
        lock (_lock)
        {
            foreach (var service in _statuses.Keys.ToList())
                ClearStatus(service);
        }
    }

    /// <summary>Ends every watch after NOT_SERVING: a stream that never ends would hold up a server that stops.</summary>
    internal void Stop()
    {
        lock (_lock)
        {
            _hasStopped = true;
            foreach (var service in _statuses.Keys.ToList())
                SetStatus(service, ServingStatus.NotServing);
            foreach (var (_, changes) in _watchers)
                changes.Writer.TryComplete();
        }
    }

    /// <inheritdoc/>
    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        lock (_lock)
        {
            return _statuses.TryGetValue(request.Service, out var status)
                ? Task.FromResult(new HealthCheckResponse { Status = status })
                : throw new RpcException(new Status(StatusCode.NotFound, $"No health is kept for the service \"{request.Service}\"."));
        }
    }

    /// <inheritdoc/>
    public override async Task Watch(HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        var watcher = (request.Service, NewChanges());
        Subscribe(watcher);
        try
        {
            await foreach (var status in watcher.Item2.Reader.ReadAllAsync(context.CancellationToken).ConfigureAwait(false))
                await responseStream.WriteAsync(new HealthCheckResponse { Status = status }).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
                _watchers.Remove(watcher);
        }
    }

    /// <summary>A slow watcher misses what changed in between; it always gets the last status.</summary>
    private static Channel<ServingStatus> NewChanges() =>
        Channel.CreateBounded<ServingStatus>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    private void Subscribe((string Service, Channel<ServingStatus> Changes) watcher)
    {
        lock (_lock)
        {
            watcher.Changes.Writer.TryWrite(_statuses.GetValueOrDefault(watcher.Service, ServingStatus.ServiceUnknown));
            _watchers.Add(watcher);
            if (_hasStopped)
                watcher.Changes.Writer.TryComplete();
        }
    }

    private void Notify(string service, ServingStatus status)
    {
        foreach (var watcher in _watchers.Where(watcher => watcher.Service == service))
            watcher.Changes.Writer.TryWrite(status);
    }
}
