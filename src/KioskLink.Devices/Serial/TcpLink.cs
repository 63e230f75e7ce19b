using System.Net;
using System.Net.Sockets;

namespace KioskLink.Devices.Serial;

/// <summary>A port of a serial server (Moxa NPort, Digi and others in "TCP server" or "raw" mode): the bytes of the line, and nothing else, on a TCP connection.</summary>
/// <remarks>
/// A server that closes or resets is gone at once; one that is silent, with its cable out or its power off, after <see cref="SilenceLimit"/>. Opening
/// waits at most for <see cref="ConnectLimit"/>, and each try is a new one, so that a server is in use again within a second of its return.
/// </remarks>
public sealed class TcpLink : ISerialLink
{
    /// <summary>The longest that an opening takes.</summary>
    public static readonly TimeSpan ConnectLimit = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest that a silent server passes for one that has nothing to say: keepalive each second, three without an answer.</summary>
    public static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(4);

    private const int KeepAliveSeconds = 1, KeepAliveTries = 3;
    private const int TcpLevel = 6, UserTimeout = 18; // tcp(7): unacknowledged bytes end the connection after this many milliseconds
    private readonly IPEndPoint _address;
    private readonly int _baud;
    private readonly WakeEvent _wake = new();
    private Socket? _socket;

    /// <summary>Names a port without opening it.</summary>
    /// <param name="path">Its name for people.</param>
    /// <param name="address">Its address.</param>
    /// <param name="baud">The speed to which the server is set.</param>
    public TcpLink(string path, IPEndPoint address, int baud) => (Path, _address, _baud) = (path, address, baud);

    /// <inheritdoc />
    public string Path { get; }

    /// <inheritdoc />
    public PortProblem? Open()
    {
        var socket = new Socket(_address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false, NoDelay = true };
        KeepAlive(socket);
        if (Connect(socket) is { } error)
        {
            socket.Dispose();
            return WhyNotOpened(error);
        }
        _socket = socket;
        return null;
    }

    /// <inheritdoc />
    public LinkSignal Wait(TimeSpan limit)
    {
        Span<Libc.PollFd> fds = [new() { Fd = DescriptorOf(_socket), Events = Libc.PollIn }, new() { Fd = _wake.Fd, Events = Libc.PollIn }];
        switch (Libc.Poll(fds, limit))
        {
            case 0:
                return LinkSignal.TimedOut;
            case < 0:
                return LinkSignal.Woken;
        }
        if ((fds[1].Returned & Libc.PollIn) != 0)
            _wake.Drain();
        if ((fds[0].Returned & Libc.PollIn) != 0)
            return LinkSignal.Readable;
        return fds[0].Returned != 0 ? LinkSignal.Gone : LinkSignal.Woken;
    }

    /// <inheritdoc />
    public int Read(Span<byte> buffer)
    {
        if (_socket is not { } socket)
            return -1;
        var count = socket.Receive(buffer, SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock || (count == 0 && buffer.IsEmpty))
            return 0;
        return error == SocketError.Success && count > 0 ? count : -1;
    }

    /// <inheritdoc />
    public bool Write(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_socket is not { } socket)
                return false;
            var count = socket.Send(bytes, SocketFlags.None, out var error);
            if (error == SocketError.Success)
                bytes = bytes[count..];
            else if (error != SocketError.WouldBlock || !WaitForRoom(socket))
                return false;
        }
        return true;
    }

    /// <summary>The server's speed is set at the server: only that one can be had.</summary>
    public bool SetBaud(int baud) => baud == _baud;

    /// <inheritdoc />
    public void Wake() => _wake.Signal();

    /// <inheritdoc />
    public void Close()
    {
        _socket?.Dispose();
        _socket = null;
    }

    /// <summary>Closes the line for good. The owning loop must have ended.</summary>
    public void Dispose()
    {
        Close();
        _wake.Dispose();
    }

    private static int DescriptorOf(Socket? socket) => socket is null ? -1 : (int)socket.Handle;

    private static void KeepAlive(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveTries);
        socket.SetRawSocketOption(TcpLevel, UserTimeout, BitConverter.GetBytes((int)TimeSpan.FromSeconds(KeepAliveSeconds * KeepAliveTries).TotalMilliseconds));
    }

    private SocketError? Connect(Socket socket)
    {
        try
        {
            socket.Connect(_address);
            return null;
        }
        catch (SocketException wait) when (wait.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            return AwaitConnection(socket);
        }
        catch (SocketException refused)
        {
            return refused.SocketErrorCode;
        }
    }

    // A wake here is for the owner's loop: it is left standing, so that the next wait ends at once.
    private static SocketError? AwaitConnection(Socket socket)
    {
        Span<Libc.PollFd> fds = [new() { Fd = DescriptorOf(socket), Events = Libc.PollOut }];
        int ready;
        do
            ready = Libc.Poll(fds, ConnectLimit);
        while (ready < 0);
        if (ready == 0)
            return SocketError.TimedOut;
        var error = (SocketError)(int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
        return error == SocketError.Success ? null : error;
    }

    private static bool WaitForRoom(Socket socket)
    {
        Span<Libc.PollFd> fds = [new() { Fd = DescriptorOf(socket), Events = Libc.PollOut }];
        int ready;
        do
            ready = Libc.Poll(fds, SerialPort.WriteLimit);
        while (ready < 0);
        return ready > 0 && (fds[0].Returned & (Libc.PollError | Libc.PollHangUp | Libc.PollInvalid)) == 0;
    }

    // Whatever hinders a connection may be over in a moment, so it is waited for as for a device that is not plugged in.
    private PortProblem WhyNotOpened(SocketError error) => new(
        PortProblemKind.Missing,
        $"The serial server at {Path} does not answer ({error}): check its power, its network cable and its address, and that no other program is connected to it.");
}
