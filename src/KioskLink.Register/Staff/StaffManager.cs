using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace KioskLink.Register.Staff;

/// <summary>Identity's user manager, which compares and counts for names that nobody has too; <see cref="SignInLocks"/> counts for accounts.</summary>
internal sealed class StaffManager(
    IUserStore<StaffAccountRow> store,
    IOptions<IdentityOptions> options,
    IPasswordHasher<StaffAccountRow> hasher,
    IEnumerable<IUserValidator<StaffAccountRow>> userValidators,
    IEnumerable<IPasswordValidator<StaffAccountRow>> passwordValidators,
    ILookupNormalizer normalizer,
    IdentityErrorDescriber errors,
    IServiceProvider services,
    ILogger<UserManager<StaffAccountRow>> log,
    NobodysFailures nobody)
    : UserManager<StaffAccountRow>(store, options, hasher, userValidators, passwordValidators, normalizer, errors, services, log)
{
    /// <summary>What an unknown name's password is compared with, so that it costs the same time.</summary>
    private static readonly string Nobody = new PasswordHasher<StaffAccountRow>(
        Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = StaffLimits.HashIterations })).HashPassword(NoAccount, "nobody");

    private const string NoName = "nobody";

    private static StaffAccountRow NoAccount => new() { Consortium = "" };

    /// <summary>Writes a failure of nobody: as long as <see cref="SignInLocks.FailAsync"/> takes, so that no name's existence or lock can be timed.</summary>
    public async Task<IdentityResult> FailNobodyAsync()
    {
        await FindByNameAsync(NoName);
        return await nobody.FailAsync();
    }

    /// <summary>Compares a password with nobody's: as long as a real comparison takes.</summary>
    public void CheckNobodys(string password) => PasswordHasher.VerifyHashedPassword(NoAccount, Nobody, password);
}
