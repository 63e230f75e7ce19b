using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;
using KioskLink.Protos.Node.V1;

namespace KioskLink.Cli.Connecting;

/// <summary>A node's diagnostics, or its second role, on a Unix socket: on the node's machine, with or without a network.</summary>
internal sealed class NodeConnection : IDisposable
{
    private static readonly TimeSpan CallPatience = TimeSpan.FromMinutes(2);

    private readonly GrpcChannel _channel;
    private readonly TimeProvider _clock;

    private NodeConnection(GrpcChannel channel, TimeProvider clock)
    {
        _channel = channel;
        _clock = clock;
    }

    public DiagnosticsService.DiagnosticsServiceClient Diagnostics => new(_channel);

    public LendingService.LendingServiceClient Lending => new(_channel);

    public SecondRoleService.SecondRoleServiceClient SecondRole => new(_channel);

    /// <summary>The first call makes the connection.</summary>
    public static NodeConnection Open(string socket, TimeProvider clock)
    {
        var handler = new SocketsHttpHandler { ConnectCallback = async (_, stop) => await Connect(socket, stop), UseProxy = false };
        return new NodeConnection(
            GrpcChannel.ForAddress("http://node", new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true }), clock);
    }

    /// <summary>A call that ends by itself when it takes too long; long enough to check a journal of months.</summary>
    public CallOptions Bounded(CancellationToken stop) =>
        new(deadline: _clock.GetUtcNow().UtcDateTime + CallPatience, cancellationToken: stop);

    public void Dispose() => _channel.Dispose();

    private static async Task<Stream> Connect(string path, CancellationToken stop)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
