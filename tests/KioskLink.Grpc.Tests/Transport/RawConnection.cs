using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Grpc.Testing;

/// <summary>HTTP/2 frames written by hand on a TCP socket (RFC 9113), to do what no client would.</summary>
internal sealed class RawConnection : IDisposable
{
    internal const byte Data = 0, Headers = 1, ResetStream = 3, Settings = 4, Ping = 6;
    internal const byte EndStream = 1, EndHeaders = 4;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    internal static async Task<RawConnection> OpenAsync(int port)
    {
        var connection = new RawConnection();
        await connection._socket.ConnectAsync(IPAddress.Loopback, port);
        await connection.WriteAsync(Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
        await connection.FrameAsync(Settings, 0, 0, []);
        return connection;
    }

    /// <summary>Opens a gRPC call on a stream.</summary>
    internal Task CallAsync(int stream, string path, bool endStream = false, params (string, string)[] headers)
    {
        (string, string)[] all = [(":method", "POST"), (":scheme", "http"), (":path", path), (":authority", "test"), ("content-type", "application/grpc"), ("te", "trailers"), .. headers];
        return FrameAsync(Headers, endStream ? (byte)(EndHeaders | EndStream) : EndHeaders, stream, [.. all.SelectMany(header => Literal(header.Item1, header.Item2))]);
    }

    internal async Task FrameAsync(byte type, byte flags, int stream, byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        frame[3] = type;
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(9));
        await WriteAsync(frame);
    }

    internal async Task WriteAsync(byte[] bytes) => await _socket.SendAsync(bytes);

    /// <summary>Says that nothing more will be sent; still listens.</summary>
    internal void CloseSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Drops the connection with a TCP reset.</summary>
    internal void Abort()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    /// <summary>Reads until the server closes the connection.</summary>
    internal async Task ReadToEndAsync()
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await _socket.ReceiveAsync(buffer) > 0)
                continue;
        }
        catch (SocketException reset)
        {
            Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
        }
    }

    /// <summary>Reads until these bytes have come, and returns those after them.</summary>
    internal async Task<byte[]> ReadAfterAsync(byte[] mark, int length)
    {
        var read = new List<byte>();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var count = await KioskLink.Testing.Patience.For(_socket.ReceiveAsync(buffer), "the server's answer");
            Assert.True(count > 0, "The server closed the connection without the answer.");
            read.AddRange(buffer[..count]);
            var at = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(read).IndexOf(mark);
            if (at >= 0 && read.Count >= at + mark.Length + length)
                return [.. read.Skip(at + mark.Length).Take(length)];
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>A header as a literal without indexing or Huffman code (RFC 7541, 6.2.2).</summary>
    private static byte[] Literal(string name, string value) =>
        [0, (byte)name.Length, .. Encoding.ASCII.GetBytes(name), (byte)value.Length, .. Encoding.Latin1.GetBytes(value)];
}
