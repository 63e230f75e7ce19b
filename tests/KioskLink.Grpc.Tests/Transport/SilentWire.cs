using System.Net;
using System.Net.Sockets;

namespace Grpc.Testing;

/// <summary>A relay for one connection that can swallow every byte while both sockets stay open.</summary>
internal sealed class SilentWire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closed = new();
    private volatile bool _drops;
    private Task _relay = Task.CompletedTask;

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    internal static SilentWire Start(int serverPort)
    {
        var wire = new SilentWire();
        wire._listener.Start();
        wire._relay = wire.RelayAsync(serverPort);
        return wire;
    }

    internal void DropEverything() => _drops = true;

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        _listener.Dispose();
        await Task.WhenAny(_relay);
        _closed.Dispose();
    }

    private async Task RelayAsync(int serverPort)
    {
        using var client = await _listener.AcceptSocketAsync(_closed.Token);
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await server.ConnectAsync(IPAddress.Loopback, serverPort, _closed.Token);
        await Task.WhenAll(PumpAsync(client, server), PumpAsync(server, client));
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReceiveAsync(buffer, _closed.Token) is > 0 and var count)
        {
            if (!_drops)
                await to.SendAsync(buffer.AsMemory(0, count), _closed.Token);
        }
    }
}
