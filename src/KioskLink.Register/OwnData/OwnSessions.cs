using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace KioskLink.Register.OwnData;

/// <summary>
/// Sessions of patrons, in memory only and found by a hash of their token, so that neither the disk nor a dump has one to take.
/// Thread-safe.
/// </summary>
internal sealed class OwnSessions(TimeProvider time)
{
    /// <summary>How long a session lives without a call.</summary>
    public static readonly TimeSpan IdleFor = TimeSpan.FromMinutes(10);

    /// <summary>How long a session lives at most.</summary>
    public static readonly TimeSpan LivesFor = TimeSpan.FromHours(1);

    /// <summary>Sessions that live at once; the one idle longest makes room.</summary>
    public const int SessionsMax = 20_000;

    private const int TokenBytes = 32;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Open> _sessions = new(StringComparer.Ordinal);

    /// <summary>Opens a session; returns its token, which is nowhere else.</summary>
    public string Begin(OwnSession session)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (_sessions.Count >= SessionsMax)
            {
                MakeRoom(now);
            }

            _sessions[Key(token)] = new Open(session, now, now);
        }

        return token;
    }

    /// <summary>The session of a token, which lives on with this; null when it has ended.</summary>
    public OwnSession? Find(string token)
    {
        var (key, now) = (Key(token), time.GetUtcNow());
        lock (_gate)
        {
            if (!_sessions.TryGetValue(key, out var open))
            {
                return null;
            }

            if (open.IsOver(now))
            {
                _sessions.Remove(key);
                return null;
            }

            _sessions[key] = open with { LastCall = now };
            return open.Session;
        }
    }

    /// <summary>Puts another state in a session's place, after its PIN was changed.</summary>
    public void Change(string token, OwnSession session)
    {
        lock (_gate)
        {
            if (_sessions.TryGetValue(Key(token), out var open))
            {
                _sessions[Key(token)] = open with { Session = session };
            }
        }
    }

    /// <summary>Ends a session, if there is one.</summary>
    public void End(string token)
    {
        lock (_gate)
        {
            _sessions.Remove(Key(token));
        }
    }

    private void MakeRoom(DateTimeOffset now)
    {
        foreach (var over in _sessions.Where(pair => pair.Value.IsOver(now)).Select(pair => pair.Key).ToList())
        {
            _sessions.Remove(over);
        }

        if (_sessions.Count >= SessionsMax)
        {
            _sessions.Remove(_sessions.MinBy(pair => pair.Value.LastCall).Key);
        }
    }

    private static string Key(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private sealed record Open(OwnSession Session, DateTimeOffset Since, DateTimeOffset LastCall)
    {
        public bool IsOver(DateTimeOffset now) => now - LastCall >= IdleFor || now - Since >= LivesFor;
    }
}
