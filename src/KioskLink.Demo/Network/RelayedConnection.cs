using System.Net;
using System.Net.Sockets;

namespace KioskLink.Demo.Network;

/// <summary>One connection through the relay: two pumps, one a direction.</summary>
internal sealed class RelayedConnection(Socket client, Func<RelayMode> mode) : IDisposable
{
    private const int BufferSize = 16 * 1024;
    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    /// <summary>Whether bytes of this connection were dropped.</summary>
    public bool HasHole { get; private set; }

    /// <summary>Carries bytes until either end closes.</summary>
    public async Task RunAsync(IPEndPoint target)
    {
        client.NoDelay = true;
        try
        {
            await _server.ConnectAsync(target);
            await Task.WhenAny(PumpAsync(client, _server), PumpAsync(_server, client));
        }
        catch (SocketException)
        {
            // The register is not there: the node sees its connection close, as it would without a relay.
        }
        Dispose();
    }

    /// <summary>Closes both ends at once (RST, so that nobody waits for a FIN). May be called from any thread, and twice.</summary>
    public void Dispose()
    {
        client.Close(timeout: 0);
        _server.Close(timeout: 0);
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[BufferSize];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer)) > 0)
            {
                if (mode() == RelayMode.Whole && !HasHole)
                {
                    await to.SendAsync(buffer.AsMemory(0, read));
                }
                else
                {
                    HasHole = true;
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Closed from the other side or by Dispose: the connection ends.
        }
    }
}
