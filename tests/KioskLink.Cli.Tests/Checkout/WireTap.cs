using System.Net;
using System.Net.Sockets;
using KioskLink.Testing;

namespace KioskLink.Cli.Checkout;

/// <summary>Stands between one machine and a listener and keeps every byte that the machine sends.</summary>
internal sealed class WireTap : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly MemoryStream _heard = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _relay;

    public WireTap(int port)
    {
        _listener.Start();
        _relay = RelayAsync(port);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What the machine has sent once it has hung up.</summary>
    public async Task<byte[]> HeardAsync()
    {
        await Patience.For(_relay, "the machine hangs up");
        return _heard.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _relay.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RelayAsync(int port)
    {
        using var machine = await _listener.AcceptTcpClientAsync(_stop.Token);
        using var library = new TcpClient();
        await library.ConnectAsync(IPAddress.Loopback, port, _stop.Token);
        var answers = library.GetStream().CopyToAsync(machine.GetStream(), _stop.Token);
        await ListenAsync(machine.GetStream(), library.GetStream());
        library.Client.Shutdown(SocketShutdown.Both);
        await answers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ListenAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[1024];
        while (await from.ReadAsync(buffer, _stop.Token) is > 0 and var count)
        {
            _heard.Write(buffer, 0, count);
            await to.WriteAsync(buffer.AsMemory(0, count), _stop.Token);
        }
    }
}
