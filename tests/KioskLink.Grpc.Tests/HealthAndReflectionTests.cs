using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using Grpc.Reflection.V1;
using KioskLink.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Grpc.Testing;

/// <summary>A server tells about its health and its protos.</summary>
public sealed class HealthAndReflectionTests : IAsyncLifetime
{
    private GrpcServer _server = null!;

    public async Task InitializeAsync() => _server = await GrpcServer.StartAsync(
        services: services =>
        {
            services.AddGrpcHealthChecks();
            services.AddGrpcReflection();
        },
        map: app =>
        {
            app.MapGrpcHealthChecksService();
            app.MapGrpcReflectionService();
        });

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Health_is_checked_by_service()
    {
        var client = new Health.V1.Health.HealthClient(_server.Channel());
        _server.Services.GetRequiredService<HealthServiceImpl>().SetStatus("doors", ServingStatus.NotServing);

        Assert.Equal(ServingStatus.Serving, (await client.CheckAsync(new HealthCheckRequest())).Status);
        Assert.Equal(ServingStatus.NotServing, (await client.CheckAsync(new HealthCheckRequest { Service = "doors" })).Status);
        var unknown = await Assert.ThrowsAsync<RpcException>(() => client.CheckAsync(new HealthCheckRequest { Service = "none" }).ResponseAsync);
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task A_watcher_hears_of_every_lasting_change()
    {
        var health = _server.Services.GetRequiredService<HealthServiceImpl>();
        using var watch = new Health.V1.Health.HealthClient(_server.Channel()).Watch(new HealthCheckRequest { Service = "doors" });

        Assert.Equal(ServingStatus.ServiceUnknown, await NextAsync(watch));
        health.SetStatus("doors", ServingStatus.Serving);
        Assert.Equal(ServingStatus.Serving, await NextAsync(watch));
        health.SetStatus("doors", ServingStatus.Serving);
        health.SetStatus("doors", ServingStatus.NotServing);
        Assert.Equal(ServingStatus.NotServing, await NextAsync(watch));
        health.ClearAll();
        Assert.Equal(ServingStatus.ServiceUnknown, await NextAsync(watch));
        watch.Dispose();
        await _server.AllCallsEnded();
    }

    [Fact]
    public async Task A_server_that_stops_ends_its_watches_first()
    {
        using var watch = new Health.V1.Health.HealthClient(_server.Channel()).Watch(new HealthCheckRequest());
        Assert.Equal(ServingStatus.Serving, await NextAsync(watch));
        await Patience.For(_server.StopAsync(CancellationToken.None), "the server to stop", atMost: TimeSpan.FromSeconds(20));

        Assert.Equal(ServingStatus.NotServing, await NextAsync(watch));
        Assert.False(await watch.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task Reflection_lists_the_services() => Assert.Equal(
        ["grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "grpc.testing.TestService"],
        (await AskAsync(new ServerReflectionRequest { ListServices = "" })).ListServicesResponse.Service.Select(service => service.Name));

    [Theory]
    [InlineData("grpc.testing.TestService")]
    [InlineData("grpc.testing.TestService.UnaryCall")]
    [InlineData("grpc.testing.SimpleRequest")]
    [InlineData("grpc.testing.SimpleRequest.payload")]
    public async Task Reflection_finds_the_file_of_a_symbol(string symbol)
    {
        var answer = await AskAsync(new ServerReflectionRequest { FileContainingSymbol = symbol });

        Assert.Equal("testing.proto", FileDescriptorProto.Parser.ParseFrom(answer.FileDescriptorResponse.FileDescriptorProto.Single()).Name);
    }

    [Fact]
    public async Task Reflection_gives_a_file_by_name_and_says_what_it_has_not()
    {
        Assert.Single((await AskAsync(new ServerReflectionRequest { FileByFilename = "testing.proto" })).FileDescriptorResponse.FileDescriptorProto);
        Assert.Equal((int)StatusCode.NotFound, (await AskAsync(new ServerReflectionRequest { FileByFilename = "none.proto" })).ErrorResponse.ErrorCode);
        Assert.Equal((int)StatusCode.InvalidArgument, (await AskAsync(new ServerReflectionRequest())).ErrorResponse.ErrorCode);
    }

    private static async Task<ServingStatus> NextAsync(AsyncServerStreamingCall<HealthCheckResponse> watch)
    {
        Assert.True(await watch.ResponseStream.MoveNext());
        return watch.ResponseStream.Current.Status;
    }

    private async Task<ServerReflectionResponse> AskAsync(ServerReflectionRequest request)
    {
        using var call = new ServerReflection.ServerReflectionClient(_server.Channel()).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(request);
        await call.RequestStream.CompleteAsync();
        Assert.True(await call.ResponseStream.MoveNext());
        return call.ResponseStream.Current;
    }
}
