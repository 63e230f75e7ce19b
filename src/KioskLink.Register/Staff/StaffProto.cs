using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Staff;

/// <summary>Accounts as administrators see them. Thread-safe.</summary>
internal sealed class StaffProto(RegisterCore core, StaffSessions sessions, SignInLocks locks)
{
    private const string AccountList = "accounts-page";

    /// <summary>An account.</summary>
    public StaffAccount Account(StaffAccountRow row)
    {
        var shut = locks.Of(row);
        var account = new StaffAccount
        {
            UserName = row.UserName,
            PersonName = row.PersonName,
            SetUp = row.PasswordHash.Length > 0,
            Locked = row.LockedAt is not null,
            LockedUntil = shut.UntilMs.ToTimestamp(),
            ShutOutPlaces = shut.Places,
            ShutOutEverywhere = shut.Everywhere,
            UndertakingVersion = row.UndertakingVersion,
            UndertakingTime = row.UndertakingAt.ToTimestamp(),
            Sessions = sessions.CountOf(row.AccountId),
            CreateTime = Instant.FromUnixTimeMilliseconds(row.CreatedAt).ToProto(),
            CreatedBy = row.CreatedBy,
        };
        account.Roles.AddRange(StaffRoles.Write(row.RoleSet));
        return account;
    }

    /// <summary>The undertaking that a person has still to give; null when it was given.</summary>
    public static Undertaking? Pending(StaffAccountRow row)
    {
        var isGiven = row.IsMachine || row.UndertakingVersion == Undertakings.Version;
        return isGiven ? null : InForce();
    }

    /// <summary>The undertaking in force.</summary>
    public static Undertaking InForce()
    {
        var undertaking = new Undertaking { Version = Undertakings.Version };
        undertaking.Texts.AddRange(Undertakings.Texts.Select(text => new UndertakingText { Language = text.Key, Text = text.Value }));
        return undertaking;
    }

    /// <summary>One page of accounts, by name.</summary>
    public ListAccountsResponse List(ListAccountsRequest request)
    {
        var size = Field.PageSize(request.PageSize);
        var after = SealedToken.Open(core.Store.Vault, AccountList, request.PageToken);
        using var db = core.Store.Read();
        var page = db.Set<StaffAccountRow>()
            .Where(row => row.Consortium == core.Store.Consortium && string.Compare(row.UserName, after) > 0)
            .OrderBy(row => row.UserName)
            .Take(size + 1)
            .ToList();
        var response = new ListAccountsResponse { NextPageToken = page.Count > size ? SealedToken.Of(core.Store.Vault, AccountList, page[size - 1].UserName) : "" };
        response.Accounts.AddRange(page.Take(size).Select(Account));
        return response;
    }
}
