using System.IO.Compression;
using Google.Protobuf;

namespace Grpc.Testing;

/// <summary>Whatever bytes come as a request, the answer is a status and the server goes on.</summary>
public sealed class MalformedRequestTests : IAsyncLifetime
{
    private const string Unary = "/grpc.testing.TestService/UnaryCall";
    private const string Input = "/grpc.testing.TestService/StreamingInputCall";
    private const string Ok = "0", ResourceExhausted = "8", Unimplemented = "12", Internal = "13";

    private GrpcServer _server = null!;
    private RawHttp _http = null!;

    public async Task InitializeAsync()
    {
        _server = await GrpcServer.StartAsync(options => options.MaxReceiveMessageSize = 100_000);
        _http = new RawHttp(_server.Address);
    }

    public async Task DisposeAsync()
    {
        await _server.AllCallsEnded();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(Unary)]
    [InlineData(Input)]
    public async Task A_message_that_breaks_off_at_any_byte_is_internal(string path)
    {
        var whole = RawHttp.Frame(new SimpleRequest { ResponseSize = 1, Payload = new Payload { Body = ByteString.CopyFrom(new byte[20]) } }.ToByteArray());

        for (var length = 1; length < whole.Length; length++)
            await Ends(path, Internal, whole[..length]);
    }

    [Theory]
    [InlineData(Unary)]
    [InlineData(Input)]
    public async Task Bytes_after_the_last_message_are_internal(string path)
    {
        var whole = RawHttp.Frame(new StreamingInputCallRequest { Payload = new Payload() }.ToByteArray());

        await Ends(path, Internal, [.. whole, 0]);
        await Ends(path, Internal, [.. whole, .. RawHttp.Frame([1], length: 2)]);
    }

    [Theory]
    [InlineData(Unary)]
    [InlineData(Input)]
    public async Task An_unknown_flag_is_internal(string path)
    {
        foreach (byte flag in new[] { 2, 3, 128, 255 })
            await Ends(path, Internal, RawHttp.Frame([], flag: flag), ("grpc-encoding", "gzip"));
    }

    [Theory]
    [InlineData(Unary)]
    [InlineData(Input)]
    public async Task A_message_that_is_no_protobuf_is_internal(string path) => await Ends(path, Internal, RawHttp.Frame([0xff, 0xff, 0xff]));

    [Theory]
    [InlineData(Unary)]
    [InlineData(Input)]
    public async Task A_message_beyond_the_limit_is_refused_by_its_prefix(string path)
    {
        await Ends(path, ResourceExhausted, RawHttp.Frame([], length: 100_001));
        await Ends(path, ResourceExhausted, RawHttp.Frame([], length: -1));
    }

    [Fact]
    public async Task No_message_and_two_messages_are_internal_where_the_method_has_one()
    {
        await Ends(Unary, Internal, []);
        await Ends(Unary, Internal, [.. RawHttp.Frame([]), .. RawHttp.Frame([])]);
    }

    [Fact]
    public async Task A_packed_message_needs_an_encoding() => await Ends(Unary, Internal, RawHttp.Frame(Packed(10), flag: 1));

    [Fact]
    public async Task A_packed_message_that_is_not_gzip_is_internal() =>
        await Ends(Unary, Internal, RawHttp.Frame([1, 2, 3, 4], flag: 1), ("grpc-encoding", "gzip"));

    [Fact]
    public async Task A_packed_message_that_is_cut_damaged_or_followed_by_more_is_internal()
    {
        var packed = Packed(10);
        IEnumerable<byte[]> broken =
        [
            .. Enumerable.Range(1, packed.Length - 1).Select(length => packed[..length]),
            .. Enumerable.Range(1, 8).Select(fromEnd => Flipped(packed, packed.Length - fromEnd)),
            [.. packed, 0],
            [.. packed, 1, 2, 3],
        ];

        foreach (var payload in broken)
            await Ends(Unary, Internal, RawHttp.Frame(payload, flag: 1), ("grpc-encoding", "gzip"));
        await Ends(Unary, Ok, RawHttp.Frame(packed, flag: 1), ("grpc-encoding", "gzip"));
    }

    [Fact]
    public async Task A_small_packed_message_cannot_unpack_beyond_the_limit()
    {
        var bomb = Packed(50_000_000);

        Assert.InRange(bomb.Length, 1, 99_999);
        await Ends(Unary, ResourceExhausted, RawHttp.Frame(bomb, flag: 1), ("grpc-encoding", "gzip"));
    }

    [Fact]
    public async Task An_unknown_encoding_is_answered_with_those_that_are_known()
    {
        using var response = await _http.PostAsync(Unary, RawHttp.Frame([]), ("grpc-encoding", "br"));

        Assert.Equal(Unimplemented, RawHttp.StatusOf(response));
        Assert.Equal("identity,gzip", response.Headers.GetValues("grpc-accept-encoding").Single());
    }

    [Fact]
    public async Task Plain_and_packed_messages_may_alternate() =>
        await Ends(Input, Ok, [.. RawHttp.Frame(new StreamingInputCallRequest { Payload = new Payload() }.ToByteArray()), .. RawHttp.Frame(Packed(10), flag: 1)], ("grpc-encoding", "gzip"));

    [Theory]
    [InlineData("/grpc.testing.TestService/NoSuchMethod")]
    [InlineData("/no.such.Service/Method")]
    public async Task Unknown_paths_are_unimplemented_in_the_headers_alone(string path)
    {
        using var response = await _http.PostAsync(path, RawHttp.Frame([]));

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(Unimplemented, response.Headers.GetValues("grpc-status").Single());
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("x")]
    [InlineData("-1S")]
    [InlineData("123456789S")]
    public async Task A_malformed_timeout_is_no_timeout(string timeout) => await Ends(Unary, Ok, RawHttp.Frame([]), ("grpc-timeout", timeout));

    private async Task Ends(string path, string status, byte[] body, params (string, string)[] headers)
    {
        using var response = await _http.PostAsync(path, body, headers);

        Assert.Equal(status, RawHttp.StatusOf(response));
    }

    private static byte[] Flipped(byte[] bytes, int at)
    {
        byte[] flipped = [.. bytes];
        flipped[at] ^= 1;
        return flipped;
    }

    private static byte[] Packed(int size)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
            gzip.Write(new StreamingInputCallRequest { Payload = new Payload { Body = ByteString.CopyFrom(new byte[size]) } }.ToByteArray());
        return packed.ToArray();
    }
}
