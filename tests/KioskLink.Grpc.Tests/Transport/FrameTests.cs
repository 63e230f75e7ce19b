using System.Text;
using Google.Protobuf;

namespace Grpc.Testing;

/// <summary>However a client cuts its messages into HTTP/2 frames, and whatever path it asks for, the call has its one answer.</summary>
public sealed class FrameTests : IAsyncLifetime
{
    private const string Unary = "/grpc.testing.TestService/UnaryCall";
    private const byte Padded = 8;
    private static readonly byte[] Request = RawHttp.Frame(new SimpleRequest { ResponseSize = 3, Payload = new Payload { Body = ByteString.CopyFrom(new byte[20]) } }.ToByteArray());

    private GrpcServer _server = null!;

    public async Task InitializeAsync() => _server = await GrpcServer.StartAsync();

    public async Task DisposeAsync()
    {
        await _server.AllCallsEnded();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_message_may_come_byte_by_byte()
    {
        using var connection = await CallAsync(Unary);
        foreach (var octet in Request)
            await connection.FrameAsync(RawConnection.Data, 0, 1, [octet]);
        await connection.FrameAsync(RawConnection.Data, RawConnection.EndStream, 1, []);

        Assert.Equal('0', await StatusAsync(connection));
    }

    [Fact]
    public async Task Empty_and_padded_frames_carry_nothing()
    {
        using var connection = await CallAsync(Unary);
        await connection.FrameAsync(RawConnection.Data, 0, 1, []);
        await connection.FrameAsync(RawConnection.Data, Padded, 1, [4, .. Request[..7], 0, 0, 0, 0]);
        await connection.FrameAsync(RawConnection.Data, 0, 1, []);
        await connection.FrameAsync(RawConnection.Data, Padded, 1, [0, .. Request[7..]]);
        await connection.FrameAsync(RawConnection.Data, 0, 1, []);
        await connection.FrameAsync(RawConnection.Data, Padded | RawConnection.EndStream, 1, [2, 0, 0]);

        Assert.Equal('0', await StatusAsync(connection));
    }

    [Fact]
    public async Task A_call_without_a_body_is_internal()
    {
        using var connection = await RawConnection.OpenAsync(_server.Port);
        await connection.CallAsync(1, Unary, endStream: true);

        Assert.Equal("13", await StatusAsync(connection, digits: 2));
    }

    [Theory]
    [InlineData("/grpc.testing.TestService/\u00e4")]
    [InlineData("/\u0001")]
    [InlineData("/%00")]
    [InlineData("/%")]
    [InlineData("*")]
    [InlineData("")]
    [InlineData("http://elsewhere/grpc.testing.TestService/UnaryCall")]
    [InlineData("//")]
    [InlineData("/../../etc/passwd")]
    public async Task A_path_that_is_none_harms_nobody(string path)
    {
        using var connection = await CallAsync(path);
        await connection.FrameAsync(RawConnection.Data, RawConnection.EndStream, 1, Request);

        await _server.Client().UnaryCallAsync(new SimpleRequest());
    }

    [Fact]
    public async Task Headers_that_are_none_harm_nobody()
    {
        using var connection = await RawConnection.OpenAsync(_server.Port);
        await connection.CallAsync(1, Unary, endStream: true, ("Upper-Case", "1"));
        using var second = await RawConnection.OpenAsync(_server.Port);
        await second.CallAsync(1, Unary, endStream: true, ("connection", "close"));
        using var third = await RawConnection.OpenAsync(_server.Port);
        await third.CallAsync(1, Unary, endStream: true, ("x-bin", "not base64!"), ("x-text", "\u00ff"), ("grpc-timeout", "\u00ff"));

        await _server.Client().UnaryCallAsync(new SimpleRequest());
    }

    private async Task<RawConnection> CallAsync(string path)
    {
        var connection = await RawConnection.OpenAsync(_server.Port);
        await connection.CallAsync(1, path);
        return connection;
    }

    private static async Task<char> StatusAsync(RawConnection connection) => (await StatusAsync(connection, digits: 1))[0];

    /// <summary>Kestrel writes the trailer as a literal: its name, the length of its value, the value (RFC 7541, 6.2).</summary>
    private static async Task<string> StatusAsync(RawConnection connection, int digits)
    {
        var name = Encoding.ASCII.GetBytes("grpc-status");
        return Encoding.ASCII.GetString(await connection.ReadAfterAsync([.. name, (byte)digits], digits));
    }
}
