using System.Net;
using System.Net.Sockets;
using KioskLink.Devices.Serial;

namespace KioskLink.Devices.Virtual;

/// <summary>A serial server in raw mode: one client at a time on a TCP port of loopback, its bytes carried to a line and back.</summary>
public sealed class VirtualSerialServer : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private readonly SerialPort _line;
    private readonly byte[] _buffer = new byte[1024];
    private readonly Thread _loop;
    private readonly IPEndPoint _address;
    private Socket? _listener;
    private volatile bool _stopping;
    private volatile bool _powered = true;

    /// <summary>Makes the server and connects it to a line.</summary>
    /// <param name="line">The path of the line.</param>
    /// <param name="baud">The line's speed.</param>
    public VirtualSerialServer(string line, int baud)
    {
        _line = new SerialPort(line, baud);
        if (_line.Open() is { } problem)
            throw new InvalidOperationException(problem.Sentence);
        _listener = Listen(new IPEndPoint(IPAddress.Loopback, 0));
        _address = (IPEndPoint)_listener.LocalEndPoint!;
        _loop = new Thread(Run) { Name = $"serial server {_address}", IsBackground = true };
        _loop.Start();
    }

    /// <summary>The path a bus names it by.</summary>
    public string Path => $"{TcpAddress.Scheme}{_address}";

    /// <summary>How many clients have come.</summary>
    public int Clients { get; private set; }

    /// <summary>It has its supply. Without it the client's connection is reset and nobody is let in.</summary>
    public bool Powered
    {
        get => _powered;
        set => _powered = value;
    }

    /// <summary>Takes the supply away and ends the thread.</summary>
    public void Dispose()
    {
        _stopping = true;
        _line.Wake();
        _loop.Join();
        _line.Dispose();
    }

    private static Socket Listen(IPEndPoint address)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(address);
        listener.Listen(1);
        return listener;
    }

    private void Run()
    {
        Socket? client = null;
        while (!_stopping)
        {
            if (_powered)
            {
                _listener ??= Listen(_address);
                client ??= Accept();
            }
            if (!_powered || (client is not null && !Carry(client)))
                client = Drop(client);
            Wait(client);
        }
        Drop(client);
        _listener?.Dispose();
    }

    private Socket? Accept()
    {
        if (!_listener!.Poll(0, SelectMode.SelectRead))
            return null;
        var client = _listener.Accept();
        (client.Blocking, client.NoDelay, client.LingerState) = (false, true, new LingerOption(true, 0));
        Clients++;
        return client;
    }

    private Socket? Drop(Socket? client)
    {
        client?.Dispose();
        if (!_powered)
        {
            _listener?.Dispose();
            _listener = null;
        }
        return null;
    }

    private bool Carry(Socket client)
    {
        var fromClient = client.Receive(_buffer, SocketFlags.None, out var error);
        if (error != SocketError.WouldBlock && (error != SocketError.Success || fromClient == 0))
            return false;
        if (error == SocketError.Success)
            _line.Write(_buffer.AsSpan(0, fromClient));
        var fromLine = _line.Read(_buffer);
        return fromLine <= 0 || client.Send(_buffer.AsSpan(0, fromLine)) == fromLine;
    }

    private void Wait(Socket? client)
    {
        if (client is null)
        {
            _line.Wait(Look);
            _ = _line.Read(_buffer);
            return;
        }
        Span<Libc.PollFd> fds = [new() { Fd = (int)client.Handle, Events = Libc.PollIn }, new() { Fd = _line.Descriptor, Events = Libc.PollIn }];
        Libc.Poll(fds, Look);
    }
}
