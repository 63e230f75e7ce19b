using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using KioskLink.Testing;

namespace KioskLink.Sip2.Tests.Server;

/// <summary>A machine that sends any bytes over a real socket and reads lines.</summary>
internal sealed class RawDevice : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly byte[] _received = new byte[8192];
    private int _length;

    private RawDevice(Socket socket, Stream stream) => (_socket, _stream) = (socket, stream);

    public static async Task<RawDevice> ConnectAsync(IPEndPoint to, bool tls = false)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(to);
        Stream stream = new NetworkStream(socket, ownsSocket: true);
        if (tls)
        {
            var secured = new SslStream(stream, leaveInnerStreamOpen: false, (_, certificate, _, _) => certificate?.Subject == "CN=localhost");
            await secured.AuthenticateAsClientAsync("localhost");
            stream = secured;
        }
        return new(socket, stream);
    }

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public Task SendAsync(byte[] bytes) => _stream.WriteAsync(bytes).AsTask();

    /// <summary>Says a message and hears the answer.</summary>
    public async Task<string> SayAsync(string message)
    {
        await SendAsync(message + "\r");
        return await HearAsync();
    }

    /// <summary>Says a message that may find the connection closed already, and hears the answer; empty where there is none.</summary>
    public async Task<string> TrySayAsync(string message)
    {
        try
        {
            return await SayAsync(message);
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>The next line, up to CR; empty when the connection was closed.</summary>
    public Task<string> HearAsync() => Patience.For(ReadLineAsync(), "an answer");

    /// <summary>So many lines, each of which begins as said. Leaves nothing behind, so that memory can be measured after it.</summary>
    public Task HearManyAsync(int count, string begins) => Patience.For(ReadManyAsync(count, begins), "all answers");

    /// <summary>Waits until the other side has closed.</summary>
    public Task ClosedAsync() => Patience.For(ReadToEndAsync(), "the connection to be closed");

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _socket.Dispose();
    }

    private async Task<string> ReadLineAsync()
    {
        while (true)
        {
            var end = _received.AsSpan(0, _length).IndexOf((byte)'\r');
            if (end >= 0)
            {
                var line = Encoding.Latin1.GetString(_received, 0, end).TrimStart('\n');
                _received.AsSpan((end + 1).._length).CopyTo(_received);
                _length -= end + 1;
                return line;
            }
            var count = await ReadAsync(_received.AsMemory(_length));
            if (count == 0)
                return "";
            _length += count;
        }
    }

    private async Task ReadManyAsync(int count, string begins)
    {
        for (var line = 0; line < count; line++)
            Assert.StartsWith(begins, await ReadLineAsync(), StringComparison.Ordinal);
    }

    private async Task ReadToEndAsync()
    {
        while (await ReadAsync(_received) > 0)
            _length = 0;
    }

    private async Task<int> ReadAsync(Memory<byte> into)
    {
        try
        {
            return await _stream.ReadAsync(into);
        }
        catch (IOException)
        {
            // Reset by the other side: closed as well.
            return 0;
        }
    }
}
