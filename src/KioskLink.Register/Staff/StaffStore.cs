using KioskLink.Register.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Staff;

/// <summary>Keeps accounts for ASP.NET Core Identity in the register's own tables; writing goes through the write lane. Thread-safe.</summary>
internal sealed class StaffStore(RegisterCore core, StaffStandings standings) :
    IUserPasswordStore<StaffAccountRow>, IUserSecurityStampStore<StaffAccountRow>
{
    /// <inheritdoc/>
    public async Task<IdentityResult> CreateAsync(StaffAccountRow user, CancellationToken cancellationToken)
    {
        var created = await core.Lane.WriteAsync(scope => Create(scope, user), cancellationToken);
        if (!created.Value)
        {
            return IdentityResult.Failed(new IdentityErrorDescriber().DuplicateUserName(user.UserName));
        }

        standings.Tell(user);
        return IdentityResult.Success;
    }

    /// <inheritdoc/>
    public async Task<IdentityResult> UpdateAsync(StaffAccountRow user, CancellationToken cancellationToken)
    {
        await core.Lane.WriteAsync(
            scope =>
            {
                Tell(scope, user);
                user.ChangedAt = scope.NowMs;
                scope.Db.Update(user);
            },
            cancellationToken);
        standings.Tell(user);
        return IdentityResult.Success;
    }

    /// <summary>Accounts are locked, never deleted.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public Task<IdentityResult> DeleteAsync(StaffAccountRow user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Accounts are locked, never deleted.");

    /// <inheritdoc/>
    public async Task<StaffAccountRow?> FindByIdAsync(string userId, CancellationToken cancellationToken)
    {
        await using var db = core.Store.Read();
        return await db.Set<StaffAccountRow>().SingleOrDefaultAsync(
            row => row.Consortium == core.Store.Consortium && row.AccountId.ToString() == userId, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<StaffAccountRow?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken)
    {
        await using var db = core.Store.Read();
        return await db.Set<StaffAccountRow>().SingleOrDefaultAsync(
            row => row.Consortium == core.Store.Consortium && row.NormalName == normalizedUserName, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<string> GetUserIdAsync(StaffAccountRow user, CancellationToken cancellationToken) =>
        Task.FromResult(user.AccountId.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public Task<string?> GetUserNameAsync(StaffAccountRow user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.UserName);

    /// <inheritdoc/>
    public Task SetUserNameAsync(StaffAccountRow user, string? userName, CancellationToken cancellationToken) => Set(() => user.UserName = userName ?? "");

    /// <inheritdoc/>
    public Task<string?> GetNormalizedUserNameAsync(StaffAccountRow user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.NormalName);

    /// <inheritdoc/>
    public Task SetNormalizedUserNameAsync(StaffAccountRow user, string? normalizedName, CancellationToken cancellationToken) =>
        Set(() => user.NormalName = normalizedName ?? "");

    /// <inheritdoc/>
    public Task SetPasswordHashAsync(StaffAccountRow user, string? passwordHash, CancellationToken cancellationToken) =>
        Set(() => user.PasswordHash = passwordHash ?? "");

    /// <inheritdoc/>
    public Task<string?> GetPasswordHashAsync(StaffAccountRow user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.PasswordHash.Length > 0 ? user.PasswordHash : null);

    /// <inheritdoc/>
    public Task<bool> HasPasswordAsync(StaffAccountRow user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash.Length > 0);

    /// <inheritdoc/>
    public Task SetSecurityStampAsync(StaffAccountRow user, string stamp, CancellationToken cancellationToken) => Set(() => user.SecurityStamp = stamp);

    /// <inheritdoc/>
    public Task<string?> GetSecurityStampAsync(StaffAccountRow user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing of its own: connections live as long as a reading.
    }

    private static bool Create(WriteScope scope, StaffAccountRow user)
    {
        if (scope.Db.Set<StaffAccountRow>().Any(row => row.Consortium == scope.Consortium && row.NormalName == user.NormalName))
        {
            return false;
        }

        Tell(scope, user);
        (user.CreatedAt, user.ChangedAt) = (scope.NowMs, scope.NowMs);
        scope.Db.Add(user);
        scope.Db.SaveChanges();
        return true;
    }

    private static void Tell(WriteScope scope, StaffAccountRow user) => scope.About([], $"account {user.UserName}");

    private static Task Set(Action change)
    {
        change();
        return Task.CompletedTask;
    }
}
