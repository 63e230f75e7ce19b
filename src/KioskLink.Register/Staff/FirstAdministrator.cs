using KioskLink.Register.Hosting;
using KioskLink.Register.Identity;
using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Staff;

/// <summary>
/// The person whose certificate <c>register init</c> writes (R41): an administrator's account from the start, with the certificate alone
/// until its person sets a password.
/// </summary>
internal static class FirstAdministrator
{
    private const string By = "register";
    private const string Form = "3 to 32 lower-case letters, digits, '.', '-' or '_', beginning with a letter";

    /// <summary>The account's name: the one that was given, or else the user of the machine.</summary>
    /// <exception cref="StartProblem">It can be no account's.</exception>
    public static string Named(string? given, string systemUser)
    {
        if (given is not null && !AccountName.IsOne(given))
        {
            throw new StartProblem($"--administrator must be the user name of one person, {Form}, and no name of the register's own; write it like `--administrator maija`.");
        }

        return given ?? (AccountName.IsOne(systemUser)
            ? systemUser
            : throw new StartProblem($"The user of this machine has no name that an account may have: say whose the first certificate is with `--administrator maija`, {Form}."));
    }

    /// <summary>Makes the account in a store that nobody else has open.</summary>
    /// <exception cref="StoreProblem">The store cannot be used.</exception>
    public static void Write(RegisterStore store, string userName, TimeProvider time)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        using var db = store.Read();
        db.Add(new StaffAccountRow
        {
            Consortium = store.Consortium,
            UserName = userName,
            NormalName = userName.ToUpperInvariant(),
            PersonName = userName,
            Roles = RoleSet.Administrators.Bits,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            CreatedAt = now,
            CreatedBy = By,
            ChangedAt = now,
            ChangedBy = By,
        });
        try
        {
            db.SaveChanges();
        }
        catch (DbUpdateException problem)
        {
            throw new StoreProblem("The first administrator's account cannot be written: check that the disk has room, and that the data folder holds no other register's database.", problem);
        }
    }
}
