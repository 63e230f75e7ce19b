using Grpc.Core;
using KioskLink.Register.Identity;

namespace KioskLink.Register.Nodes;

/// <summary>The streams of nodes.</summary>
internal enum SessionKind
{
    /// <summary>SyncEntitlements.</summary>
    Sync,

    /// <summary>PublishEvents.</summary>
    Events,

    /// <summary>ReceiveCommands.</summary>
    Commands,
}

/// <summary>Why the register ends a node's stream.</summary>
internal enum SessionEnd
{
    /// <summary>The node was revoked.</summary>
    Revoked,

    /// <summary>Another stream of the same identity took its place.</summary>
    Replaced,

    /// <summary>The register stops.</summary>
    Stopping,
}

/// <summary>
/// Which streams are up: one of a kind a node, the newest; an older one is closed with an alarm. Revocation and the
/// register's stop end them. Thread-safe.
/// </summary>
internal sealed class NodeSessions
{
    private readonly NodeAlarms _alarms;
    private readonly NodeDirectory _directory;
    private readonly Lock _gate = new();
    private readonly Dictionary<(string NodeId, SessionKind Kind), NodeSession> _open = [];

    /// <summary>Ends every stream when the register stops.</summary>
    public NodeSessions(NodeAlarms alarms, NodeDirectory directory, IHostApplicationLifetime lifetime)
    {
        (_alarms, _directory) = (alarms, directory);
        lifetime.ApplicationStopping.Register(EndEvery);
    }

    /// <summary>Whether a node's stream is up.</summary>
    public bool IsOpen(string nodeId, SessionKind kind)
    {
        lock (_gate)
        {
            return _open.ContainsKey((nodeId, kind));
        }
    }

    /// <summary>Serves a stream until it ends by itself, its caller goes, or the register ends it.</summary>
    /// <param name="nodeId">The node.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="serve">The stream's work; its token ends it.</param>
    /// <param name="call">Cancelled when the caller is gone.</param>
    /// <exception cref="RpcException">The register ended it, with the reason.</exception>
    public async Task ServeAsync(string nodeId, SessionKind kind, Func<CancellationToken, Task> serve, CancellationToken call)
    {
        using var session = Open(nodeId, kind, call);
        try
        {
            // A revocation between the certificate's check and this moment ended the streams that were open then.
            if (_directory.Find(nodeId) is { Revoked: true }) session.Finish(SessionEnd.Revoked);
            session.Token.ThrowIfCancellationRequested();
            await serve(session.Token);
        }
        catch (Exception ended) when (session.End is not null && ended is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled })
        {
            throw Error(session.End!.Value);
        }
        finally
        {
            Close(nodeId, kind, session);
        }
    }

    /// <summary>Ends every stream of a node.</summary>
    public void EndAll(string nodeId, SessionEnd why)
    {
        foreach (var kind in Enum.GetValues<SessionKind>())
        {
            NodeSession? session;
            lock (_gate)
            {
                _open.TryGetValue((nodeId, kind), out session);
            }

            session?.Finish(why);
        }
    }

    private NodeSession Open(string nodeId, SessionKind kind, CancellationToken call)
    {
        var session = new NodeSession(call);
        NodeSession? older;
        lock (_gate)
        {
            _open.Remove((nodeId, kind), out older);
            _open[(nodeId, kind)] = session;
        }

        if (older is not null && older.Finish(SessionEnd.Replaced))
            _alarms.Replaced(nodeId, $"A second {kind} stream of this identity closed the first; if the node did not reconnect, its key is used elsewhere: revoke it.");
        return session;
    }

    private void Close(string nodeId, SessionKind kind, NodeSession session)
    {
        lock (_gate)
        {
            if (_open.TryGetValue((nodeId, kind), out var current) && current == session) _open.Remove((nodeId, kind));
        }
    }

    private void EndEvery()
    {
        List<NodeSession> sessions;
        lock (_gate)
        {
            sessions = [.. _open.Values];
        }

        sessions.ForEach(session => session.Finish(SessionEnd.Stopping));
    }

    private static RpcException Error(SessionEnd why) => why switch
    {
        SessionEnd.Revoked => Refused.With(StatusCode.Unauthenticated, Refusal.Revoked.Reason, Refusal.Revoked.Sentence),
        SessionEnd.Replaced => Refused.With(StatusCode.Aborted, "STREAM_REPLACED", "A newer stream of the same node took this one's place."),
        _ => Refused.With(StatusCode.Unavailable, "STOPPING", "The register is stopping; connect again in a while."),
    };

    private sealed class NodeSession : IDisposable
    {
        private readonly CancellationTokenSource _ended;
        private readonly Lock _gate = new();
        private bool _disposed;

        public NodeSession(CancellationToken call)
        {
            _ended = CancellationTokenSource.CreateLinkedTokenSource(call);
            Token = _ended.Token;
        }

        public CancellationToken Token { get; }

        public SessionEnd? End { get; private set; }

        /// <summary>Ends the session; false when it was ending already.</summary>
        public bool Finish(SessionEnd why)
        {
            lock (_gate)
            {
                if (_disposed || _ended.IsCancellationRequested) return false;
                End = why;
                _ended.Cancel();
                return true;
            }
        }

        public void Dispose()
        {
            lock (_gate)
            {
                _disposed = true;
                _ended.Dispose();
            }
        }
    }
}
