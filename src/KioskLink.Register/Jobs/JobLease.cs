using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace KioskLink.Register.Jobs;

/// <summary>The one lease under which jobs run, so that of several registers over one database only one runs them. Thread-safe.</summary>
internal sealed class JobLease(RegisterCore core)
{
    /// <summary>How long a lease lasts without being renewed; a register that died gives it up after that.</summary>
    public static readonly Duration Length = Duration.FromMinutes(10);

    private readonly string _holder = Guid.NewGuid().ToString("N");

    /// <summary>Takes the lease, or renews it; false while another register has it.</summary>
    public async Task<bool> TakeAsync() => (await core.Lane.WriteAsync(Take).ConfigureAwait(false)).Value;

    /// <summary>Gives it up, as at the end of the process.</summary>
    public Task ReleaseAsync() => core.Lane.WriteAsync(scope =>
    {
        scope.Db.Set<JobLeaseRow>().Where(row => row.Consortium == scope.Consortium && row.Holder == _holder).ExecuteDelete();
    });

    private bool Take(WriteScope scope) => Sql.Run(
        scope.Db,
        """
        INSERT INTO job_leases (consortium, holder, until) VALUES ($consortium, $holder, $until)
        ON CONFLICT (consortium) DO UPDATE SET holder = excluded.holder, until = excluded.until
        WHERE job_leases.holder = excluded.holder OR job_leases.until < $now
        """,
        ("$consortium", scope.Consortium), ("$holder", _holder),
        ("$until", (scope.Now + Length).ToUnixTimeMilliseconds()), ("$now", scope.NowMs)) > 0;
}
