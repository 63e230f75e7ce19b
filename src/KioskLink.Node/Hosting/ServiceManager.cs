using System.Net.Sockets;
using System.Text;

namespace KioskLink.Node.Hosting;

/// <summary>
/// Tells systemd how the node is (sd_notify(3)): a datagram a message to the socket that NOTIFY_SOCKET names. Without that socket, or when it does not take
/// a message, nothing happens: a node runs without systemd too. Thread-safe.
/// </summary>
internal sealed class ServiceManager : IDisposable
{
    /// <summary>The variable in which systemd names its socket; a leading @ stands for the zero byte of an abstract name.</summary>
    public const string SocketVariable = "NOTIFY_SOCKET";

    /// <summary>How often the watchdog is fed at most; a twentieth of the unit's WatchdogSec.</summary>
    public static readonly TimeSpan FeedEvery = TimeSpan.FromSeconds(1);

    private readonly Socket? _socket;
    private readonly TimeProvider _time;
    private long _fedAt;

    /// <summary>Names the socket; nothing is sent.</summary>
    /// <param name="socket">What NOTIFY_SOCKET holds; null or empty for none.</param>
    /// <param name="time">Measures the time between two feeds.</param>
    public ServiceManager(string? socket, TimeProvider time)
    {
        _time = time;
        _fedAt = time.GetTimestamp() - ((long)FeedEvery.TotalSeconds * time.TimestampFrequency);
        _socket = string.IsNullOrEmpty(socket) ? null : Connect(socket);
    }

    /// <summary>Says what the node is doing, in one line that `systemctl status` shows.</summary>
    public void Say(string status) => Send($"STATUS={status}");

    /// <summary>The node listens and its doors are looked after.</summary>
    public void Started() => Send("READY=1\nSTATUS=The doors are looked after.");

    /// <summary>The node is stopping.</summary>
    public void Stopping() => Send("STOPPING=1");

    /// <summary>Feeds the watchdog, no more often than <see cref="FeedEvery"/>.</summary>
    public void Alive()
    {
        if (_socket is null || _time.GetElapsedTime(Interlocked.Read(ref _fedAt)) < FeedEvery)
            return;
        Interlocked.Exchange(ref _fedAt, _time.GetTimestamp());
        Send("WATCHDOG=1");
    }

    /// <summary>Closes the socket.</summary>
    public void Dispose() => _socket?.Dispose();

    private static Socket? Connect(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path[0] == '@' ? $"\0{path[1..]}" : path));
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }

    private void Send(string message)
    {
        try
        {
            _socket?.Send(Encoding.UTF8.GetBytes(message));
        }
        catch (SocketException)
        {
            // systemd is busy or gone: the next message says it again, and a missed feed is one of twenty.
        }
    }
}
