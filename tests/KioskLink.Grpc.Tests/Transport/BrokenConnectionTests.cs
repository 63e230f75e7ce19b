using KioskLink.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.Testing;

/// <summary>Connections that stall, close by half, break or speak nonsense leave no call behind.</summary>
public sealed class BrokenConnectionTests
{
    private const string Input = "/grpc.testing.TestService/StreamingInputCall";
    private const string Output = "/grpc.testing.TestService/StreamingOutputCall";
    private const string Unary = "/grpc.testing.TestService/UnaryCall";
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource<Exception?> _ended = new();

    [Fact]
    public async Task A_connection_that_closes_its_sending_half_ends_its_calls()
    {
        await using var server = await GrpcServer.StartAsync(script: Waiting());
        using var connection = await OpenCallAsync(server, Input);
        connection.CloseSending();

        await MethodWasCancelledAsync(server);
    }

    [Fact]
    public async Task A_connection_that_breaks_ends_its_calls()
    {
        await using var server = await GrpcServer.StartAsync(script: Waiting());
        using var connection = await OpenCallAsync(server, Input);
        connection.Abort();

        await MethodWasCancelledAsync(server);
    }

    [Fact]
    public async Task A_stream_that_is_reset_within_a_message_ends_its_call()
    {
        await using var server = await GrpcServer.StartAsync(script: Waiting());
        using var connection = await OpenCallAsync(server, Input);
        await connection.FrameAsync(RawConnection.Data, 0, 1, [0, 0, 0, 0, 100, 1, 2]);
        await connection.FrameAsync(RawConnection.ResetStream, 0, 1, [0, 0, 0, 8]);

        await MethodWasCancelledAsync(server);
    }

    [Fact]
    public async Task A_peer_that_answers_no_ping_loses_its_connection_and_its_calls()
    {
        await using var server = await GrpcServer.StartAsync(script: Waiting(), kestrel: options =>
        {
            options.Limits.Http2.KeepAlivePingDelay = Ping;
            options.Limits.Http2.KeepAlivePingTimeout = Ping;
        });
        using var connection = await OpenCallAsync(server, Input);

        await MethodWasCancelledAsync(server);
    }

    [Theory]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { 0, 0, 4, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 1, 1, 4, 0, 0, 0, 3, 0x80 })]
    public async Task Malformed_frames_end_the_connection_and_its_calls(byte[] nonsense)
    {
        await using var server = await GrpcServer.StartAsync(script: Waiting());
        using var connection = await OpenCallAsync(server, Input);
        await connection.WriteAsync(nonsense);

        await Patience.For(connection.ReadToEndAsync(), "the server to close the connection");
        await MethodWasCancelledAsync(server);
    }

    [Fact]
    public async Task A_request_that_never_becomes_whole_is_given_up()
    {
        var clock = new VirtualTime();
        await using var server = await GrpcServer.StartAsync(services: services => services.AddSingleton<TimeProvider>(clock));
        using var connection = await OpenCallAsync(server, Unary);
        await connection.FrameAsync(RawConnection.Data, 0, 1, [0, 0, 0, 0, 100, 1, 2]);
        await Patience.Until(() => clock.TimersSet > 0, "the server waits for the rest");
        clock.Advance(TimeSpan.FromSeconds(30));

        await server.AllCallsEnded();
    }

    [Fact]
    public async Task A_reader_that_reads_nothing_holds_up_only_its_own_call()
    {
        await using var server = await GrpcServer.StartAsync(script: new ScriptedService
        {
            Output = async (_, responses, context) =>
            {
                while (true)
                    await responses.WriteAsync(new StreamingOutputCallResponse { Payload = new Payload { Body = Google.Protobuf.ByteString.CopyFrom(new byte[50_000]) } }, context.CancellationToken);
            },
        });
        using (var connection = await OpenCallAsync(server, Output))
        {
            await connection.FrameAsync(RawConnection.Data, RawConnection.EndStream, 1, RawHttp.Frame([]));
            await server.Client().UnaryCallAsync(new SimpleRequest());
        }

        await server.AllCallsEnded();
    }

    private static async Task<RawConnection> OpenCallAsync(GrpcServer server, string path)
    {
        var connection = await RawConnection.OpenAsync(server.Port);
        await connection.CallAsync(1, path);
        await Patience.Until(() => server.ActiveCalls == 1, "the call has come");
        return connection;
    }

    private ScriptedService Waiting() => new()
    {
        Input = async (requests, context) =>
        {
            try
            {
                while (await requests.MoveNext(context.CancellationToken))
                    continue;
            }
            catch (OperationCanceledException cancelled)
            {
                _ended.SetResult(cancelled);
                throw;
            }
            _ended.SetResult(null);
            return new StreamingInputCallResponse();
        },
    };

    private async Task MethodWasCancelledAsync(GrpcServer server)
    {
        Assert.NotNull(await Patience.For(_ended.Task, "the end of the method"));
        await server.AllCallsEnded();
    }
}
