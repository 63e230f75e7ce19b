using KioskLink.Register.Hosting;
using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Staff;

/// <summary>How a place stands towards an account.</summary>
/// <param name="Place">The place, as failures name it.</param>
/// <param name="IsKnown">Whether it is a device that is known for the account.</param>
/// <param name="IsShut">Whether wrong passwords shut it out now.</param>
internal sealed record SignInStanding(string Place, bool IsKnown, bool IsShut);

/// <summary>How wrong passwords have shut an account.</summary>
/// <param name="Places">Places that are shut out.</param>
/// <param name="Everywhere">Whether every place but known devices is.</param>
/// <param name="UntilMs">Until when the last of them is; null when none is.</param>
internal sealed record AccountShut(int Places, bool Everywhere, long? UntilMs);

/// <summary>
/// Counts wrong passwords by account and place (R41), so that a guesser shuts out itself: five from one place shut the place out, many
/// from many places shut out every place but the devices from which the account's person has signed in, which are counted each for
/// itself. Whoever changes an account's rows has its gate; reading is thread-safe.
/// </summary>
internal sealed class SignInLocks(RegisterCore core, ILogger<SignInLocks> log)
{
    /// <summary>How a place stands towards an account.</summary>
    public async Task<SignInStanding> StandingAsync(StaffAccountRow account, SignInPlace place)
    {
        var now = core.Now().ToUnixTimeMilliseconds();
        await using var db = core.Store.Read();
        var hash = DeviceKey.HashOf(place.DeviceKey);
        var isKnown = hash is not null && await DevicesOf(db, core.Store.Consortium, account.AccountId).AnyAsync(row => row.KeyHash == hash && row.UsedAt > now - KeptMs(StaffLimits.DeviceKept));
        var name = isKnown ? DeviceKey.PlaceOf(hash!) : place.Network;
        var row = await FailuresOf(db, core.Store.Consortium, account.AccountId).SingleOrDefaultAsync(row => row.Place == name);
        return new SignInStanding(name, isKnown, row?.IsShutAt(now) == true || (!isKnown && account.LockoutEnds > now));
    }

    /// <summary>Counts a failure, durable when it ends.</summary>
    public async Task FailAsync(StaffAccountRow account, SignInStanding from)
    {
        var isShut = await core.Lane.WriteAsync(scope => Fail(scope, account, from));
        if (isShut.Value)
        {
            log.AccountShut(account.AccountId, StaffLimits.FailuresOfAllMax);
        }
    }

    /// <summary>Notes that the account's person has signed in: what the place failed is forgiven, and the device known from now on.</summary>
    /// <returns>The device's key.</returns>
    public async Task<string> SucceedAsync(StaffAccountRow account, SignInStanding from, string key)
    {
        var kept = DeviceKey.HashOf(key) is { } hash && await IsAnybodysAsync(hash) ? key : DeviceKey.New();
        await core.Lane.WriteAsync(scope =>
        {
            FailuresOf(scope.Db, scope.Consortium, account.AccountId).Where(row => row.Place == from.Place).ExecuteDelete();
            Know(scope, account.AccountId, DeviceKey.HashOf(kept)!);
        });
        return kept;
    }

    /// <summary>Notes that the account's person has signed in where no device is kept: what the place failed is forgiven.</summary>
    public Task ForgiveAsync(StaffAccountRow account, SignInStanding from) => core.Lane.WriteAsync(scope =>
    {
        FailuresOf(scope.Db, scope.Consortium, account.AccountId).Where(row => row.Place == from.Place).ExecuteDelete();
    });

    /// <summary>Forgives every failure of an account, and forgets its devices where their keys may be in wrong hands.</summary>
    public Task ClearAsync(long accountId, bool forgetDevices) => core.Lane.WriteAsync(scope =>
    {
        FailuresOf(scope.Db, scope.Consortium, accountId).ExecuteDelete();
        if (forgetDevices)
        {
            DevicesOf(scope.Db, scope.Consortium, accountId).ExecuteDelete();
        }
    });

    /// <summary>How wrong passwords have shut an account.</summary>
    public AccountShut Of(StaffAccountRow account)
    {
        var now = core.Now().ToUnixTimeMilliseconds();
        using var db = core.Store.Read();
        var shut = FailuresOf(db, core.Store.Consortium, account.AccountId).Where(row => row.ShutUntil > now).Select(row => row.ShutUntil).ToList();
        var isEverywhere = account.LockoutEnds > now;
        return new AccountShut(shut.Count, isEverywhere, isEverywhere ? shut.Append(account.LockoutEnds).Max() : shut.Max());
    }

    private async Task<bool> IsAnybodysAsync(byte[] hash)
    {
        await using var db = core.Store.Read();
        return await db.Set<StaffDeviceRow>().AnyAsync(row => row.Consortium == core.Store.Consortium && row.KeyHash == hash);
    }

    /// <summary>Counts one more, and says whether the account is shut to all places by it.</summary>
    private static bool Fail(WriteScope scope, StaffAccountRow account, SignInStanding from)
    {
        Forget(scope);
        var mine = FailuresOf(scope.Db, scope.Consortium, account.AccountId);
        var before = mine.SingleOrDefault(row => row.Place == from.Place);
        var after = (before ?? New(scope, account, from)).Failed(scope.NowMs);
        scope.Db.Entry(after).State = before is null ? EntityState.Added : EntityState.Modified;
        scope.Db.SaveChanges();
        if (from.IsKnown || mine.Where(row => !row.IsKnown).Sum(row => row.Counted) < StaffLimits.FailuresOfAllMax)
        {
            return false;
        }

        mine.ExecuteUpdate(set => set.SetProperty(row => row.Counted, 0));
        account.LockoutEnds = scope.NowMs + KeptMs(StaffLimits.Lockout);
        scope.Db.Set<StaffAccountRow>().Where(row => row.AccountId == account.AccountId)
            .ExecuteUpdate(set => set.SetProperty(row => row.LockoutEnds, account.LockoutEnds));
        return true;
    }

    private static StaffFailureRow New(WriteScope scope, StaffAccountRow account, SignInStanding from) =>
        new() { Consortium = scope.Consortium, AccountId = account.AccountId, Place = from.Place, IsKnown = from.IsKnown };

    private static void Know(WriteScope scope, long accountId, byte[] hash)
    {
        var row = new StaffDeviceRow { Consortium = scope.Consortium, AccountId = accountId, KeyHash = hash, UsedAt = scope.NowMs };
        var mine = DevicesOf(scope.Db, scope.Consortium, accountId);
        scope.Db.Entry(row).State = mine.Any(old => old.KeyHash == hash) ? EntityState.Modified : EntityState.Added;
        scope.Db.SaveChanges();
        var last = mine.OrderByDescending(old => old.UsedAt).Skip(StaffLimits.DevicesMax - 1).Select(old => old.UsedAt).FirstOrDefault();
        var oldest = Math.Max(last, scope.NowMs - KeptMs(StaffLimits.DeviceKept));
        mine.Where(old => old.UsedAt < oldest).ExecuteDelete();
    }

    // An address of somebody who once mistyped a password is kept no longer than it counts.
    private static void Forget(WriteScope scope)
    {
        var oldest = scope.NowMs - KeptMs(StaffLimits.FailuresKept);
        scope.Db.Set<StaffFailureRow>().Where(row => row.Consortium == scope.Consortium && row.FailedAt < oldest).ExecuteDelete();
    }

    private static IQueryable<StaffFailureRow> FailuresOf(RegisterDb db, string consortium, long accountId) =>
        db.Set<StaffFailureRow>().Where(row => row.Consortium == consortium && row.AccountId == accountId);

    private static IQueryable<StaffDeviceRow> DevicesOf(RegisterDb db, string consortium, long accountId) =>
        db.Set<StaffDeviceRow>().Where(row => row.Consortium == consortium && row.AccountId == accountId);

    private static long KeptMs(TimeSpan span) => (long)span.TotalMilliseconds;
}
