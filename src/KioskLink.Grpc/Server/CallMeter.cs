using System.Diagnostics.Metrics;

namespace Grpc.AspNetCore.Server;

/// <summary>Counts the calls being served, in the meter <c>Grpc.AspNetCore.Server</c>.</summary>
internal sealed class CallMeter
{
    private readonly UpDownCounter<int> _active;

    public CallMeter(IMeterFactory meters) =>
        _active = meters.Create("Grpc.AspNetCore.Server").CreateUpDownCounter<int>("grpc.server.active_calls", "{call}", "Calls being served.");

    internal void Started() => _active.Add(1);

    internal void Ended() => _active.Add(-1);
}
