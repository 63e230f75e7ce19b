using System.Text;
using Google.Protobuf;
using Grpc.Core;
using KioskLink.Register.Audit;
using KioskLink.Register.Identity;
using KioskLink.Register.Requests;

using KioskLink.Register.Store;

namespace KioskLink.Register.Staff;

/// <summary>A session that was begun.</summary>
/// <param name="Session">The session.</param>
/// <param name="Token">Its token, for the caller alone.</param>
/// <param name="Account">Its account.</param>
/// <param name="DeviceKey">What makes the device known from now on, for the caller alone.</param>
internal sealed record SignedIn(StaffSession Session, string Token, StaffAccountRow Account, string DeviceKey)
{
    /// <summary>Without what must not be printed.</summary>
    public override string ToString() => Session.ToString();
}

/// <summary>
/// Proves who signs in (R41): password and, for persons, a code of their app. Whatever is wrong, the answer and its time are the
/// same: where there is nothing to count, nobody's failure is written all the same. Failures are counted one by one, by account and place.
/// </summary>
internal sealed class SignInDesk(StaffManager manager, StaffGates gates, StaffSessions sessions, SignInLocks locks)
{
    /// <summary>Signs a person in.</summary>
    /// <exception cref="RpcException">UNAUTHENTICATED, or RESOURCE_EXHAUSTED.</exception>
    public Task<SignedIn> PersonAsync(string userName, ByteString password, string code, SignInPlace place, CallAudit audit, CancellationToken cancel) =>
        ProveAsync(userName, password, Code(code), place, audit, BeginAt(place), cancel);

    /// <summary>Signs a robot (R36) or an e-service (R31) in.</summary>
    /// <exception cref="RpcException">UNAUTHENTICATED, or RESOURCE_EXHAUSTED.</exception>
    public Task<SignedIn> MachineAsync(string userName, ByteString password, SignInPlace place, CallAudit audit, CancellationToken cancel) =>
        ProveAsync(userName, password, account => Task.FromResult(account.IsMachine), place, audit, BeginAt(place), cancel);

    /// <summary>Proves a person without a session of the register: the pages of a node have their own.</summary>
    /// <exception cref="RpcException">UNAUTHENTICATED, or RESOURCE_EXHAUSTED.</exception>
    public Task<StaffAccountRow> WithoutSessionAsync(string userName, ByteString password, string code, SignInPlace place, CallAudit audit, CancellationToken cancel) =>
        ProveAsync(userName, password, Code(code), place, audit, ForgiveAsync, cancel);

    private static Task<bool> No => Task.FromResult(false);

    private Func<StaffAccountRow, Task<bool>> Code(string code) => account => !account.IsMachine ? manager.VerifyTwoFactorTokenAsync(account, TotpProvider.Name, code) : No;

    private Func<StaffAccountRow, SignInStanding, Task<SignedIn>> BeginAt(SignInPlace place) => async (account, from) =>
    {
        var (session, token) = await sessions.BeginAsync(account, place.Device);
        return new SignedIn(session, token, account, await locks.SucceedAsync(account, from, place.DeviceKey));
    };

    // A node's page has no browser of the register to know again.
    private async Task<StaffAccountRow> ForgiveAsync(StaffAccountRow account, SignInStanding from)
    {
        await locks.ForgiveAsync(account, from);
        return account;
    }

    private async Task<T> ProveAsync<T>(
        string userName, ByteString password, Func<StaffAccountRow, Task<bool>> second, SignInPlace place, CallAudit audit, Func<StaffAccountRow, SignInStanding, Task<T>> then, CancellationToken cancel)
    {
        Field.Required(userName, "user_name", Field.IdMax);
        if (password.Length is 0 or > StaffLimits.PasswordMax)
        {
            throw Field.Wrong("password", $"must have 1 to {StaffLimits.PasswordMax} bytes");
        }

        // Counters and a session whose token is not told before the call's row: no unit of it needs one of its own.
        WriteLane.GoAlone();
        using var hash = await gates.OfHashAsync(place.Source, cancel);
        var text = Encoding.UTF8.GetString(password.Span);
        if (await manager.FindByNameAsync(userName) is not { PasswordHash.Length: > 0 } known)
        {
            manager.CheckNobodys(text);
            await manager.FailNobodyAsync();
            throw Wrong();
        }

        audit.Fields($"account {known.UserName}");
        using var turn = await gates.OfAccountAsync(known.AccountId, cancel);
        var account = await manager.FindByNameAsync(userName) ?? throw Wrong();
        var from = await locks.StandingAsync(account, place);
        await ProveAsync(account, from, text, second);
        audit.By(account.UserName, account.RoleSet.Roles().First());
        return await then(account, from);
    }

    private async Task ProveAsync(StaffAccountRow account, SignInStanding from, string password, Func<StaffAccountRow, Task<bool>> second)
    {
        var isLocked = from.IsShut || account.LockedAt is not null;
        var isRight = await manager.CheckPasswordAsync(account, password) && !isLocked && await second(account);
        if (!isRight)
        {
            await (isLocked ? manager.FailNobodyAsync() : locks.FailAsync(account, from));
            throw Wrong();
        }

        await manager.UpdateAsync(account);
    }

    private static RpcException Wrong() => Refused.With(
        StatusCode.Unauthenticated, "SIGN_IN_REFUSED", "User name, password or code is wrong, the code was used already, or the account is locked; try again, or ask an administrator.");
}
