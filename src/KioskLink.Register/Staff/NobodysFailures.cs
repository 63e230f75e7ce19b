using KioskLink.Register.Store;
using Microsoft.AspNetCore.Identity;

namespace KioskLink.Register.Staff;

/// <summary>Counts failures of names that nobody has, for the time that it takes and not for the number. Thread-safe.</summary>
internal sealed class NobodysFailures(RegisterCore core)
{
    private const string Count = """
        INSERT INTO staff_nobody (consortium, failures) VALUES ($consortium, 1)
        ON CONFLICT (consortium) DO UPDATE SET failures = failures + 1
        """;

    /// <summary>One more, durable when it ends.</summary>
    public async Task<IdentityResult> FailAsync()
    {
        await core.Lane.WriteAsync(scope => Sql.Run(scope.Db, Count, ("$consortium", scope.Consortium)));
        return IdentityResult.Success;
    }
}
