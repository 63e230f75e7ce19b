using KioskLink.Register.Alarms;
using KioskLink.Register.Audit;
using KioskLink.Register.Hosting;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using KioskLink.Rules.Alarms;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace KioskLink.Register.Jobs;

/// <summary>Runs jobs, one at a time, under the lease, and keeps what became of them. Thread-safe.</summary>
internal sealed class JobRunner(RegisterCore core, JobLease lease, IEnumerable<IJob> jobs, AlarmBook alarms, AuditLog audit, ILogger<JobRunner> log) : IDisposable
{
    /// <summary>Runs of a job that are kept.</summary>
    public const int RunsKept = 100;

    /// <summary>How long after a failure a job that is due is tried again.</summary>
    public static readonly Duration RetryAfter = Duration.FromMinutes(15);

    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly List<IJob> _jobs = [.. jobs.OrderBy(job => job.Name, StringComparer.Ordinal)];

    /// <summary>Every job, by name.</summary>
    public IReadOnlyList<IJob> All => _jobs;

    /// <summary>Runs every job that is due. A due time that the register slept through is caught up once.</summary>
    public async Task RunDueAsync(CancellationToken stop)
    {
        if (!await lease.TakeAsync())
        {
            return;
        }

        foreach (var job in _jobs)
        {
            if (await DueAsync(job) is { } due)
            {
                await RunAsync(job, JobCall.System, due, stop);
            }
        }
    }

    /// <summary>Runs a job because somebody asks.</summary>
    /// <exception cref="Grpc.Core.RpcException">NOT_FOUND for an unknown job.</exception>
    public Task<JobRunRow> RunAsync(string name, string by, CancellationToken stop) =>
        RunAsync(_jobs.Find(job => job.Name == name) ?? throw Field.Missing("job"), by, null, stop);

    /// <inheritdoc/>
    public void Dispose() => _oneAtATime.Dispose();

    private async Task<JobRunRow> RunAsync(IJob job, string by, Instant? due, CancellationToken stop)
    {
        await _oneAtATime.WaitAsync(stop);
        try
        {
            var run = await BeginAsync(job, by, due);
            return await EndAsync(run, await WorkAsync(job, new JobCall(by, Instant.FromUnixTimeMilliseconds(run.StartedAt), due), stop));
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async Task<(string Summary, bool Failed)> WorkAsync(IJob job, JobCall call, CancellationToken stop)
    {
        try
        {
            // A job that notes its own parts changes nothing outside them.
            return (await audit.NotedAsync(subjects => subjects.Count == 0 ? null : Entry(job, call, subjects), () => job.RunAsync(call, stop)), false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            // Its message may quote data, so that only its kind is kept.
            log.JobFailed(job.Name, failure.GetType().Name);
            return ($"failed: {failure.GetType().Name}", true);
        }
    }

    private static AuditEntry Entry(IJob job, JobCall call, IReadOnlyCollection<long> subjects) =>
        AuditEntry.OfJob(call.By == JobCall.System ? job.Name : call.By, $"{job.Name}/run", job.Purpose) with { Subjects = subjects };

    private async Task<JobRunRow> BeginAsync(IJob job, string by, Instant? due) => (await core.Lane.WriteAsync(scope =>
    {
        var run = new JobRunRow
        {
            Consortium = scope.Consortium,
            Name = job.Name,
            DueAt = due?.ToUnixTimeMilliseconds(),
            AskedBy = by,
            StartedAt = scope.NowMs,
        };
        scope.Db.Add(run);
        scope.Db.SaveChanges();
        return run;
    })).Value;

    private async Task<JobRunRow> EndAsync(JobRunRow run, (string Summary, bool Failed) end) => (await core.Lane.WriteAsync(scope =>
    {
        var ended = run with { EndedAt = scope.NowMs, Failed = end.Failed, Summary = end.Summary };
        scope.Db.Update(ended);
        if (run.DueAt is { } due && !end.Failed)
        {
            scope.Db.Set<JobRow>().Where(row => row.Consortium == scope.Consortium && row.Name == run.Name && row.DoneUntil < due)
                .ExecuteUpdate(set => set.SetProperty(row => row.DoneUntil, due));
        }

        var ofJob = scope.Db.Set<JobRunRow>().Where(row => row.Consortium == scope.Consortium && row.Name == run.Name);
        var oldest = ofJob.OrderByDescending(row => row.RunId).Skip(RunsKept).Select(row => row.RunId).FirstOrDefault();
        ofJob.Where(row => row.RunId <= oldest).ExecuteDelete();
        var subject = AlarmSubjects.OfRegister("job", run.Name);
        alarms.Take(scope, AlarmPlace.Register, end.Failed ? AlarmDesk.Raised(AlarmKind.JobFailed, subject, end.Summary, scope.Now) : new AlarmCleared(subject));
        return ended;
    })).Value;

    private async Task<Instant?> DueAsync(IJob job)
    {
        if (job.When.LastDue(core.Now()) is not { } due)
        {
            return null;
        }

        var (doneUntil, failedAt) = (await core.Lane.WriteAsync(scope => Stand(scope, job.Name))).Value;
        return due.ToUnixTimeMilliseconds() > doneUntil && failedAt + RetryAfter.TotalMilliseconds <= core.Now().ToUnixTimeMilliseconds() ? due : null;
    }

    // What was due before the register knew the job is not caught up: nobody is deleted because a program was installed.
    private static (long DoneUntil, long FailedAt) Stand(WriteScope scope, string name)
    {
        var row = scope.Db.Set<JobRow>().SingleOrDefault(row => row.Consortium == scope.Consortium && row.Name == name);
        if (row is null)
        {
            scope.Db.Add(new JobRow { Consortium = scope.Consortium, Name = name, DoneUntil = scope.NowMs });
        }

        var last = scope.Db.Set<JobRunRow>().Where(run => run.Consortium == scope.Consortium && run.Name == name).OrderByDescending(run => run.RunId).FirstOrDefault();
        return (row?.DoneUntil ?? scope.NowMs, last is { Failed: true, EndedAt: { } at } ? at : long.MinValue / 2);
    }
}
