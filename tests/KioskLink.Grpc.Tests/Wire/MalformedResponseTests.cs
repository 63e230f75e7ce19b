using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Grpc.Testing;

/// <summary>Whatever a server answers, the client's call ends with a status.</summary>
public sealed class MalformedResponseTests
{
    private const string Path = "/grpc.testing.UnimplementedService/UnimplementedCall";

    [Theory]
    [InlineData(400, StatusCode.Internal)]
    [InlineData(401, StatusCode.Unauthenticated)]
    [InlineData(403, StatusCode.PermissionDenied)]
    [InlineData(404, StatusCode.Unimplemented)]
    [InlineData(429, StatusCode.Unavailable)]
    [InlineData(503, StatusCode.Unavailable)]
    [InlineData(500, StatusCode.Unknown)]
    public Task An_http_error_becomes_the_status_of_the_specification(int http, StatusCode expected) => Ends(expected, context =>
    {
        context.Response.StatusCode = http;
        return Task.CompletedTask;
    });

    [Theory]
    [InlineData(2, StatusCode.Internal)]
    [InlineData(3, StatusCode.Internal)]
    [InlineData(4, StatusCode.Internal)]
    [InlineData(6, StatusCode.Internal)]
    [InlineData(7, StatusCode.Unavailable)]
    [InlineData(8, StatusCode.Cancelled)]
    [InlineData(11, StatusCode.ResourceExhausted)]
    [InlineData(12, StatusCode.PermissionDenied)]
    public Task A_reset_stream_becomes_the_status_of_the_specification(int error, StatusCode expected) => Ends(expected, context =>
    {
        context.Features.GetRequiredFeature<IHttpResetFeature>().Reset(error);
        return Task.CompletedTask;
    });

    [Fact]
    public Task A_page_is_no_response() => Ends(StatusCode.Unknown, context => context.Response.WriteAsync("hello"));

    [Fact]
    public Task A_response_without_a_status_is_unknown() => Ends(StatusCode.Unknown, context => BodyAsync(context, RawHttp.Frame([])));

    [Fact]
    public Task A_status_code_from_the_future_is_unknown() => Ends(StatusCode.Unknown, context => BodyAsync(context, RawHttp.Frame([]), "99"));

    [Fact]
    public Task Success_without_a_message_is_internal() => Ends(StatusCode.Internal, context => BodyAsync(context, [], "0"));

    [Fact]
    public Task A_second_message_is_internal() => Ends(StatusCode.Internal, context => BodyAsync(context, [.. RawHttp.Frame([]), .. RawHttp.Frame([])], "0"));

    [Fact]
    public async Task A_message_that_breaks_off_at_any_byte_is_internal()
    {
        var whole = RawHttp.Frame([1, 2, 3]);
        await using var server = await GrpcServer.StartAsync(map: app => app.MapPost(Path, context => BodyAsync(context, whole[..int.Parse(context.Request.Headers["x-length"]!)], "0")));
        var client = new UnimplementedService.UnimplementedServiceClient(server.Channel());

        for (var length = 0; length < whole.Length; length++)
            Assert.Equal(StatusCode.Internal, await CodeAsync(client, new Metadata { { "x-length", $"{length}" } }));
    }

    [Fact]
    public Task An_unknown_flag_is_internal() => Ends(StatusCode.Internal, context => BodyAsync(context, RawHttp.Frame([], flag: 7), "0"));

    [Fact]
    public Task A_message_that_is_no_protobuf_is_internal() => Ends(StatusCode.Internal, context => BodyAsync(context, RawHttp.Frame([0xff]), "0"));

    [Fact]
    public Task A_message_beyond_the_limit_is_refused_by_its_prefix() => Ends(StatusCode.ResourceExhausted, context => BodyAsync(context, RawHttp.Frame([], length: 50_000_000), "0"));

    [Fact]
    public Task An_unknown_encoding_is_internal() => Ends(StatusCode.Internal, context =>
    {
        context.Response.Headers["grpc-encoding"] = "br";
        return BodyAsync(context, RawHttp.Frame([]), "0");
    });

    [Fact]
    public Task A_connection_cut_within_the_response_is_unavailable() => Ends(StatusCode.Unavailable, async context =>
    {
        await BodyAsync(context, [0, 0]);
        await context.Response.Body.FlushAsync();
        context.Features.GetRequiredFeature<Microsoft.AspNetCore.Connections.Features.IConnectionLifetimeFeature>().Abort();
    });

    private static async Task BodyAsync(HttpContext context, byte[] body, string? status = null)
    {
        context.Response.ContentType = "application/grpc";
        await context.Response.Body.WriteAsync(body);
        if (status is not null)
            context.Response.AppendTrailer("grpc-status", status);
    }

    private static async Task Ends(StatusCode expected, RequestDelegate answer)
    {
        await using var server = await GrpcServer.StartAsync(map: app => app.MapPost(Path, answer));

        Assert.Equal(expected, await CodeAsync(new UnimplementedService.UnimplementedServiceClient(server.Channel()), []));
    }

    private static async Task<StatusCode> CodeAsync(UnimplementedService.UnimplementedServiceClient client, Metadata headers)
    {
        using var call = client.UnimplementedCallAsync(new Empty(), headers);
        return (await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync)).StatusCode;
    }
}
