using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KioskLink.Register.Tests.Alarms;

/// <summary>What a gateway got.</summary>
internal sealed record GatewayPosted(string Path, string Query, string Authorization, string Body);

/// <summary>A gateway of text messages: a real HTTP listener that answers as a test says.</summary>
internal sealed class FakeGateway : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<GatewayPosted> _posts = new();

    private FakeGateway(WebApplication app) => _app = app;

    public IReadOnlyCollection<GatewayPosted> Posts => _posts;

    public HttpStatusCode Answer { get; set; } = HttpStatusCode.OK;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<FakeGateway> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var gateway = new FakeGateway(app);
        app.MapPost("/send", async (HttpRequest request) =>
        {
            using var body = new StreamReader(request.Body);
            gateway._posts.Enqueue(new GatewayPosted(request.Path, request.QueryString.Value ?? "", request.Headers.Authorization.ToString(), await body.ReadToEndAsync()));
            return Results.StatusCode((int)gateway.Answer);
        });
        await app.StartAsync();
        return gateway;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
