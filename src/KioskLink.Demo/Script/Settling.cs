using Grpc.Core;
using KioskLink.Demo.World;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Demo.Script;

/// <summary>
/// Waits until nothing is under way any more: the node is Online, the register holds the whole journal, each presented
/// card has exactly one row there, and the journal verifies.
/// </summary>
internal sealed class Settling(DemoWorld world, TimeProvider time)
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);
    private readonly HashSet<string> _delivered = [];
    private readonly AccessService.AccessServiceClient _access = new(world.Register);
    private string _missing = "nothing was asked yet";

    /// <summary>Waits; a time-out says what was missing last.</summary>
    public async Task WaitAsync(TimeSpan timeout)
    {
        try
        {
            await world.WaitAsync(IsSettledAsync, timeout, "not settled");
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}: {_missing}", e);
        }
    }

    private async Task<bool> IsSettledAsync()
    {
        try
        {
            _missing = await MissingAsync();
        }
        catch (RpcException e)
        {
            _missing = e.Status.Detail;
        }
        return _missing.Length == 0;
    }

    private async Task<string> MissingAsync()
    {
        var status = await world.StatusAsync();
        if (status?.Link != LinkState.Online)
        {
            return "the node is not online";
        }
        var last = status.JournalSequence;
        if (status.JournalAcknowledged < last || world.Journal.Records is not [.., var newest] || newest.Sequence < last)
        {
            return $"the register holds {status.JournalAcknowledged} of {last} records";
        }
        foreach (var attempt in world.Journal.Records.Where(record => record.Open.Kind == RecordKind.Decision).Select(record => record.Open.AttemptId))
        {
            if (!_delivered.Contains(attempt) && await ProblemAsync(attempt) is { } problem)
            {
                return problem;
            }
            _delivered.Add(attempt);
        }
        var verified = await world.Node.VerifyJournalAsync(new VerifyJournalRequest(), deadline: Deadline());
        return verified.Intact ? "" : $"the journal does not verify: {verified.Problem}";
    }

    private async Task<string?> ProblemAsync(string attempt)
    {
        var rows = (await _access.ListAttemptsAsync(new ListAttemptsRequest { AttemptId = attempt, PageSize = 2 }, deadline: Deadline())).Attempts;
        return rows.Count != 1 ? $"attempt {attempt} has {rows.Count} rows in the register"
            : rows[0].JournalSequence == 0 ? $"attempt {attempt} lacks the node's record"
            : rows[0].Outcome == Outcome.Unspecified && !rows[0].Interrupted ? $"attempt {attempt} has no outcome yet"
            : null;
    }

    private DateTime Deadline() => (time.GetUtcNow() + AnswerTimeout).UtcDateTime;
}
