using Google.Protobuf;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Nodes;
using KioskLink.Register.Store;
using KioskLink.Rules.Pins;

namespace KioskLink.Register.Sync;

/// <summary>Serves SyncEntitlements: greets, takes credit and confirmations in, and lets <see cref="SyncStream"/> send.</summary>
internal sealed class EntitlementSync(
    RegisterCore core, NodeDirectory directory, NodeSessions sessions, NodeConfirmations confirmations, NodeViews views, LogPulse pulse, SnapshotGate gate)
{
    // A register whose own read of its log is older than this is no authority for freshness.
    private static readonly NodaTime.Duration ReadAgeMax = NodaTime.Duration.FromSeconds(5);

    /// <summary>Serves one stream.</summary>
    public Task ServeAsync(
        IAsyncStreamReader<SyncEntitlementsRequest> requests, IServerStreamWriter<SyncEntitlementsResponse> responses, CallerIdentity caller, CancellationToken call) =>
        sessions.ServeAsync(caller.Name, SessionKind.Sync, async ended =>
        {
            var node = NodeOf(caller);
            var hello = await HelloAsync(requests, ended);
            var snapshot = NeedsSnapshot(node, hello);
            await responses.WriteAsync(Welcome(node, snapshot), ended);
            try
            {
                await ExchangeAsync(requests, new SyncStream(core, views, node, pulse, responses), hello, snapshot, node, ended);
            }
            finally
            {
                await confirmations.KeepAsync(node.NodeId);
            }
        }, call);

    private async Task ExchangeAsync(
        IAsyncStreamReader<SyncEntitlementsRequest> requests, SyncStream stream, SyncHello hello, bool snapshot, EnrolledNode node, CancellationToken ended)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ended);
        var sending = stream.RunAsync(snapshot ? null : hello.Position.Version, hello.CreditBytes, gate, both.Token);
        var taking = TakeAsync(requests, stream, node.NodeId, both.Token);
        var first = await Task.WhenAny(sending, taking);
        await both.CancelAsync();
        await first;
        await sending.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task TakeAsync(IAsyncStreamReader<SyncEntitlementsRequest> requests, SyncStream stream, string nodeId, CancellationToken ended)
    {
        while (await requests.MoveNext(ended))
        {
            switch (requests.Current.MessageCase)
            {
                case SyncEntitlementsRequest.MessageOneofCase.Credit:
                    await stream.GrantAsync(requests.Current.Credit.Bytes, ended);
                    break;
                case SyncEntitlementsRequest.MessageOneofCase.Confirm:
                    var confirm = requests.Current.Confirm;
                    var position = confirm.Position is { } at ? new LogPosition(at.Epoch, at.Version) : null;
                    confirmations.Confirm(nodeId, position, confirm.PriorityVersions);
                    break;
                default:
                    throw Refused.With(StatusCode.InvalidArgument, "MESSAGE", "After hello only credit and confirmations follow.");
            }
        }
    }

    private static async Task<SyncHello> HelloAsync(IAsyncStreamReader<SyncEntitlementsRequest> requests, CancellationToken ended)
    {
        if (!await requests.MoveNext(ended) || requests.Current.MessageCase != SyncEntitlementsRequest.MessageOneofCase.Hello)
            throw Refused.With(StatusCode.InvalidArgument, "HELLO_MISSING", "The first message must be hello.");
        var hello = requests.Current.Hello;
        if (!hello.PinAlgorithms.Contains(PinHashes.Best.Algorithm))
            throw Refused.With(StatusCode.FailedPrecondition, "PIN_ALGORITHM", $"The node cannot run the register's PIN algorithm {PinHashes.Best.Algorithm}; install libsodium on it.");
        return hello;
    }

    private EnrolledNode NodeOf(CallerIdentity caller) =>
        directory.Find(caller.Name) is { Revoked: false } node && node.BranchId == caller.BranchId
            ? node
            : throw Refused.With(StatusCode.Unauthenticated, Refusal.Revoked.Reason, Refusal.Revoked.Sentence);

    private bool NeedsSnapshot(EnrolledNode node, SyncHello hello)
    {
        if (pulse.Last is { } reading && core.Now() - reading.AsOf > ReadAgeMax)
            throw Refused.With(StatusCode.Unavailable, "LOG_UNREADABLE", "The register cannot read its change log now; connect again in a while.");
        return hello.Position is not { } position
            || !hello.KeyId.Span.SequenceEqual(node.Keys.KeyId)
            || views.NeedsSnapshot(node, new LogPosition(position.Epoch, position.Version));
    }

    private SyncEntitlementsResponse Welcome(EnrolledNode node, bool snapshot)
    {
        var head = core.Log.Head;
        var welcome = new SyncWelcome { Epoch = head.Epoch, Version = head.Version, Snapshot = snapshot, Time = core.Now().ToProto() };
        if (node.Custody == KeyCustody.Register) welcome.NodeKey = ByteString.CopyFrom(node.NodeKey);
        return new SyncEntitlementsResponse { Welcome = welcome };
    }
}
