using System.Net;
using System.Net.Sockets;
using KioskLink.Demo.Network;
using KioskLink.Testing;

namespace KioskLink.Demo.Tests;

public sealed class RelayTests : IAsyncDisposable
{
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private readonly Relay _relay;

    public RelayTests()
    {
        _server.Start();
        _relay = Relay.Start(() => (IPEndPoint)_server.LocalEndpoint);
    }

    [Fact]
    public async Task Bytes_pass_both_ways_while_the_network_is_whole()
    {
        var (near, far) = await ConnectAsync();
        await near.SendAsync(new byte[] { 1 });
        Assert.Equal([1], await ReadAsync(far));
        await far.SendAsync(new byte[] { 2 });
        Assert.Equal([2], await ReadAsync(near));
    }

    [Fact]
    public async Task A_cut_swallows_bytes_and_leaves_both_sockets_open()
    {
        var (near, far) = await ConnectAsync();
        _relay.Switch(RelayMode.Cut);
        await near.SendAsync(new byte[] { 1 });
        Assert.False(far.Poll(TimeSpan.FromMilliseconds(200), SelectMode.SelectRead));
        Assert.False(near.Poll(TimeSpan.Zero, SelectMode.SelectRead));
    }

    [Fact]
    public async Task A_connection_that_lost_bytes_is_closed_when_the_cut_ends()
    {
        var (near, far) = await ConnectAsync();
        _relay.Switch(RelayMode.Cut);
        await near.SendAsync(new byte[] { 1 });
        Assert.False(far.Poll(TimeSpan.FromMilliseconds(200), SelectMode.SelectRead));
        _relay.Switch(RelayMode.Whole);
        Assert.Empty(await ReadAsync(near));
    }

    [Fact]
    public async Task A_reset_closes_what_is_open_and_refuses_what_comes()
    {
        var (near, _) = await ConnectAsync();
        _relay.Switch(RelayMode.Reset);
        Assert.Empty(await ReadAsync(near));
        using var late = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Assert.Empty(await ConnectAndReadAsync(late));
    }

    public async ValueTask DisposeAsync()
    {
        await _relay.DisposeAsync();
        _server.Dispose();
    }

    private async Task<(Socket Near, Socket Far)> ConnectAsync()
    {
        var near = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await near.ConnectAsync(_relay.EndPoint);
        return (near, await Patience.For(_server.AcceptSocketAsync(), "the relay's connection to the server"));
    }

    private async Task<byte[]> ConnectAndReadAsync(Socket socket)
    {
        try
        {
            await socket.ConnectAsync(_relay.EndPoint);
            return await ReadAsync(socket);
        }
        catch (SocketException)
        {
            return [];
        }
    }

    private static async Task<byte[]> ReadAsync(Socket socket)
    {
        var buffer = new byte[16];
        try
        {
            return buffer[..await Patience.For(socket.ReceiveAsync(buffer), "bytes or an end")];
        }
        catch (SocketException)
        {
            return [];
        }
    }
}
