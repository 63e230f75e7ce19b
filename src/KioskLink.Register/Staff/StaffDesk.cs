using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using KioskLink.Register.Identity;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;

namespace KioskLink.Register.Staff;

/// <summary>A one-time secret and its end.</summary>
/// <param name="Secret">The secret, for its person alone.</param>
/// <param name="Ends">When it ends.</param>
internal sealed record SetUpSecret(string Secret, DateTimeOffset Ends)
{
    /// <summary>Without what must not be printed.</summary>
    public override string ToString() => $"secret until {Ends:O}";
}

/// <summary>Makes and changes accounts (R41): one person an account, roles by duty, sessions end with every change.</summary>
internal sealed class StaffDesk(
    RegisterCore core, StaffManager manager, TotpProvider totp, StaffGates gates, StaffSessions sessions, SignInLocks locks, StaffStandings standings)
{
    private const int SecretBytes = 20;

    /// <summary>Makes an account and the secret to set it up with.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT names the field; ALREADY_EXISTS.</exception>
    public async Task<(StaffAccountRow Account, SetUpSecret Secret)> CreateAsync(string userName, string personName, RoleSet roles, string by)
    {
        if (!AccountName.IsOne(userName))
        {
            throw Field.Wrong("user_name", "must be 3 to 32 lower-case letters, digits, '.', '-' or '_', begin with a letter, and be no name of the register's own");
        }

        var account = new StaffAccountRow
        {
            Consortium = core.Store.Consortium,
            UserName = userName,
            PersonName = Field.Required(personName, "person_name"),
            Roles = roles.Bits,
            CreatedBy = by,
            ChangedBy = by,
        };
        var secret = NewSecret(account);
        var made = await manager.CreateAsync(account);
        return made.Succeeded
            ? (account, secret)
            : throw Refused.With(StatusCode.AlreadyExists, "USER_NAME_TAKEN", "The user name is taken, and a name is never given twice; choose another.");
    }

    /// <summary>Sets an account up; the second factor's secret, or null for robots, which the caller wipes.</summary>
    /// <exception cref="RpcException">UNAUTHENTICATED; INVALID_ARGUMENT for a weak password.</exception>
    public async Task<byte[]?> SetUpAsync(string userName, string secret, ByteString password, SignInPlace place, CancellationToken cancel)
    {
        Field.Required(userName, "user_name", Field.IdMax);
        Field.Required(secret, "set_up_secret");
        using var hash = await gates.OfHashAsync(place.Source, cancel);
        var known = await manager.FindByNameAsync(userName) ?? throw WrongSecret();
        using var turn = await gates.OfAccountAsync(known.AccountId, cancel);
        var account = await manager.FindByNameAsync(userName) ?? throw WrongSecret();
        RequireSecret(account, secret);
        RequireLength(password);
        var factor = account.IsMachine ? null : totp.Renew(account);
        (account.SetUpHash, account.LockoutEnds) = (null, null);
        var added = await manager.AddPasswordAsync(account, Encoding.UTF8.GetString(password.Span));
        if (!added.Succeeded)
        {
            throw Field.Wrong("password", $"is too weak: {string.Join(' ', added.Errors.Select(error => error.Description))}");
        }

        await locks.ClearAsync(account.AccountId, forgetDevices: true);
        return factor;
    }

    /// <summary>Takes password and second factor from an account; its sessions end. The own one may be set up, and not anew.</summary>
    /// <exception cref="RpcException">NOT_FOUND; FAILED_PRECONDITION for the own account.</exception>
    public async Task<SetUpSecret> ResetAsync(string userName, string by)
    {
        SetUpSecret? secret = null;
        await ChangeAsync(userName, by, account =>
        {
            if (account.UserName == by && account.PasswordHash.Length > 0)
            {
                throw OwnAccount();
            }

            secret = NewSecret(account);
            (account.PasswordHash, account.TotpSecret, account.TotpStep) = ("", null, 0);
        });
        return secret!;
    }

    /// <summary>Changes an account; its sessions end.</summary>
    /// <exception cref="RpcException">NOT_FOUND.</exception>
    public async Task<StaffAccountRow> ChangeAsync(string userName, string by, Action<StaffAccountRow> change)
    {
        Field.Required(userName, "user_name", Field.IdMax);
        var known = await manager.FindByNameAsync(userName) ?? throw Field.Missing("account");
        using var turn = await gates.OfAccountAsync(known.AccountId, CancellationToken.None);
        var account = await manager.FindByNameAsync(userName) ?? throw Field.Missing("account");
        change(account);
        account.ChangedBy = by;
        await manager.UpdateSecurityStampAsync(account);
        await sessions.EndAllAsync(account.AccountId);
        return account;
    }

    /// <summary>Records that a person gave the undertaking of secrecy (R43).</summary>
    /// <param name="userName">Who calls, by session or certificate.</param>
    /// <param name="device">Where.</param>
    /// <exception cref="RpcException">NOT_FOUND for a certificate that names no person.</exception>
    public async Task<StaffAccountRow> UndertakeAsync(string userName, string device)
    {
        var known = await manager.FindByNameAsync(userName) ?? throw Field.Missing("account");
        using var turn = await gates.OfAccountAsync(known.AccountId, CancellationToken.None);
        var account = await manager.FindByNameAsync(userName) ?? throw Field.Missing("account");
        if (account.UndertakingVersion != Undertakings.Version)
        {
            await core.Lane.WriteAsync(scope => Undertake(scope, account, device));
        }

        sessions.Undertake(account.AccountId);
        standings.Tell(account);
        return account;
    }

    /// <summary>What is said to whoever would change what the own account may do.</summary>
    public static RpcException OwnAccount() => Refused.With(
        StatusCode.FailedPrecondition, "OWN_ACCOUNT", "Nobody changes the own account's roles or second factor; ask another administrator.");

    private static void Undertake(WriteScope scope, StaffAccountRow account, string device)
    {
        scope.About([], "undertaking");
        (account.UndertakingVersion, account.UndertakingAt) = (Undertakings.Version, scope.NowMs);
        scope.Db.Update(account);
        scope.Db.Add(new StaffUndertakingRow
        {
            Consortium = scope.Consortium,
            AccountId = account.AccountId,
            Version = Undertakings.Version,
            AcceptedAt = scope.NowMs,
            Device = device,
        });
    }

    private SetUpSecret NewSecret(StaffAccountRow account)
    {
        var secret = new SetUpSecret(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)), core.Time.GetUtcNow() + StaffLimits.SetUpFor);
        (account.SetUpHash, account.SetUpEnds) = (HashOf(secret.Secret), secret.Ends.ToUnixTimeMilliseconds());
        return secret;
    }

    private void RequireSecret(StaffAccountRow account, string secret)
    {
        var isRight = account.SetUpHash is { } stored && CryptographicOperations.FixedTimeEquals(stored, HashOf(secret));
        if (!isRight || account.LockedAt is not null || account.SetUpEnds <= core.Time.GetUtcNow().ToUnixTimeMilliseconds())
        {
            throw WrongSecret();
        }
    }

    private static void RequireLength(ByteString password)
    {
        if (password.Length is < StaffLimits.PasswordMin or > StaffLimits.PasswordMax)
        {
            throw Field.Wrong("password", $"must have {StaffLimits.PasswordMin} to {StaffLimits.PasswordMax} characters");
        }
    }

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private static RpcException WrongSecret() => Refused.With(
        StatusCode.Unauthenticated, "SET_UP_REFUSED", "The secret is wrong, was used already or has ended; ask an administrator for a new one.");
}
