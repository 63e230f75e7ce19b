using System.Collections.Frozen;
using System.Security.Cryptography;
using KioskLink.Register.Console.Audit;

namespace KioskLink.Register.Console.Sessions;

/// <summary>Somebody who is signed in: the register's token stays here and never reaches the browser.</summary>
/// <param name="kind">Whose session it is.</param>
/// <param name="token">The register's session token.</param>
/// <param name="name">The user's name, as the layout shows it.</param>
/// <param name="roles">Names of the user's roles; none for patrons.</param>
/// <param name="started">When it began.</param>
internal sealed class ConsoleSession(SessionKind kind, string token, string name, IEnumerable<string> roles, DateTimeOffset started)
{
    private const int MarkBytes = 16;
    private string? _notice;
    private int _streams;

    /// <summary>Whose session it is.</summary>
    public SessionKind Kind { get; } = kind;

    /// <summary>The register's session token.</summary>
    public string Token { get; } = token;

    /// <summary>What addresses of this session are made with, so that no two sessions' can be joined.</summary>
    public string Mark { get; } = Convert.ToHexString(RandomNumberGenerator.GetBytes(MarkBytes));

    /// <summary>The user's name.</summary>
    public string Name { get; } = name;

    /// <summary>Names of the user's roles.</summary>
    public FrozenSet<string> Roles { get; } = roles.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>When it began.</summary>
    public DateTimeOffset Started { get; } = started;

    /// <summary>When it was last used by the user, as against a live page.</summary>
    public DateTimeOffset Used { get; set; } = started;

    /// <summary>What was last searched for.</summary>
    public string Search { get; set; } = "";

    /// <summary>What the audit log is narrowed to.</summary>
    public AuditFilter Audit { get; set; } = AuditFilter.None;

    /// <summary>Leaves a sentence for the next page.</summary>
    public void Leave(string notice) => Interlocked.Exchange(ref _notice, notice);

    /// <summary>Takes the sentence that was left; null when there is none.</summary>
    public string? Take() => Interlocked.Exchange(ref _notice, null);

    /// <summary>Takes room for a live page; false when the session has its full number.</summary>
    public bool TryOpenStream()
    {
        if (Interlocked.Increment(ref _streams) <= ConsoleLimits.StreamsPerSessionMax) return true;
        Interlocked.Decrement(ref _streams);
        return false;
    }

    /// <summary>Gives the room back.</summary>
    public void CloseStream() => Interlocked.Decrement(ref _streams);
}
