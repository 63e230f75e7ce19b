using System.Net;

namespace KioskLink.Sip2.Server;

/// <summary>Who may be connected: counts connections in all, by address, by login, and those without a login. Thread-safe.</summary>
internal sealed class Admission(ListenerLimits limits)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _bySource = [];
    private readonly Dictionary<string, int> _byLogin = new(StringComparer.Ordinal);
    private readonly LinkedList<DeviceConnection> _waiting = [];
    private readonly HashSet<DeviceConnection> _open = [];

    public int Open
    {
        get
        {
            lock (_gate)
                return _open.Count;
        }
    }

    /// <summary>Lets a connection in; otherwise says which limit is reached. <paramref name="evicted"/> is closed for it.</summary>
    public SessionEvent TryEnter(DeviceConnection connection, bool mustLogIn, out DeviceConnection? evicted)
    {
        evicted = null;
        lock (_gate)
        {
            var fromSource = _bySource.GetValueOrDefault(connection.Address);
            if (fromSource >= limits.ConnectionsPerSource)
                return SessionEvent.TooManyFromSource;
            if (mustLogIn && _waiting.Count >= limits.ConnectionsWithoutLogin)
                evicted = LeaveOldestWaiting();
            if (_open.Count >= limits.Connections)
                return SessionEvent.TooManyConnections;
            _bySource[connection.Address] = _bySource.GetValueOrDefault(connection.Address) + 1;
            _open.Add(connection);
            connection.Waiting = mustLogIn ? _waiting.AddLast(connection) : null;
            return SessionEvent.Connected;
        }
    }

    /// <summary>Notes a login, instead of the one before; false where it has too many connections.</summary>
    public bool TryLogIn(DeviceConnection connection, string login)
    {
        lock (_gate)
        {
            LeaveLogin(connection);
            if (_byLogin.GetValueOrDefault(login) >= limits.ConnectionsPerLogin)
                return false;
            _byLogin[login] = _byLogin.GetValueOrDefault(login) + 1;
            connection.CountedLogin = login;
            LeaveWaiting(connection);
            return true;
        }
    }

    /// <summary>Notes that a login was refused, and the one before is over.</summary>
    public void LogOut(DeviceConnection connection, bool mustLogIn)
    {
        lock (_gate)
        {
            LeaveLogin(connection);
            if (mustLogIn && connection.Waiting is null && _open.Contains(connection))
                connection.Waiting = _waiting.AddLast(connection);
        }
    }

    public void Leave(DeviceConnection connection)
    {
        lock (_gate)
            LeaveAll(connection);
    }

    public DeviceConnection[] All()
    {
        lock (_gate)
            return [.. _open];
    }

    private DeviceConnection LeaveOldestWaiting()
    {
        var oldest = _waiting.First!.Value;
        LeaveAll(oldest);
        return oldest;
    }

    private void LeaveAll(DeviceConnection connection)
    {
        if (!_open.Remove(connection))
            return;
        Lower(_bySource, connection.Address);
        LeaveLogin(connection);
        LeaveWaiting(connection);
    }

    private void LeaveLogin(DeviceConnection connection)
    {
        if (connection.CountedLogin is not { } login)
            return;
        Lower(_byLogin, login);
        connection.CountedLogin = null;
    }

    private void LeaveWaiting(DeviceConnection connection)
    {
        if (connection.Waiting is { } node)
            _waiting.Remove(node);
        connection.Waiting = null;
    }

    private static void Lower<T>(Dictionary<T, int> counts, T key)
        where T : notnull
    {
        if (--counts[key] == 0)
            counts.Remove(key);
    }
}
