using Grpc.Core;
using KioskLink.Node.Clock;
using KioskLink.Node.Deciding;
using KioskLink.Node.Diagnostics;
using KioskLink.Node.Doors;
using KioskLink.Node.Hosting;
using KioskLink.Protos.Node.V1;
using KioskLink.Rules.Doors;
using NodaTime;
using Outcome = KioskLink.Protos.Types.V1.Outcome;

namespace KioskLink.Node.SecondRole;

/// <summary>
/// The virtual technician card: nobody's number, presented without a reader. It takes every step of a decision, which grants it nothing, and opens a
/// door once where a second person has approved that (DESIGN section 6). It is presented at the node's own machine alone and not through the register: there
/// the kernel tells the two persons apart, while of a technician at the register a node knows no more than the role, and who asks must never answer. Thread-safe.
/// </summary>
internal sealed class VirtualCard(NodeParts parts, Premises premises, ApprovalDesk approvals, TechnicianLog log)
{
    /// <summary>What stands for a reader in its records.</summary>
    public const string DeviceId = "virtual-card";

    /// <summary>Nobody's number: the one that traces show in place of real ones.</summary>
    public const string Number = "20000000000006";

    private const int JournalStep = 6;
    private static readonly Duration UnlockFor = Duration.FromSeconds(3);

    /// <summary>Presents the card.</summary>
    /// <exception cref="RpcException">NOT_FOUND, or FAILED_PRECONDITION: it cannot be recorded, or nobody approved what is asked.</exception>
    public async Task<TryCardResponse> RunAsync(TryCardRequest request, ServerCallContext context)
    {
        var door = premises.DoorOf(request.DoorId)
            ?? throw new RpcException(new Status(StatusCode.NotFound, $"DOOR_UNKNOWN: This node has no door {request.DoorId}: look at node.json."));
        var attempt = Guid.NewGuid().ToString("N");
        if (request.ApprovalId.Length > 0 && approvals.Running(request.ApprovalId, ApprovalAct.VirtualCard, door.Id) is null)
            throw Refuse("NOT_APPROVED", $"No second person has approved {request.ApprovalId} for {door.Id}, or it is over: ask with `kiosklink approval ask-card`.");
        if ((await log.NoteAsync(context, DeviceId, "presents the virtual technician card", door.Id, attempt)).Problem is { } problem)
            throw Refuse("NOT_RECORDED", $"The card cannot be recorded, so nothing is decided: {problem}.");
        var response = await DecideAsync(attempt, door.Id, context.CancellationToken);
        response.Problem = "The card opens nothing by itself: a second person must approve an opening.";
        if (request.ApprovalId.Length > 0)
            await OpenAsync(request.ApprovalId, door, attempt, response, context);
        return response;
    }

    private async Task<TryCardResponse> DecideAsync(string attempt, string doorId, CancellationToken cancellation)
    {
        var response = new TryCardResponse();
        await using var steps = parts.Steps.WatchAsync(cancellation).GetAsyncEnumerator(cancellation);
        // Watched from here on: what is told before anybody waits for it is kept.
        var next = steps.MoveNextAsync();
        var decided = await parts.Decider.DecideAsync(new Presentation
        {
            AttemptId = attempt,
            DoorId = doorId,
            DeviceId = DeviceId,
            Card = Number,
            ReadAt = parts.Time.GetTimestamp(),
            Conditions = premises.ConditionsOf(doorId),
        });
        for (var reached = 0; reached < JournalStep && await next; next = reached < JournalStep ? steps.MoveNextAsync() : default)
            if (steps.Current.AttemptId == attempt)
                reached = Note(steps.Current, response);
        response.Decision = decided.ToProto();
        return response;
    }

    private static int Note(WatchStepsResponse step, TryCardResponse response)
    {
        response.Steps.Add(new StepTime { Step = step.Step, SinceRead = step.SinceRead });
        response.Rules.AddRange(step.Rules);
        return step.Step;
    }

    private async Task OpenAsync(string approvalId, DoorLoop door, string attempt, TryCardResponse response, ServerCallContext context)
    {
        var approval = approvals.Use(approvalId, ApprovalAct.VirtualCard, door.Id)
            ?? throw Refuse("NOT_APPROVED", $"{approvalId} is over: ask again with `kiosklink approval ask-card`.");
        var asked = await log.NoteAsync(context, DeviceId, $"opens once, approved by user {approval.AnsweredBy}: {approval.AnswerReason}", door.Id, attempt);
        if (asked.Problem is { } problem)
            throw Refuse("NOT_RECORDED", $"The opening cannot be recorded, so the door stays locked: {problem}.");
        var passing = await premises.UnlockAsync(door, new DoorGranted($"{attempt}/approved", UnlockFor));
        await log.NoteAsync(context, DeviceId, $"the lock: {passing.Outcome}", door.Id, attempt);
        (response.Unlocked, response.Problem) = (passing.Outcome == Outcome.Unlocked, Explain(passing.Outcome));
    }

    private static string Explain(Outcome outcome) => outcome switch
    {
        Outcome.Unlocked => "",
        Outcome.NotMoved => "The door is busy, in lockdown, or one that is interlocked with it is open: nothing was moved.",
        _ => "The lock did not answer in time and was not moved later: check its device, supply and line.",
    };

    private static RpcException Refuse(string reason, string sentence) => new(new Status(StatusCode.FailedPrecondition, $"{reason}: {sentence}"));
}
