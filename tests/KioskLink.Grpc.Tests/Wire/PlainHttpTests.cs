using System.Net;

namespace Grpc.Testing;

/// <summary>What is not quite gRPC is answered in HTTP's own terms, and no more strictly than the specification asks.</summary>
public sealed class PlainHttpTests : IAsyncLifetime
{
    private const string Unary = "/grpc.testing.TestService/UnaryCall";

    private GrpcServer _server = null!;

    public async Task InitializeAsync() => _server = await GrpcServer.StartAsync();

    public async Task DisposeAsync()
    {
        await _server.AllCallsEnded();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/grpc-web")]
    [InlineData("application/grpcx")]
    [InlineData(null)]
    public async Task Another_content_type_is_unsupported(string? contentType) =>
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, null), await AskAsync(HttpMethod.Post, Unary, contentType));

    [Theory]
    [InlineData("application/grpc")]
    [InlineData("application/grpc+proto")]
    [InlineData("application/grpc;charset=utf-8")]
    [InlineData("APPLICATION/GRPC")]
    public async Task A_call_is_served_without_te_and_with_any_spelling_of_its_content_type(string contentType) =>
        Assert.Equal((HttpStatusCode.OK, "0"), await AskAsync(HttpMethod.Post, Unary, contentType));

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("PUT")]
    public async Task A_method_is_only_posted_to(string verb) =>
        Assert.Equal((HttpStatusCode.MethodNotAllowed, null), await AskAsync(new HttpMethod(verb), Unary, "application/grpc"));

    [Theory]
    [InlineData("POST", "/pages/one")]
    [InlineData("GET", "/pages")]
    [InlineData("GET", "/pages/of/one")]
    public async Task A_page_that_does_not_exist_is_not_found(string verb, string path) =>
        Assert.Equal((HttpStatusCode.NotFound, null), await AskAsync(new HttpMethod(verb), path, "text/plain"));

    [Theory]
    [InlineData("/grpc.testing.TestService/Un%C3%A4ry")]
    [InlineData("/grpc.testing.TestService/UnaryCall%2F")]
    [InlineData("/ä/ö")]
    public async Task A_path_beyond_ascii_is_an_unknown_method(string path) =>
        Assert.Equal((HttpStatusCode.OK, "12"), await AskAsync(HttpMethod.Post, path, "application/grpc"));

    private async Task<(HttpStatusCode Http, string? Grpc)> AskAsync(HttpMethod verb, string path, string? contentType)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(verb, _server.Address + path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(RawHttp.Frame([])),
        };
        if (contentType is not null)
            request.Content.Headers.TryAddWithoutValidation("content-type", contentType);
        using var response = await http.SendAsync(request);
        return (response.StatusCode, response.TrailingHeaders.Concat(response.Headers).FirstOrDefault(header => header.Key == "grpc-status").Value?.Single());
    }
}
