using System.Net;
using System.Net.Sockets;
using System.Text;

namespace KioskLink.Benchmarks.Machines;

/// <summary>A machine that sends a line and waits for one: the same for the server and for its baseline.</summary>
internal sealed class LineMachine : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _received = [];

    public static async Task<LineMachine> ConnectAsync(IPEndPoint to)
    {
        var machine = new LineMachine();
        await machine._socket.ConnectAsync(to);
        return machine;
    }

    /// <summary>Connects machines one after the other; each logs in where there is a line for it.</summary>
    public static async Task<LineMachine[]> ConnectAllAsync(int count, IPEndPoint to, byte[]? login)
    {
        var machines = new LineMachine[count];
        for (var number = 0; number < count; number++)
        {
            machines[number] = await ConnectAsync(to);
            if (login is not null)
                await machines[number].SayAsync(login, "941");
        }

        return machines;
    }

    /// <summary>Sends a line and waits for the whole answer, which must begin as expected.</summary>
    public async Task SayAsync(byte[] line, string begins)
    {
        if (_received.Length == 0)
            _received = new byte[1024];
        await _socket.SendAsync(line);
        var length = 0;
        do
        {
            var count = await _socket.ReceiveAsync(_received.AsMemory(length));
            if (count == 0)
                throw new InvalidOperationException("The server closed a connection that is part of the measurement.");
            length += count;
        }
        while (_received[length - 1] != '\r');
        if (!_received.AsSpan().StartsWith(Encoding.ASCII.GetBytes(begins)))
            throw new InvalidOperationException($"The server answered {Encoding.ASCII.GetString(_received, 0, 2)} instead of {begins}.");
    }

    /// <summary>Gives back the buffer, as an idle machine is somebody else's memory.</summary>
    public void Rest() => _received = [];

    public void Dispose() => _socket.Dispose();
}
