using System.CommandLine;
using System.Text.Json.Nodes;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Cli.Jobs;

/// <summary><c>job list|run</c>.</summary>
internal static class JobCommands
{
    private static readonly string[] Columns = ["job", "due", "last run", "asked by", "result"];

    public static Command Create(Session session) => new("job", "What the register does by the clock: list it, or run it now.") { List(session), Run(session) };

    private static Command List(Session session)
    {
        var command = new Command("list", "List jobs and how they went last.");
        session.AtRegister(command, async (register, _, stop) =>
        {
            var listed = await register.Jobs.ListJobsAsync(new ListJobsRequest(), register.Bounded(stop));
            return new Answer(new JsonObject { ["jobs"] = ProtoJson.Of(listed.Jobs) }, Layout.Table(Columns, listed.Jobs.Select(Row), "No jobs."));
        });
        return command;
    }

    private static Command Run(Session session)
    {
        var name = new Argument<string>("JOB") { Description = "The job; `job list` names them." };
        var command = new Command("run", "Run a job now and wait for its end.") { name };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var ran = await register.Jobs.RunJobAsync(new RunJobRequest { Name = parsed.GetRequiredValue(name) }, register.Unbounded(stop));
            return new Answer(ProtoJson.Of(ran.Run), Layout.Sentence(ran.Run.Summary), ran.Run.Failed ? ExitCode.Refused : ExitCode.Done);
        });
        return command;
    }

    private static string[] Row(Job job) => job.Runs.Count == 0
        ? [job.Name, job.Schedule, "", "", ""]
        : [job.Name, job.Schedule, Times.Show(job.Runs[0].StartTime), job.Runs[0].AskedBy, job.Runs[0].Summary];
}
