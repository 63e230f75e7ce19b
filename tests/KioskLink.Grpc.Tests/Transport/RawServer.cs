using System.Net;
using System.Net.Sockets;

namespace Grpc.Testing;

/// <summary>A peer that answers every connection with the same HTTP/2 frames, whatever comes, and closes it (RFC 9113).</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private static readonly byte[] Settings = [0, 0, 0, 4, 0, 0, 0, 0, 0];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly byte[] _answer;
    private readonly Task _serving;

    private RawServer(byte[] answer)
    {
        _answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    internal string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Starts a peer that sends these frames after the first bytes of a client.</summary>
    internal static RawServer Answering(params byte[] frames) => new([.. Settings, .. frames]);

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _serving;
        _listener.Dispose();
        _over.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptSocketAsync(_over.Token);
                await AnswerAsync(client);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(Socket client)
    {
        try
        {
            await client.ReceiveAsync(new byte[16 * 1024], _over.Token);
            await client.SendAsync(_answer, _over.Token);
            client.Shutdown(SocketShutdown.Send);
            await client.ReceiveAsync(new byte[16 * 1024], _over.Token);
        }
        catch (SocketException)
        {
            // The client went first; the next one is answered.
        }
    }
}
