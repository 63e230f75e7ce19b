using KioskLink.Register.Audit;
using KioskLink.Register.Hosting;

namespace KioskLink.Register.Identity;

/// <summary>
/// Lines of the log about calls that nobody known made: so many a minute, beyond that their number, so that knocking does not push
/// alarms and the ends of the audit chain out of the log's files. Thread-safe.
/// </summary>
internal sealed class RefusedLines(TimeProvider time, ILogger<RefusedLines> log) : IDisposable
{
    private readonly KnockBudget _budget = new(time, gathered => log.CallsRefused(gathered));

    /// <summary>Tells of a refused call.</summary>
    public void Tell(string method, string peer, string reason, string? subject)
    {
        if (_budget.Take())
        {
            log.CallRefused(method, peer, reason, subject);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _budget.Dispose();
}
