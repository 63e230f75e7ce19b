using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using KioskLink.Register.Hosting;
using KioskLink.Register.Identity;
using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Staff;

/// <summary>
/// The sessions of persons and robots: random tokens of which only hashes are kept, in memory for every call to look at and in the
/// database over restarts. Thread-safe.
/// </summary>
internal sealed class StaffSessions
{
    private const int TokenBytes = 32;
    private const int TokenMax = 128;

    /// <summary>How late a session's last use may stand in the database.</summary>
    private static readonly TimeSpan SeenLag = TimeSpan.FromMinutes(1);

    private readonly RegisterCore _core;
    private readonly ILogger<StaffSessions> _log;
    private readonly ConcurrentDictionary<string, StaffSession> _live = new(StringComparer.Ordinal);

    /// <summary>Reads the sessions that outlived a restart.</summary>
    public StaffSessions(RegisterCore core, ILogger<StaffSessions> log)
    {
        (_core, _log) = (core, log);
        using var db = core.Store.Read();
        var rows = from session in db.Set<StaffSessionRow>()
                   join account in db.Set<StaffAccountRow>() on session.AccountId equals account.AccountId
                   where session.Consortium == core.Store.Consortium && account.LockedAt == null && session.Stamp == account.SecurityStamp
                   select new { session, account };
        foreach (var row in rows)
        {
            Add(Of(row.session, row.account));
        }
    }

    /// <summary>The session of a token.</summary>
    public (StaffSession? Session, Refusal? Refusal) Find(string token)
    {
        if (token.Length is 0 or > TokenMax || !_live.TryGetValue(KeyOf(token), out var session))
        {
            return (null, Refusal.SessionEnded);
        }

        var now = NowMs();
        if (!session.LivesAt(now))
        {
            _live.TryRemove(session.Key, out _);
            return (null, Refusal.SessionEnded);
        }

        Touch(session, now);
        return (session, null);
    }

    /// <summary>Begins a session; one that the device had ends, and the oldest of too many.</summary>
    public async Task<(StaffSession Session, string Token)> BeginAsync(StaffAccountRow account, string device)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        var now = NowMs();
        var length = account.IsMachine ? StaffLimits.SessionOfRobots : StaffLimits.SessionOfPersons;
        var row = new StaffSessionRow
        {
            Consortium = _core.Store.Consortium,
            TokenHash = HashOf(token),
            AccountId = account.AccountId,
            Device = device,
            CreatedAt = now,
            SeenAt = now,
            Stamp = account.SecurityStamp,
            EndsAt = now + (long)length.TotalMilliseconds,
        };
        var session = Of(row, account);
        var ended = Superseded(session);
        await _core.Lane.WriteAsync(scope =>
        {
            Delete(scope, [.. ended.Select(old => old.Key)]);
            scope.Db.Set<StaffSessionRow>().Where(old => old.Consortium == scope.Consortium && old.EndsAt <= now).ExecuteDelete();
            scope.Db.Add(row);
        });
        ended.ForEach(old => _live.TryRemove(old.Key, out _));
        Add(session);
        return (session, token);
    }

    /// <summary>Ends a session.</summary>
    public Task EndAsync(StaffSession session) => EndAsync([session]);

    /// <summary>Ends every session of an account.</summary>
    public Task EndAllAsync(long accountId) => EndAsync(Of(accountId));

    /// <summary>Notes that an account's person has given the undertaking.</summary>
    public void Undertake(long accountId)
    {
        foreach (var session in Of(accountId))
        {
            _live.TryUpdate(session.Key, session with { HasUndertaken = true, SeenAt = session.SeenAt, WrittenAt = session.WrittenAt }, session);
        }
    }

    /// <summary>How many sessions of an account live.</summary>
    public int CountOf(long accountId) => Of(accountId).Count(session => session.LivesAt(NowMs()));

    private async Task EndAsync(IReadOnlyList<StaffSession> sessions)
    {
        // In memory first: whatever becomes of the disk, no call is let in any more.
        foreach (var session in sessions)
        {
            _live.TryRemove(session.Key, out _);
        }

        await _core.Lane.WriteAsync(scope => Delete(scope, [.. sessions.Select(session => session.Key)]));
    }

    private List<StaffSession> Superseded(StaffSession next)
    {
        var others = Of(next.AccountId);
        var sameDevice = others.Where(session => session.Device == next.Device).ToList();
        return [.. sameDevice, .. others.Except(sameDevice).OrderByDescending(session => session.SeenAt).Skip(StaffLimits.SessionsMax - 1)];
    }

    private List<StaffSession> Of(long accountId) => [.. _live.Values.Where(session => session.AccountId == accountId)];

    private void Add(StaffSession session) => _live[session.Key] = session;

    private void Touch(StaffSession session, long now)
    {
        session.SeenAt = now;
        if (now - session.WrittenAt >= SeenLag.TotalMilliseconds)
        {
            session.WrittenAt = now;
            _ = WriteSeenAsync(session, now);
        }
    }

    private async Task WriteSeenAsync(StaffSession session, long now)
    {
        try
        {
            WriteLane.GoAlone();
            var hash = Convert.FromHexString(session.Key);
            await _core.Lane.WriteAsync(scope => scope.Db.Set<StaffSessionRow>()
                .Where(row => row.Consortium == scope.Consortium && row.TokenHash == hash)
                .ExecuteUpdate(set => set.SetProperty(row => row.SeenAt, now)));
        }
        catch (Exception problem)
        {
            _log.SessionUseNotWritten(problem);
        }
    }

    private static void Delete(WriteScope scope, IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            var hash = Convert.FromHexString(key);
            scope.Db.Set<StaffSessionRow>().Where(row => row.Consortium == scope.Consortium && row.TokenHash == hash).ExecuteDelete();
        }
    }

    private static StaffSession Of(StaffSessionRow row, StaffAccountRow account) =>
        new(Convert.ToHexString(row.TokenHash), row.AccountId, account.UserName, account.RoleSet, row.Device, row.CreatedAt, row.EndsAt)
        {
            SeenAt = row.SeenAt,
            WrittenAt = row.SeenAt,
            HasUndertaken = account.IsMachine || account.UndertakingVersion == Undertakings.Version,
        };

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private static string KeyOf(string token) => Convert.ToHexString(HashOf(token));

    /// <summary>Now, in UTC milliseconds.</summary>
    public long NowMs() => _core.Time.GetUtcNow().ToUnixTimeMilliseconds();
}
