using System.Net;
using System.Net.Sockets;

namespace KioskLink.Benchmarks.Machines;

/// <summary>The least that a server of lines can do: sends back what came. The baseline of row 9, on sockets set as the listener sets its own.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private const int Backlog = 1024;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public EchoServer()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _socket.Listen(Backlog);
        _accepting = Task.Run(AcceptAsync);
    }

    public IPEndPoint EndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var echoing = new List<Task>();
        try
        {
            while (true)
                echoing.Add(EchoAsync(await _socket.AcceptAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(echoing);
        }
    }

    private async Task EchoAsync(Socket socket)
    {
        using (socket)
        {
            socket.NoDelay = true;
            var bytes = new byte[4096];
            try
            {
                while (await socket.ReceiveAsync(bytes, _stop.Token) is > 0 and var count)
                    await socket.SendAsync(bytes.AsMemory(0, count), _stop.Token);
            }
            catch (Exception gone) when (gone is OperationCanceledException or SocketException)
            {
                // The run is over.
            }
        }
    }
}
