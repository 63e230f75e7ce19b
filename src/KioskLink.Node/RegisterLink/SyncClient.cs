using Grpc.Core;
using KioskLink.Node.Clock;
using KioskLink.Node.Enrolment;
using KioskLink.Node.Replica;
using KioskLink.Node.Subjects;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Node.RegisterLink;

/// <summary>
/// One sync stream, from hello to its end: states go into the replica at once, their confirmation follows when they are durable.
/// </summary>
internal sealed class SyncClient(NodeReplica replica, CardTraces traces, NodeSecrets secrets, NodeClock clock, Link link)
{
    /// <summary>Bytes of bulk that may be unconfirmed.</summary>
    public const long Credit = 64 * 1024;

    /// <summary>How long the answer to hello may take.</summary>
    public static readonly TimeSpan WelcomeLimit = TimeSpan.FromSeconds(5);

    /// <summary>How long the stream may be silent once it has caught up: five watermarks.</summary>
    public static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(5);

    /// <summary>How long it may be silent before: a snapshot waits its turn in the register.</summary>
    public static readonly TimeSpan TurnLimit = TimeSpan.FromSeconds(60);

    /// <summary>Whether the stream has caught up since hello.</summary>
    public bool HasCaughtUp => _caughtUp;

    private readonly SyncConfirm _confirm = new();
    private readonly List<byte[]> _erased = [];
    private long _bulkBytes;
    private bool _caughtUp;

    /// <summary>Runs the stream until it ends, which it always does by throwing.</summary>
    /// <exception cref="RpcException">The register ended it, or the connection broke.</exception>
    /// <exception cref="TimeoutException">The register fell silent.</exception>
    public async Task RunAsync(NodeService.NodeServiceClient register, CancellationToken stopping)
    {
        using var call = register.SyncEntitlements(cancellationToken: stopping);
        await call.RequestStream.WriteAsync(new SyncEntitlementsRequest { Hello = Hello() }, stopping);
        if (!await call.ResponseStream.MoveNext(stopping).WaitAsync(WelcomeLimit, stopping))
            throw new RpcException(new Status(StatusCode.Unavailable, "the register ended the stream before it answered hello"));
        Welcome(call.ResponseStream.Current.Welcome);
        while (true)
        {
            var next = call.ResponseStream.MoveNext(stopping);
            if (!next.IsCompleted)
                await ConfirmAsync(call.RequestStream);
            if (!await next.WaitAsync(_caughtUp ? SilenceLimit : TurnLimit, stopping))
                throw new RpcException(new Status(StatusCode.Unavailable, "the register ended the stream"));
            Take(call.ResponseStream.Current);
            if (_bulkBytes >= Credit / 2 || _confirm.PriorityVersions.Count > 0)
                await ConfirmAsync(call.RequestStream);
        }
    }

    private SyncHello Hello()
    {
        var mark = replica.Mark;
        var hello = new SyncHello
        {
            Position = mark.IsComplete ? Position(mark) : null,
            KeyId = Google.Protobuf.ByteString.CopyFrom(secrets.Keys?.KeyId ?? mark.KeyId),
            CreditBytes = Credit,
            ProgramVersion = typeof(SyncClient).Assembly.GetName().Version?.ToString() ?? "",
        };
        hello.PinAlgorithms.AddRange(PinAlgorithms.Available);
        return hello;
    }

    private void Welcome(SyncWelcome? welcome)
    {
        if (welcome is null)
            throw new RpcException(new Status(StatusCode.Internal, "the register's first message was no welcome"));
        if (welcome.NodeKey.Length > 0)
            secrets.UseNodeKey(welcome.NodeKey.ToByteArray());
        if (secrets.Keys is not { } keys)
            throw new RpcException(new Status(StatusCode.FailedPrecondition, "the register keeps the node key but did not send it"));
        if (welcome.Time is { } time)
            clock.OnWatermark(time.FromProto());
        replica.Begin(welcome.Snapshot, keys.KeyId);
        if (!welcome.Snapshot && welcome.Version <= replica.Mark.Version)
            CatchUp();
    }

    private void Take(SyncEntitlementsResponse response)
    {
        switch (response.MessageCase)
        {
            case SyncEntitlementsResponse.MessageOneofCase.State:
                TakeState(response);
                break;
            case SyncEntitlementsResponse.MessageOneofCase.Complete:
                replica.Complete(response.Complete.Position);
                _confirm.Position = response.Complete.Position;
                CatchUp();
                break;
            case SyncEntitlementsResponse.MessageOneofCase.Watermark:
                TakeWatermark(response.Watermark);
                break;
        }
    }

    private void TakeState(SyncEntitlementsResponse response)
    {
        replica.Apply(response.State);
        if (response.State.Tombstone is { Erased: true })
            _erased.Add(response.State.Entity.ToByteArray());
        if (response.State.Priority)
            _confirm.PriorityVersions.Add(response.State.Version);
        else
            _bulkBytes += response.CalculateSize();
    }

    private void TakeWatermark(SyncWatermark watermark)
    {
        var asOf = watermark.AsOf.FromProto();
        clock.OnWatermark(asOf);
        var moved = watermark.Position.Version > replica.Mark.Version;
        replica.OnWatermark(watermark.Position, asOf);
        if (moved && replica.Mark.Version == watermark.Position.Version)
            _confirm.Position = watermark.Position;
        if (replica.Mark.IsComplete)
            CatchUp();
        link.Post(LinkInput.Watermark);
    }

    private void CatchUp()
    {
        if (_caughtUp)
            return;
        _caughtUp = true;
        link.Post(LinkInput.StreamCaughtUp);
    }

    // What is confirmed must be durable first.
    private async Task ConfirmAsync(IClientStreamWriter<SyncEntitlementsRequest> requests)
    {
        if (_bulkBytes == 0 && _confirm.CalculateSize() == 0)
            return;
        replica.Flush();
        await ForgetErasedAsync();
        if (_confirm.CalculateSize() > 0)
            await requests.WriteAsync(new SyncEntitlementsRequest { Confirm = _confirm.Clone() });
        _confirm.Position = null;
        _confirm.PriorityVersions.Clear();
        if (_bulkBytes > 0)
            await requests.WriteAsync(new SyncEntitlementsRequest { Credit = new SyncCredit { Bytes = _bulkBytes } });
        _bulkBytes = 0;
    }

    // What is confirmed as erased is nowhere on this node any more.
    private async Task ForgetErasedAsync()
    {
        if (_erased.Count == 0)
            return;
        foreach (var token in _erased)
        {
            if (!await traces.ForgetAsync(token))
                throw new RpcException(new Status(StatusCode.Aborted, "the disk refused to forget an erased card; the register tells of it again"));
        }
        replica.Compact();
        _erased.Clear();
    }

    private static Protos.Types.V1.Position Position(ReplicaMark mark) => new() { Epoch = mark.Epoch, Version = mark.Version };
}
