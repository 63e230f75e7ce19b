using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Jobs;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace KioskLink.Register.Tests.Jobs;

public sealed class JobTests
{
    private static readonly Instant NoonInHelsinki = Instant.FromUtc(2026, 12, 1, 10, 0);

    [Theory]
    [InlineData("2026-12-01T01:29:59Z", "2026-11-30T01:30:00Z")]
    [InlineData("2026-12-01T01:30:00Z", "2026-12-01T01:30:00Z")]
    [InlineData("2026-06-30T23:00:00Z", "2026-06-30T00:30:00Z")]
    public void A_daily_job_is_due_at_its_wall_clock_time_in_winter_and_summer(string now, string due) =>
        Assert.Equal(Time(due), JobSchedule.Daily(new LocalTime(3, 30)).LastDue(Time(now)));

    [Fact]
    public void A_job_in_the_hour_that_the_clock_leaps_over_is_due_when_that_hour_is_over() =>
        Assert.Equal(Instant.FromUtc(2026, 3, 29, 1, 30), JobSchedule.Daily(new LocalTime(3, 30)).LastDue(Instant.FromUtc(2026, 3, 29, 12, 0)));

    [Fact]
    public void Weekly_and_yearly_jobs_are_due_on_their_days()
    {
        Assert.Equal(Instant.FromUtc(2026, 11, 30, 2, 0), JobSchedule.Weekly(IsoDayOfWeek.Monday, new LocalTime(4, 0)).LastDue(NoonInHelsinki));
        Assert.Equal(Instant.FromUtc(2026, 1, 15, 2, 0), JobSchedule.Yearly(new AnnualDate(1, 15), new LocalTime(4, 0)).LastDue(NoonInHelsinki));
        Assert.Equal(Instant.FromUtc(2025, 12, 31, 2, 0), JobSchedule.Yearly(new AnnualDate(12, 31), new LocalTime(4, 0)).LastDue(NoonInHelsinki));
        Assert.Null(JobSchedule.OnDemand.LastDue(NoonInHelsinki));
    }

    [Fact]
    public async Task A_job_runs_once_when_it_is_due_and_what_lay_before_it_was_known_is_not_caught_up()
    {
        await using var register = await TestRegister.StartAsync();
        var job = new CountingJob(JobSchedule.Daily(new LocalTime(3, 30)));
        var runner = Runner(register, job);

        await runner.RunDueAsync(CancellationToken.None);
        Assert.Equal(0, job.Runs);
        register.Time.Advance(TimeSpan.FromHours(15));
        await runner.RunDueAsync(CancellationToken.None);
        Assert.Equal(0, job.Runs);
        register.Time.Advance(TimeSpan.FromHours(1));
        await runner.RunDueAsync(CancellationToken.None);
        await runner.RunDueAsync(CancellationToken.None);
        Assert.Equal(1, job.Runs);
    }

    [Fact]
    public async Task Due_times_that_the_register_slept_through_are_caught_up_once_after_a_restart()
    {
        await using var register = await TestRegister.StartAsync();
        var job = new CountingJob(JobSchedule.Daily(new LocalTime(3, 30)));
        await Runner(register, job).RunDueAsync(CancellationToken.None);

        register.Time.SetWallClock(register.Time.GetUtcNow().AddDays(5));
        await register.RestartAsync();
        var runner = Runner(register, job);
        await runner.RunDueAsync(CancellationToken.None);
        await runner.RunDueAsync(CancellationToken.None);

        Assert.Equal(1, job.Runs);
    }

    [Fact]
    public async Task A_job_that_fails_is_tried_again_after_a_while_and_its_failure_tells_no_data()
    {
        await using var register = await TestRegister.StartAsync();
        var job = new CountingJob(JobSchedule.Daily(new LocalTime(3, 30))) { Failure = new InvalidOperationException("Koivunen 010594Y9032") };
        var runner = Runner(register, job);
        await runner.RunDueAsync(CancellationToken.None);
        register.Time.SetWallClock(register.Time.GetUtcNow().AddDays(1));

        await runner.RunDueAsync(CancellationToken.None);
        await runner.RunDueAsync(CancellationToken.None);
        Assert.Equal(1, job.Runs);
        job.Failure = null;
        register.Time.SetWallClock(register.Time.GetUtcNow().AddMinutes(15));
        await runner.RunDueAsync(CancellationToken.None);
        Assert.Equal(2, job.Runs);

        var runs = (await Service(register, runner).ListJobs(new ListJobsRequest(), TestCall.Admin())).Jobs.Single().Runs;
        Assert.Equal([false, true], runs.Select(run => run.Failed));
        Assert.Equal("failed: InvalidOperationException", runs[1].Summary);
    }

    [Fact]
    public async Task While_another_register_has_the_lease_nothing_runs_and_a_lease_that_lapsed_is_taken()
    {
        await using var register = await TestRegister.StartAsync();
        var (mine, other) = (new JobLease(register.Core), new JobLease(register.Core));
        Assert.True(await other.TakeAsync());
        Assert.True(await other.TakeAsync());
        Assert.False(await mine.TakeAsync());

        register.Time.SetWallClock((register.Now + JobLease.Length + Duration.FromMilliseconds(1)).ToDateTimeOffset());

        Assert.True(await mine.TakeAsync());
        Assert.False(await other.TakeAsync());
        await mine.ReleaseAsync();
        Assert.True(await other.TakeAsync());
    }

    [Fact]
    public async Task A_job_runs_on_demand_for_whoever_asks_and_an_unknown_one_is_refused()
    {
        await using var register = await TestRegister.StartAsync();
        var job = new CountingJob(JobSchedule.OnDemand);
        var service = Service(register, Runner(register, job));

        var run = (await service.RunJob(new RunJobRequest { Name = "counting" }, TestCall.Admin())).Run;

        Assert.Equal(("admin", "1 run", false), (run.AskedBy, run.Summary, run.Failed));
        Assert.Null(run.DueTime);
        await Refusals.RefusedAsync(StatusCode.NotFound, "job", () => service.RunJob(new RunJobRequest { Name = "nothing" }, TestCall.Admin()));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "name", () => service.RunJob(new RunJobRequest(), TestCall.Admin()));
    }

    private static Instant Time(string text) => NodaTime.Text.InstantPattern.General.Parse(text).Value;

    private static JobRunner Runner(TestRegister register, IJob job) =>
        new(register.Core, new JobLease(register.Core), [job], register.Service<Register.Alarms.AlarmBook>(), register.Service<Register.Audit.AuditLog>(), NullLogger<JobRunner>.Instance);

    private static Register.Jobs.JobService Service(TestRegister register, JobRunner runner) => new(register.Core, runner);

    private sealed class CountingJob(JobSchedule when) : IJob
    {
        public string Name => "counting";

        public JobSchedule When => when;

        public int Runs { get; private set; }

        public Exception? Failure { get; set; }

        public Task<string> RunAsync(JobCall call, CancellationToken stop)
        {
            Runs++;
            return Failure is null ? Task.FromResult($"{Runs} run") : Task.FromException<string>(Failure);
        }
    }
}
