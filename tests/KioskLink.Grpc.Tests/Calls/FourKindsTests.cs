using Google.Protobuf;
using Grpc.Core;

namespace Grpc.Testing;

/// <summary>The four kinds of calls between our client and our server.</summary>
public sealed class FourKindsTests : IAsyncLifetime
{
    private GrpcServer _server = null!;

    public async Task InitializeAsync() => _server = await GrpcServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_unary_call_returns_the_response()
    {
        var response = await _server.Client().UnaryCallAsync(new SimpleRequest { ResponseSize = 314_159, Payload = Bytes(271_828) });

        Assert.Equal(314_159, response.Payload.Body.Length);
    }

    [Fact]
    public void A_blocking_unary_call_returns_the_response() =>
        Assert.Equal(7, _server.Client().UnaryCall(new SimpleRequest { ResponseSize = 7 }).Payload.Body.Length);

    [Fact]
    public async Task A_server_streams_its_responses_in_order()
    {
        using var call = _server.Client().StreamingOutputCall(Asking(31415, 9, 2653, 58979));

        Assert.Equal([31415, 9, 2653, 58979], await SizesAsync(call.ResponseStream));
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task A_client_streams_its_requests()
    {
        using var call = _server.Client().StreamingInputCall();
        foreach (var size in new[] { 27182, 8, 1828, 45904 })
            await call.RequestStream.WriteAsync(new StreamingInputCallRequest { Payload = Bytes(size) });
        await call.RequestStream.CompleteAsync();

        Assert.Equal(74922, (await call).AggregatedPayloadSize);
    }

    [Fact]
    public async Task Both_sides_stream_in_turns()
    {
        using var call = _server.Client().FullDuplexCall();
        foreach (var size in new[] { 31415, 9, 2653, 58979 })
        {
            await call.RequestStream.WriteAsync(Asking(size));
            Assert.True(await call.ResponseStream.MoveNext());
            Assert.Equal(size, call.ResponseStream.Current.Payload.Body.Length);
        }
        await call.RequestStream.CompleteAsync();

        Assert.False(await call.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task A_stream_without_messages_succeeds()
    {
        using var call = _server.Client().FullDuplexCall();
        await call.RequestStream.CompleteAsync();

        Assert.False(await call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    private static Payload Bytes(int size) => new() { Body = ByteString.CopyFrom(new byte[size]) };

    private static StreamingOutputCallRequest Asking(params int[] sizes) =>
        new() { ResponseParameters = { sizes.Select(size => new ResponseParameters { Size = size }) } };

    private static async Task<List<int>> SizesAsync(IAsyncStreamReader<StreamingOutputCallResponse> responses)
    {
        var sizes = new List<int>();
        await foreach (var response in responses.ReadAllAsync())
            sizes.Add(response.Payload.Body.Length);
        return sizes;
    }
}
