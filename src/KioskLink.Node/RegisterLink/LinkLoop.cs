using Grpc.Core;
using KioskLink.Node.Diagnostics;
using KioskLink.Node.Hosting;
using KioskLink.Node.Replica;
using Microsoft.Data.Sqlite;

namespace KioskLink.Node.RegisterLink;

/// <summary>
/// Keeps the sync stream: opens it, opens it again with growing waits on a fresh connection, and probes the connection of decisions
/// while it is in doubt. Runs until the node stops.
/// </summary>
internal sealed class LinkLoop(
    RegisterChannels channels, Func<SyncClient> newStream, StatusReporter status, Link link, NodeReplica replica, Alarms alarms,
    TimeProvider time, RetryDelay streamRetry, RetryDelay probeRetry, ILogger<LinkLoop> log)
{
    /// <summary>Subject of the alarm about this node's certificate.</summary>
    public const string CertificateAlarm = "certificate";

    private const string DiskAlarm = "replica-disk";
    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(30);

    /// <summary>Told when the register says that the certificate has expired; it may still be renewed.</summary>
    public event Action? CertificateExpired;

    /// <summary>Told when the register says that the node is revoked: it may keep nobody's data.</summary>
    public event Action? Revoked;

    /// <summary>Runs stream, ticks and probes.</summary>
    public Task RunAsync(CancellationToken stopping)
    {
        replica.Written += () => alarms.Clear(DiskAlarm);
        return Task.WhenAll(StreamsAsync(stopping), TicksAsync(stopping), ProbesAsync(stopping));
    }

    private async Task StreamsAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var reached = await StreamAsync(stopping);
            link.Post(LinkInput.StreamLost);
            if (stopping.IsCancellationRequested)
                return;
            if (reached)
                streamRetry.Reset();
            await DelayAsync(streamRetry.Next(), stopping);
            channels.RenewStreams();
        }
    }

    // Whether the stream had caught up, so that the next try may be a quick one.
    private async Task<bool> StreamAsync(CancellationToken stopping)
    {
        var stream = newStream();
        try
        {
            await stream.RunAsync(channels.Node, stopping);
        }
        catch (RpcException error) when (Refusal.IsCertificateRefused(error))
        {
            OnCertificateRefused(error);
        }
        catch (SqliteException error)
        {
            alarms.Raise(DiskAlarm, $"The replica cannot be written ({error.Message}), so nothing new of the register is kept: free or mend the disk.");
        }
        catch (RpcException error)
        {
            log.SyncStreamEnded($"{error.StatusCode} {error.Status.Detail}");
        }
        catch (Exception error) when (StreamEnds.IsOrdinary(error))
        {
            log.SyncStreamEnded(error.Message);
        }
        return stream.HasCaughtUp;
    }

    private void OnCertificateRefused(RpcException error)
    {
        alarms.Raise(CertificateAlarm, $"The register refuses this node's certificate: {error.Status.Detail}");
        if (Refusal.IsRevoked(error))
            Revoked?.Invoke();
        if (Refusal.IsRevoked(error) && replica.Count > 0)
            Forget();
        if (Refusal.IsExpired(error))
            CertificateExpired?.Invoke();
    }

    private void Forget()
    {
        try
        {
            replica.Clear();
        }
        catch (SqliteException broken)
        {
            alarms.Raise(DiskAlarm, $"The node is revoked, but the disk keeps what it held ({broken.Message}): mend the disk or destroy it.");
        }
    }

    private async Task TicksAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TickEvery, time);
        while (await TickedAsync(timer, stopping))
            link.Post(LinkInput.Tick);
    }

    private async Task ProbesAsync(CancellationToken stopping)
    {
        var reportedAt = time.GetTimestamp();
        using var timer = new PeriodicTimer(TickEvery, time);
        while (await TickedAsync(timer, stopping))
        {
            if (link.NeedsProbe)
                await ProbeAsync(stopping);
            else if (link.State == LinkState.Online && time.GetElapsedTime(reportedAt) >= ReportEvery)
            {
                reportedAt = time.GetTimestamp();
                link.Post(await status.ReportAsync("", stopping) ? LinkInput.CallAnswered : LinkInput.CallLate);
            }
        }
    }

    private async Task ProbeAsync(CancellationToken stopping)
    {
        if (await status.ReportAsync("", stopping))
        {
            probeRetry.Reset();
            alarms.Clear(CertificateAlarm);
            link.Post(LinkInput.CallAnswered);
            return;
        }
        link.Post(LinkInput.CallFailed);
        channels.RenewDecisions();
        await DelayAsync(probeRetry.Next(), stopping);
    }

    private static async Task<bool> TickedAsync(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task DelayAsync(TimeSpan delay, CancellationToken stopping) =>
        await Task.Delay(delay, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
