using System.Net;
using System.Net.Sockets;
using System.Text;

namespace KioskLink.Testing;

/// <summary>A machine that sends lines over a real socket and reads lines, both ended by CR; bytes are Latin 1.</summary>
public sealed class LineDevice : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly byte[] _received = new byte[8192];
    private int _length;

    private LineDevice(Socket socket, Stream stream) => (_socket, _stream) = (socket, stream);

    /// <summary>Connects, from an address of its own where one is given: all of 127.0.0.0/8 is this machine's.</summary>
    public static async Task<LineDevice> ConnectAsync(string to, string? from = null, Func<Stream, Task<Stream>>? wrap = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (from is not null)
            socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        await socket.ConnectAsync(IPEndPoint.Parse(to));
        Stream stream = new NetworkStream(socket, ownsSocket: true);
        return new(socket, wrap is null ? stream : await wrap(stream));
    }

    /// <summary>Sends text as it stands.</summary>
    public Task SendAsync(string text) => _stream.WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask();

    /// <summary>Says a line and hears the answer; empty where the connection is closed instead.</summary>
    public async Task<string> SayAsync(string line)
    {
        await SendAsync(line + "\r");
        return await HearAsync();
    }

    /// <summary>The next line; empty where the connection is closed instead.</summary>
    public Task<string> HearAsync() => Patience.For(ReadLineAsync(), "an answer");

    /// <inheritdoc/>
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
            var count = await ReadAsync();
            if (count == 0)
                return "";
            _length += count;
        }
    }

    private async Task<int> ReadAsync()
    {
        try
        {
            return await _stream.ReadAsync(_received.AsMemory(_length));
        }
        catch (IOException)
        {
            // Reset by the other side: closed as well.
            return 0;
        }
    }
}
