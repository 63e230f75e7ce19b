using System.Buffers.Text;
using System.Security.Cryptography;

namespace KioskLink.Node.StaffSignIn;

/// <summary>Who is signed in, in memory: a restart of the node signs everybody out. Thread-safe.</summary>
internal sealed class SessionBook(TimeProvider time)
{
    private const int KeyBytes = 32;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, StaffSession> _sessions = new(StringComparer.Ordinal);

    /// <summary>Now, by the book's clock.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The sessions that live.</summary>
    public IReadOnlyList<StaffSession> All
    {
        get
        {
            lock (_gate)
                return [.. _sessions.Values.Where(session => !IsOver(session))];
        }
    }

    /// <summary>Takes a session in and gives its key: 32 random bytes, for the cookie alone.</summary>
    public string Open(StaffSession session)
    {
        var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));
        lock (_gate)
        {
            End(entry => IsOver(entry));
            if (_sessions.Count >= StaffLimits.SessionsMax && _sessions.Values.MinBy(one => one.Used) is { } idle)
                End(entry => entry == idle);
            _sessions[key] = session;
        }
        return key;
    }

    /// <summary>The session of a key; null when it is over or never was.</summary>
    /// <param name="key">The key from the cookie.</param>
    /// <param name="touch">Whether this is a person's doing, which keeps the session awake.</param>
    public StaffSession? Find(string? key, bool touch)
    {
        lock (_gate)
        {
            if (key is null || !_sessions.TryGetValue(key, out var session))
                return null;
            if (IsOver(session))
            {
                End(entry => entry == session);
                return null;
            }
            if (touch)
                session.Used = Now;
            return session;
        }
    }

    /// <summary>Ends a session.</summary>
    public void Close(string? key)
    {
        lock (_gate)
            if (key is not null && _sessions.Remove(key, out var session))
                session.Dispose();
    }

    /// <summary>Ends the sessions of accounts.</summary>
    public void EndOf(IReadOnlyCollection<string> refs)
    {
        lock (_gate)
            End(session => refs.Contains(session.Ref));
    }

    /// <summary>Ends every session.</summary>
    public void EndAll()
    {
        lock (_gate)
            End(_ => true);
    }

    private bool IsOver(StaffSession session) => Now - session.Used > StaffLimits.IdleMax || Now - session.Started > StaffLimits.SessionMax;

    private void End(Func<StaffSession, bool> which)
    {
        foreach (var (key, session) in _sessions.Where(entry => which(entry.Value)).ToList())
        {
            _sessions.Remove(key);
            session.Dispose();
        }
    }
}
