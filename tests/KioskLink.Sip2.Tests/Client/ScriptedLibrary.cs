using System.Net;
using System.Net.Sockets;
using System.Text;
using KioskLink.Testing;

namespace KioskLink.Sip2.Tests.Client;

/// <summary>A library system that answers each line as a test says, over a real socket. An answer may be several lines, or none.</summary>
internal sealed class ScriptedLibrary : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string, string?> _answer;
    private readonly Task _accepting;

    /// <param name="answer">From a line to the bytes sent; empty for silence, null to close the connection.</param>
    public ScriptedLibrary(Func<string, string?> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Inbox<string> Heard { get; } = new();

    public int Connections { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                Connections++;
                serving.Add(ServeAsync(socket));
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                await SpeakAsync(new NetworkStream(socket));
            }
            catch (Exception gone) when (gone is OperationCanceledException or IOException)
            {
                // The client has gone, or the test is over.
            }
        }
    }

    private async Task SpeakAsync(NetworkStream stream)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one, _stop.Token) > 0)
        {
            if (one[0] != '\r')
            {
                line.Add(one[0]);
                continue;
            }
            var heard = Encoding.Latin1.GetString([.. line]);
            line.Clear();
            Heard.Post(heard);
            if (_answer(heard) is not { } answer)
                return;
            await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), _stop.Token);
        }
    }
}
