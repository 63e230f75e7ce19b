using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Jobs;

/// <summary>Shows jobs and runs them on demand.</summary>
internal sealed class JobService(RegisterCore core, JobRunner runner) : Protos.Register.V1.JobService.JobServiceBase
{
    private const int RunsMax = 20;

    /// <inheritdoc/>
    public override async Task<ListJobsResponse> ListJobs(ListJobsRequest request, ServerCallContext context)
    {
        var name = Field.Optional(request.Name, "name", Field.IdMax);
        await using var db = core.Store.Read();
        var response = new ListJobsResponse();
        foreach (var job in runner.All.Where(job => name.Length == 0 || job.Name == name))
        {
            var shown = new Job { Name = job.Name, Schedule = job.When.InWords };
            shown.Runs.AddRange(db.Set<JobRunRow>()
                .Where(run => run.Consortium == core.Store.Consortium && run.Name == job.Name)
                .OrderByDescending(run => run.RunId)
                .Take(RunsMax)
                .AsEnumerable()
                .Select(ToProto));
            response.Jobs.Add(shown);
        }

        return response;
    }

    /// <inheritdoc/>
    public override async Task<RunJobResponse> RunJob(RunJobRequest request, ServerCallContext context)
    {
        var name = Field.Required(request.Name, "name", Field.IdMax);
        return new RunJobResponse { Run = ToProto(await runner.RunAsync(name, context.Caller().Name, context.CancellationToken)) };
    }

    private static JobRun ToProto(JobRunRow row) => new()
    {
        Id = row.RunId,
        DueTime = row.DueAt.ToTimestamp(),
        AskedBy = row.AskedBy,
        StartTime = Instant.FromUnixTimeMilliseconds(row.StartedAt).ToProto(),
        EndTime = row.EndedAt.ToTimestamp(),
        Failed = row.Failed,
        Summary = row.Summary,
    };
}
