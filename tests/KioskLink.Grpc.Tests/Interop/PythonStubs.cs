using KioskLink.Testing;

namespace Grpc.Testing;

/// <summary>Debian's Python with Debian's gRPC, the foreign peer of these tests, and the messages it needs, generated once.</summary>
public sealed class PythonStubs : IAsyncLifetime, IDisposable
{
    private const string Python = "/usr/bin/python3";
    private static readonly string Project = Path.Combine(SolutionRoot.Path, "tests", "KioskLink.Grpc.Tests");
    private readonly TempFolder _stubs = new();

    public async Task InitializeAsync()
    {
        Assert.True(File.Exists(Python) && File.Exists("/usr/bin/protoc"), "The foreign peer is missing: apt-get install python3-grpcio protobuf-compiler.");
        await GenerateAsync($"{Project}/Protos", "testing.proto");
        await GenerateAsync($"{SolutionRoot.Path}/protos/grpc/health/v1", "health.proto");
        await GenerateAsync($"{SolutionRoot.Path}/protos/grpc/reflection/v1", "reflection.proto");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _stubs.Dispose();

    /// <summary>Puts one case of the list to a server.</summary>
    internal async Task RunClientAsync(string target, string interopCase, params string[] credentials)
    {
        await using var client = RunningProgram.Start(Python, [Path.Combine(Project, "Interop", "interop_client.py"), _stubs.Path, target, interopCase, .. credentials]);
        Assert.True(await client.Exit() == 0, client.Errors);
    }

    /// <summary>Starts the foreign server and returns it with its address; with credentials it speaks mutual TLS.</summary>
    internal async Task<(RunningProgram Program, string Address)> StartServerAsync(params string[] credentials)
    {
        var server = RunningProgram.Start(Python, [Path.Combine(Project, "Interop", "interop_server.py"), _stubs.Path, .. credentials]);
        var line = await server.Line("LISTENING");
        return (server, $"{(credentials.Length > 0 ? "https" : "http")}://127.0.0.1:{line.Split(' ')[1]}");
    }

    private async Task GenerateAsync(string folder, string proto)
    {
        await using var protoc = RunningProgram.Start("/usr/bin/protoc", [$"--python_out={_stubs.Path}", $"-I{folder}", proto]);
        Assert.True(await protoc.Exit() == 0, protoc.Errors);
    }
}
