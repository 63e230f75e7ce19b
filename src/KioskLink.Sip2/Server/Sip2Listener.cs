using System.Net;
using System.Net.Sockets;
using KioskLink.Sip2.Circulation;

namespace KioskLink.Sip2.Server;

/// <summary>
/// Listens for machines that speak SIP2: thousands in one process, in clear or under TLS, each within the limits of its options. Whoever answers is asked
/// through <see cref="ICirculation"/>. Thread-safe.
/// </summary>
public sealed class Sip2Listener : IAsyncDisposable
{
    private const int Backlog = 1024, KeepAliveSeconds = 120, KeepAliveEverySeconds = 10;

    private readonly Socket _socket;
    private readonly ListenerParts _parts;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _running = [];
    private readonly Task _accepting;
    private readonly ITimer _look;
    private long _connections;

    private Sip2Listener(Socket socket, ListenerParts parts)
    {
        _socket = socket;
        _parts = parts;
        EndPoint = (IPEndPoint)socket.LocalEndPoint!;
        _look = parts.Time.CreateTimer(_ => LookAtAll(), null, parts.Limits.Look, parts.Limits.Look);
        // Not on the context of whoever starts it, which may be a user interface or a test.
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>What it has done and holds.</summary>
    public ListenerCounts Counts => _parts.Tally.Counts(_parts.Admission.Open);

    /// <summary>Begins to listen.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="circulation">Who answers.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">The options cannot be kept.</exception>
    /// <exception cref="SocketException">The port is taken, or the address is not this machine's.</exception>
    public static Sip2Listener Start(Sip2ListenerOptions options, ICirculation circulation, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(circulation);
        ArgumentNullException.ThrowIfNull(time);
        if (options.Problem is { } problem)
            throw new ArgumentException($"SIP2 listener: {problem}.", nameof(options));
        var socket = new Socket(options.EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(options.EndPoint);
            socket.Listen(Backlog);
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
        var core = new SessionCore(options.Rules, SessionDigest.Random());
        return new(socket, new(options, core, new(circulation, options.Limits), new(options.Limits), new(), time));
    }

    /// <summary>Stops listening, closes every connection and waits for them to end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
            return;
        await _stop.CancelAsync();
        _socket.Dispose();
        await _accepting;
        await _look.DisposeAsync();
        foreach (var connection in _parts.Admission.All())
            connection.Close(SessionEvent.Disconnected);
        await Task.WhenAll(Running());
        _parts.Answerer.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Begin(await _socket.AcceptAsync(_stop.Token));
            }
            catch (Exception gone) when (gone is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // One caller hung up before it was heard, or no file handle is left: the next one may do better.
                await Task.Delay(_parts.Limits.Look, _parts.Time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Begin(Socket socket)
    {
        DeviceConnection connection;
        try
        {
            Prepare(socket);
            connection = new DeviceConnection(Interlocked.Increment(ref _connections), socket, _parts);
        }
        catch (SocketException)
        {
            // The caller is gone already.
            socket.Dispose();
            return;
        }
        var entered = Admit(connection);
        if (entered != SessionEvent.Connected)
        {
            _parts.Tally.Refused();
            connection.Close(entered);
            connection.Dispose();
            return;
        }
        _parts.Tally.Accepted();
        _parts.Options.Report?.Invoke(new(SessionEvent.Connected, _connections, connection.Address.ToString()));
        Keep(RunAsync(connection));
    }

    private SessionEvent Admit(DeviceConnection connection)
    {
        if (_parts.Options.Sources is { } network && !network.Contains(connection.Address))
            return SessionEvent.ForeignSource;
        var entered = _parts.Admission.TryEnter(connection, _parts.Options.Rules.LoginRequired, out var evicted);
        evicted?.Close(SessionEvent.TooManyWithoutLogin);
        return entered;
    }

    private static async Task RunAsync(DeviceConnection connection)
    {
        using (connection)
            await connection.RunAsync();
    }

    private static void Prepare(Socket socket)
    {
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveEverySeconds);
    }

    private void Keep(Task running)
    {
        lock (_gate)
            _running.Add(running);
        _ = running.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void Forget(Task running)
    {
        lock (_gate)
            _running.Remove(running);
    }

    private Task[] Running()
    {
        lock (_gate)
            return [.. _running];
    }

    private void LookAtAll()
    {
        foreach (var connection in _parts.Admission.All())
            connection.Look();
    }
}
