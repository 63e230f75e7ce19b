using KioskLink.Protos.Register.V1;
using KioskLink.Register.Console.Texts;

namespace KioskLink.Register.Console.Jobs;

/// <summary>What jobs and their runs are called.</summary>
internal static class JobWords
{
    private const string OfRetention = "retention-";
    private const string System = "system";

    /// <summary>A job; a rule of retention by the rule's name, one that the console does not know by its own.</summary>
    public static string Name(Words words, string job) =>
        job.StartsWith(OfRetention, StringComparison.Ordinal) && words.Known($"rule.{job[OfRetention.Length..]}") is { } rule
            ? words.Fill("jobs.retention", rule)
            : words.Known($"job.{job}") ?? job;

    /// <summary>When a job is due: <c>daily at 03:30</c>, <c>on Mondays at 02:30</c>, <c>every 15 minutes</c>, <c>on demand</c>.</summary>
    public static string Schedule(Words words, string schedule) => schedule.Split(' ') switch
    {
        ["on", "demand"] => words["jobs.onDemand"],
        ["every", var minutes, "minutes"] => words.Fill("jobs.every", minutes),
        ["daily", "at", var time] => words.Fill("jobs.daily", Clock(words, time)),
        ["on", var day, "at", var time] when words.Known($"day.{day.TrimEnd('s')}") is { } known => words.Fill("jobs.weekly", known, Clock(words, time)),
        ["yearly", "on", var date, "at", var time] => words.Fill("jobs.yearly", date, Clock(words, time)),
        _ => schedule,
    };

    /// <summary>How a run ended.</summary>
    public static string State(Words words, JobRun run) => words[run switch { { Failed: true } => "jobs.failed", { EndTime: null } => "jobs.running", _ => "jobs.done" }];

    /// <summary>How good that is.</summary>
    public static string Tone(JobRun run) => run switch { { Failed: true } => "bad", { EndTime: null } => "warn", _ => "good" };

    /// <summary>Who asked for a run.</summary>
    public static string Asker(Words words, JobRun run) => run.AskedBy == System ? words["jobs.clock"] : run.AskedBy;

    private static string Clock(Words words, string time) => words.Clock(time is ['0', not ':', ..] ? time[1..] : time);
}
