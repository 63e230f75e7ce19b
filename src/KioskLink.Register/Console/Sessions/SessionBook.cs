using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace KioskLink.Register.Console.Sessions;

/// <summary>
/// The sessions of one kind, in memory: a restart of the register signs everybody out. A session ends by signing out, by
/// idleness, by age, or when the book is full and it was idle longest. Thread-safe.
/// </summary>
/// <param name="max">How many there may be.</param>
/// <param name="idleMax">How long one may be idle.</param>
/// <param name="time">The clock.</param>
internal sealed class SessionBook(int max, TimeSpan idleMax, TimeProvider time)
{
    private const int KeyBytes = 32;
    private readonly ConcurrentDictionary<string, ConsoleSession> _sessions = new(StringComparer.Ordinal);
    private readonly Lock _opening = new();

    /// <summary>Now, by the book's clock.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Takes a session in and gives its key: 32 random bytes, for the cookie alone.</summary>
    public string Open(ConsoleSession session)
    {
        var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));
        lock (_opening)
        {
            Drop(entry => IsOver(entry.Value));
            if (_sessions.Count >= max) Drop(entry => entry.Key == _sessions.MinBy(one => one.Value.Used).Key);
            _sessions[key] = session;
        }

        return key;
    }

    /// <summary>The session of a key; null when it is over or never was.</summary>
    /// <param name="key">The key from the cookie.</param>
    /// <param name="touch">Whether this is a user's doing, which keeps the session awake.</param>
    public ConsoleSession? Find(string? key, bool touch)
    {
        if (key is null || !_sessions.TryGetValue(key, out var session)) return null;
        if (IsOver(session))
        {
            _sessions.TryRemove(key, out _);
            return null;
        }

        if (touch) session.Used = Now;
        return session;
    }

    /// <summary>Ends a session.</summary>
    public void Close(string? key)
    {
        if (key is not null) _sessions.TryRemove(key, out _);
    }

    private bool IsOver(ConsoleSession session) => Now - session.Used > idleMax || Now - session.Started > ConsoleLimits.SessionMax;

    private void Drop(Func<KeyValuePair<string, ConsoleSession>, bool> which)
    {
        foreach (var entry in _sessions.Where(which).ToList()) _sessions.TryRemove(entry);
    }
}
