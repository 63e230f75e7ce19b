using System.Net;
using System.Net.Sockets;

namespace KioskLink.Demo.Network;

/// <summary>
/// The network between the node and the register: a TCP relay on loopback that can be cut silently or loudly. Needs no
/// privileges. Thread-safe.
/// </summary>
internal sealed class Relay : IAsyncDisposable
{
    private const int MaxConnections = 256;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly HashSet<RelayedConnection> _connections = [];
    private readonly Func<IPEndPoint> _target;
    private readonly Task _accepting;
    private readonly TcpListener _listener;
    private volatile RelayMode _mode = RelayMode.Whole;

    private Relay(TcpListener listener, Func<IPEndPoint> target)
    {
        _listener = listener;
        _target = target;
        EndPoint = (IPEndPoint)listener.LocalEndpoint;
        _accepting = AcceptAsync();
    }

    /// <summary>Where the node connects to.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>What the relay does now.</summary>
    public RelayMode Mode => _mode;

    /// <summary>Listens on a free loopback port and connects to <paramref name="target"/>, asked anew for each connection.</summary>
    public static Relay Start(Func<IPEndPoint> target)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Relay(listener, target);
    }

    /// <summary>Changes what happens to the bytes. Connections that lost bytes in a cut are closed when it ends: no stream survives a hole.</summary>
    public void Switch(RelayMode mode)
    {
        lock (_lock)
        {
            _mode = mode;
            foreach (var connection in _connections.Where(c => mode == RelayMode.Reset || (mode == RelayMode.Whole && c.HasHole)).ToList())
            {
                connection.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        Switch(RelayMode.Reset);
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                Serve(await _listener.AcceptSocketAsync(_stopping.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Stopping, or a peer that was gone before it was accepted: the loop's condition decides.
            }
        }
    }

    private void Serve(Socket socket)
    {
        var connection = new RelayedConnection(socket, () => _mode);
        lock (_lock)
        {
            if (_mode == RelayMode.Reset || _connections.Count >= MaxConnections)
            {
                connection.Dispose();
                return;
            }
            _connections.Add(connection);
        }
        _ = RunAsync(connection);
    }

    private async Task RunAsync(RelayedConnection connection)
    {
        await connection.RunAsync(_target());
        lock (_lock)
        {
            _connections.Remove(connection);
        }
    }
}
