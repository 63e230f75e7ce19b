using System.ComponentModel.DataAnnotations.Schema;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Alarms;
using KioskLink.Register.Facts;
using KioskLink.Register.Hosting;
using KioskLink.Register.Identity;
using KioskLink.Register.Jobs;
using KioskLink.Register.Store;
using KioskLink.Rules.Alarms;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace KioskLink.Register.Bans;

/// <summary>How the last proof of a branch went.</summary>
[Table("ban_checks")]
[PrimaryKey(nameof(Consortium), nameof(BranchId))]
internal sealed record BanCheckRow
{
    public required string Consortium { get; set; }

    public required string BranchId { get; set; }

    public long CheckedAt { get; set; }

    public bool Enforced { get; set; }

    /// <summary>Why not.</summary>
    public string Problem { get; set; } = "";

    /// <summary>When it was proven last.</summary>
    public long? EnforcedAt { get; set; }
}

/// <summary>
/// Proves each hour at every branch that bans are enforced (R33): a branch that lets a banned holder in, or cannot prove that it does
/// not, is an alarm in the log and a state that staff sees. Thread-safe.
/// </summary>
internal sealed class BanChecks(RegisterCore core, Enforcement enforcement, AlarmBook alarms, ILogger<BanChecks> log) : IJob
{
    /// <inheritdoc/>
    public string Name => "ban-check";

    /// <inheritdoc/>
    public JobSchedule When => JobSchedule.Every(Duration.FromHours(1));

    /// <inheritdoc/>
    public async Task<string> RunAsync(JobCall call, CancellationToken stop)
    {
        var caller = new CallerIdentity(CallerRole.Administrator, core.Profile.Id, call.By, null);
        var failed = new List<string>();
        var branches = core.Index.Branches.Select(branch => branch.Policy.Id).Order(StringComparer.Ordinal).ToList();
        foreach (var branch in branches)
        {
            var problem = ProblemOf(await enforcement.ProveAsync(branch, caller, stop));
            await core.Lane.WriteAsync(scope => Note(scope, branch, problem), stop);
            if (problem.Length > 0)
            {
                log.BanNotEnforced(branch, problem);
                failed.Add(branch);
            }
        }

        return failed.Count == 0 ? $"{branches.Count} branches enforce bans" : $"not proven at {string.Join(", ", failed)}";
    }

    /// <summary>The state of every branch that was checked, by its id.</summary>
    public IReadOnlyList<BanCheck> List()
    {
        using var db = core.Store.Read();
        return [.. db.Set<BanCheckRow>().Where(row => row.Consortium == core.Store.Consortium).OrderBy(row => row.BranchId).AsEnumerable().Select(row => new BanCheck
        {
            BranchId = row.BranchId,
            Enforced = row.Enforced,
            Problem = row.Problem,
            CheckTime = ((long?)row.CheckedAt).ToTimestamp(),
            EnforceTime = row.EnforcedAt.ToTimestamp(),
        })];
    }

    private static string ProblemOf(CheckEnforcementResponse proof)
    {
        if (proof.Enforced)
        {
            return "";
        }

        var open = proof.Results.Where(result => !result.Refused).Select(result => $"{(result.NodeId.Length > 0 ? result.NodeId : "register")}/{result.DoorId}: {result.Problem}");
        var silent = proof.SilentNodeIds.Select(node => $"{node} does not answer");
        return proof.Results.Count == 0 ? "The branch has no doors." : string.Join(" ", open.Concat(silent));
    }

    private void Note(WriteScope scope, string branch, string problem)
    {
        var before = scope.Db.Set<BanCheckRow>().SingleOrDefault(row => row.Consortium == scope.Consortium && row.BranchId == branch);
        var row = new BanCheckRow
        {
            Consortium = scope.Consortium,
            BranchId = branch,
            CheckedAt = scope.NowMs,
            Enforced = problem.Length == 0,
            Problem = problem,
            EnforcedAt = problem.Length == 0 ? scope.NowMs : before?.EnforcedAt,
        };
        _ = before is null ? scope.Db.Add(row) : scope.Db.Update(row);
        var subject = AlarmSubjects.OfRegister("bans", branch);
        alarms.Take(scope, new AlarmPlace(branch, ""), problem.Length > 0 ? AlarmDesk.Raised(AlarmKind.BansNotEnforced, subject, problem, scope.Now) : new AlarmCleared(subject));
    }
}
