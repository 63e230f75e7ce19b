using Google.Rpc;
using Grpc.Core;
using Status = Grpc.Core.Status;

namespace Grpc.Testing;

/// <summary>Headers, trailers and statuses cross the wire whole.</summary>
public sealed class MetadataTests
{
    [Fact]
    public async Task Texts_and_bytes_travel_both_ways_under_repeated_keys()
    {
        var script = new ScriptedService
        {
            Unary = async (_, context) =>
            {
                await context.WriteResponseHeadersAsync([.. context.RequestHeaders.Where(entry => entry.Key.StartsWith("x-", StringComparison.Ordinal))]);
                foreach (var entry in context.RequestHeaders.GetAll("x-bytes-bin"))
                    context.ResponseTrailers.Add(entry);
                return new SimpleResponse();
            },
        };
        await using var server = await GrpcServer.StartAsync(script: script);
        var sent = new Metadata { { "X-Text", "a, b" }, { "x-bytes-bin", [0, 255, 1] }, { "x-bytes-bin", [] }, { "x-bytes-bin", [7] } };
        using var call = server.Client().UnaryCallAsync(new SimpleRequest(), sent);
        await call;
        var headers = await call.ResponseHeadersAsync;

        Assert.Equal("a, b", headers.GetValue("x-text"));
        Assert.Equal([[0, 255, 1], [], [7]], headers.GetAll("x-bytes-bin").Select(entry => entry.ValueBytes));
        Assert.Equal([[0, 255, 1], [], [7]], call.GetTrailers().GetAll("x-bytes-bin").Select(entry => entry.ValueBytes));
    }

    [Fact]
    public async Task The_headers_of_the_protocol_are_no_metadata()
    {
        Metadata? seen = null;
        var script = new ScriptedService
        {
            Unary = (_, context) =>
            {
                seen = context.RequestHeaders;
                return Task.FromResult(new SimpleResponse());
            },
        };
        await using var server = await GrpcServer.StartAsync(script: script);
        await server.Client().UnaryCallAsync(new SimpleRequest(), deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddYears(100));

        Assert.Equal(["user-agent"], seen!.Select(entry => entry.Key));
    }

    [Fact]
    public async Task An_immediate_error_comes_in_the_headers_alone()
    {
        await using var server = await GrpcServer.StartAsync(script: new ScriptedService { Unary = (_, _) => throw new RpcException(new Status(StatusCode.NotFound, "äö 100 %")) });
        var http = new RawHttp(server.Address);
        using var response = await http.PostAsync("/grpc.testing.TestService/UnaryCall", RawHttp.Frame([]));

        Assert.Equal("5", response.Headers.GetValues("grpc-status").Single());
        Assert.Equal("%C3%A4%C3%B6 100 %25", response.Headers.GetValues("grpc-message").Single());
        Assert.Empty(response.TrailingHeaders);
    }

    [Fact]
    public async Task A_status_carries_details_for_programs()
    {
        var status = new Google.Rpc.Status
        {
            Code = (int)StatusCode.PermissionDenied,
            Message = "Kortti on estetty.",
            Details = { Google.Protobuf.WellKnownTypes.Any.Pack(new ErrorInfo { Reason = "USE_BAN", Domain = "kiosklink" }) },
        };
        await using var server = await GrpcServer.StartAsync(script: new ScriptedService { Unary = (_, _) => throw status.ToRpcException() });
        var failure = await Assert.ThrowsAsync<RpcException>(() => server.Client().UnaryCallAsync(new SimpleRequest()).ResponseAsync);

        Assert.Equal(new Status(StatusCode.PermissionDenied, "Kortti on estetty."), failure.Status);
        Assert.Equal("USE_BAN", failure.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason);
    }

    [Theory]
    [InlineData(StatusCode.DataLoss)]
    [InlineData(StatusCode.Unimplemented)]
    public async Task An_error_after_messages_comes_in_the_trailers(StatusCode code)
    {
        var script = new ScriptedService
        {
            Output = async (_, responses, context) =>
            {
                await responses.WriteAsync(new StreamingOutputCallResponse());
                context.ResponseTrailers.Add("x-count", "1");
                throw new RpcException(new Status(code, "gone"), [new Metadata.Entry("x-more", "2")]);
            },
        };
        await using var server = await GrpcServer.StartAsync(script: script);
        using var call = server.Client().StreamingOutputCall(new StreamingOutputCallRequest());

        Assert.True(await call.ResponseStream.MoveNext());
        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());
        Assert.Equal(new Status(code, "gone"), failure.Status);
        Assert.Equal(("1", "2"), (failure.Trailers.GetValue("x-count"), failure.Trailers.GetValue("x-more")));
    }

    [Fact]
    public async Task An_unexpected_exception_says_nothing_to_the_client_unless_allowed()
    {
        var script = new ScriptedService { Unary = (_, _) => throw new InvalidOperationException("secret") };
        await using var silent = await GrpcServer.StartAsync(script: script);
        await using var open = await GrpcServer.StartAsync(options => options.EnableDetailedErrors = true, script: script);

        Assert.DoesNotContain("secret", (await UnknownAsync(silent)).Status.Detail);
        Assert.Contains("secret", (await UnknownAsync(open)).Status.Detail);
    }

    private static async Task<RpcException> UnknownAsync(GrpcServer server)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => server.Client().UnaryCallAsync(new SimpleRequest()).ResponseAsync);
        Assert.Equal(StatusCode.Unknown, failure.StatusCode);
        return failure;
    }
}
