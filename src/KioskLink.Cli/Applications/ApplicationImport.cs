using Grpc.Core;
using KioskLink.Cli.Connecting;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Cli.Applications;

/// <summary>What became of the applications of a file.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Hash">SHA-256 of its content.</param>
internal sealed record FileResult(string File, string Hash)
{
    public int Applications { get; set; }

    public int Created { get; set; }

    public int Updated { get; set; }

    public int Unchanged { get; set; }

    public int Queued { get; set; }

    public int Rejected { get; set; }

    public int Refused { get; set; }

    /// <summary>Handed in by an earlier run; counted by what became of them as well.</summary>
    public int Known { get; set; }

    /// <summary>Received so long ago that the register has let go of it, or would at once.</summary>
    public int Over { get; set; }

    /// <summary>What was not taken, where and why; nothing of what stands there.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>Adds another file's numbers.</summary>
    public void Add(FileResult other)
    {
        Applications += other.Applications;
        (Created, Updated, Unchanged) = (Created + other.Created, Updated + other.Updated, Unchanged + other.Unchanged);
        (Queued, Rejected, Refused) = (Queued + other.Queued, Rejected + other.Rejected, Refused + other.Refused);
        (Known, Over) = (Known + other.Known, Over + other.Over);
    }

    /// <summary>Counts an application as it stands.</summary>
    public void Count(Application application)
    {
        switch (application)
        {
            case { State: ApplicationState.Queued }: Queued++; break;
            case { State: ApplicationState.Rejected }: Rejected++; break;
            case { Outcome: ApplicationOutcome.Created }: Created++; break;
            case { Outcome: ApplicationOutcome.Updated }: Updated++; break;
            default: Unchanged++; break;
        }
    }
}

/// <summary>
/// Hands the applications of a file in and has the robot process them. The register knows an application by its content, so that a
/// run that was cut short is run again and does nothing twice. What names no day was received when its file was written last, so that a
/// file that is still there when the register has destroyed its applications does not bring them back (R34).
/// </summary>
internal sealed class ApplicationImport(RegisterConnection register, TimeProvider clock)
{
    private const int Together = 100;

    private readonly HashSet<string> _hashes = [];

    /// <summary>Runs one file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="progress">Takes the part done, from 0 to 1.</param>
    /// <param name="stop">Stops between two applications.</param>
    public async Task<FileResult> Run(string path, Action<double> progress, CancellationToken stop)
    {
        var content = ApplicationFile.Bytes(path);
        var result = new FileResult(path, ApplicationFile.HashOf(content));
        if (!_hashes.Add(result.Hash))
        {
            result.Problems.Add("the same content as a file before: skipped");
            return result;
        }

        var applications = Dated(Read(path, content, result), ApplicationFile.WrittenOn(path, clock.GetUtcNow()));
        result.Applications = applications.Count;
        var done = 0;
        foreach (var slice in applications.Chunk(Together))
        {
            await Process(slice, result, stop);
            progress((double)(done += slice.Length) / applications.Count);
        }

        return result;
    }

    private static List<FiledApplication> Dated(IReadOnlyList<FiledApplication> applications, string day) =>
        [.. applications.Select(filed => filed.ReceivedOn.Length == 0 ? filed with { ReceivedOn = day } : filed)];

    // One unreadable file stops no other.
    private static IReadOnlyList<FiledApplication> Read(string path, byte[] content, FileResult result)
    {
        try
        {
            return ApplicationFile.Read(path, content);
        }
        catch (CommandProblem problem)
        {
            result.Refused++;
            result.Problems.Add(problem.Message);
            return [];
        }
    }

    private async Task Process(FiledApplication[] slice, FileResult result, CancellationToken stop)
    {
        var ids = new List<string>();
        foreach (var filed in slice)
        {
            if (await Submit(filed, result, stop) is { } application)
            {
                if (application.State == ApplicationState.Received)
                {
                    ids.Add(application.Id);
                }
                else
                {
                    result.Count(application);
                }
            }
        }

        if (ids.Count > 0)
        {
            var request = new ProcessApplicationsRequest();
            request.Ids.AddRange(ids);
            foreach (var application in (await register.Applications.ProcessApplicationsAsync(request, register.Bounded(stop))).Applications)
                result.Count(application);
        }
    }

    private async Task<Application?> Submit(FiledApplication filed, FileResult result, CancellationToken stop)
    {
        if (filed.Applicant is null)
        {
            Refuse(filed.Problem);
            return null;
        }

        var request = new SubmitApplicationRequest
        {
            Applicant = filed.Applicant,
            ReceivedTime = filed.ReceivedOn.Length == 0 ? null : Times.Read(filed.ReceivedOn, "received_on"),
        };
        try
        {
            var submitted = await register.Applications.SubmitApplicationAsync(request, register.Bounded(stop));
            result.Known += submitted.Known ? 1 : 0;
            return submitted.Application;
        }
        catch (RpcException refusal) when (IsOver(refusal, request))
        {
            result.Over++;
            return null;
        }
        catch (RpcException refusal) when (refusal.StatusCode == StatusCode.InvalidArgument)
        {
            Refuse(Refusals.Explain(refusal, "the register").Message);
            return null;
        }

        void Refuse(string problem)
        {
            result.Refused++;
            result.Problems.Add($"{filed.Place}: {problem}");
        }
    }

    // Of a day that has passed the register refuses nothing else.
    private bool IsOver(RpcException refusal, SubmitApplicationRequest request) =>
        refusal.StatusCode == StatusCode.InvalidArgument
        && refusal.Status.Detail.Contains("`received_time`", StringComparison.Ordinal)
        && request.ReceivedTime?.ToDateTimeOffset() < clock.GetUtcNow();
}
