using System.Collections.Concurrent;
using KioskLink.Register.Identity;
using KioskLink.Register.Store;

namespace KioskLink.Register.Staff;

/// <summary>How an account stands.</summary>
/// <param name="Roles">Its roles.</param>
/// <param name="IsLocked">Whether an administrator has locked it.</param>
/// <param name="HasUndertaken">Whether its person has given the undertaking of secrecy that is in force (R43).</param>
internal sealed record StaffStanding(RoleSet Roles, bool IsLocked, bool HasUndertaken);

/// <summary>How accounts stand, in memory so that every call with a certificate can look. Thread-safe.</summary>
internal sealed class StaffStandings
{
    private readonly ConcurrentDictionary<string, StaffStanding> _byName = new(StringComparer.Ordinal);

    /// <summary>Reads every account.</summary>
    public StaffStandings(RegisterCore core)
    {
        using var db = core.Store.Read();
        foreach (var account in db.Set<StaffAccountRow>().Where(row => row.Consortium == core.Store.Consortium))
        {
            Tell(account);
        }
    }

    /// <summary>How the account of a name stands; null when there is none.</summary>
    public StaffStanding? Of(string userName) => _byName.GetValueOrDefault(userName);

    /// <summary>Whether a person's account stands behind an administrator's certificate: not locked, and with the role still.</summary>
    public bool IsAdministrator(string userName) => Of(userName) is { IsLocked: false } account && account.Roles.Has(CallerRole.Administrator);

    /// <summary>Notes how an account stands once that is durable.</summary>
    public void Tell(StaffAccountRow account) => _byName[account.UserName] =
        new StaffStanding(account.RoleSet, account.LockedAt is not null, account.UndertakingVersion == Undertakings.Version);
}
