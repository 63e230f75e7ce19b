using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KioskLink.Node.Buses;
using KioskLink.Node.Diagnostics;
using KioskLink.Node.Doors;
using KioskLink.Node.Hosting;
using KioskLink.Protos.Node.V1;
using Wire = KioskLink.Protos.Node.V1;

namespace KioskLink.Node.SecondRole;

/// <summary>The calls about approvals, of both sides. Thread-safe.</summary>
internal sealed class ApprovalCalls(ApprovalDesk desk, UnmaskedFiles files, DeviceLines lines, Premises premises, NodeConfig config, PeerUser userOf)
{
    /// <summary>The longest reason.</summary>
    public const int ReasonMax = 500;

    /// <summary>Asks a second person.</summary>
    public async Task<AskApprovalResponse> AskAsync(AskApprovalRequest request, ServerCallContext context)
    {
        if (config.Listen.SecondRoleSocket is null)
            throw Refuse(StatusCode.FailedPrecondition, "NO_SECOND_ROLE", "This node has no second socket: set \"listen.secondRoleSocket\" in node.json.");
        RequireSubject(request);
        var (asked, problem) = await desk.AskAsync((ApprovalAct)request.Act, request.Subject, Reason(request.Reason), UserOf(context));
        return problem switch
        {
            AskProblem.NotRecorded => throw Refuse(StatusCode.FailedPrecondition, "NOT_RECORDED", "The question cannot be recorded: mend the journal's disk."),
            AskProblem.TooMany => throw Refuse(StatusCode.ResourceExhausted, "TOO_MANY", $"{ApprovalBook.Limit} questions are open: have them answered, or wait {ApprovalBook.AskedFor.TotalMinutes} minutes."),
            _ => new AskApprovalResponse { Approval = ToProto(asked!) },
        };
    }

    /// <summary>What was asked, the newest first.</summary>
    public IEnumerable<Wire.Approval> List() => desk.List().Select(ToProto);

    /// <summary>Answers a technician's question.</summary>
    public async Task<AnswerRequestResponse> AnswerAsync(AnswerRequestRequest request, ServerCallContext context)
    {
        var (answered, result, notRecorded) = await desk.AnswerAsync(request.ApprovalId, request.Approved, UserOf(context), Reason(request.Reason));
        if (notRecorded is not null)
            throw Refuse(StatusCode.FailedPrecondition, "NOT_RECORDED", $"The answer cannot be recorded, so nothing is approved: {notRecorded}.");
        return result switch
        {
            AnswerResult.Unknown => throw Refuse(StatusCode.NotFound, "APPROVAL_UNKNOWN", $"Nobody asked {request.ApprovalId}: `kiosklink approval list` shows what is asked."),
            AnswerResult.SamePerson => throw Refuse(StatusCode.PermissionDenied, "SAME_PERSON", "Who asked does not answer: let a second person do it, as another user of this machine."),
            AnswerResult.Over => throw Refuse(StatusCode.FailedPrecondition, "APPROVAL_OVER", "That is over: let the technician ask again."),
            _ => new AnswerRequestResponse { Approval = ToProto(answered!) },
        };
    }

    private void RequireSubject(AskApprovalRequest request)
    {
        var isKnown = request.Act switch
        {
            Wire.ApprovalAct.UnmaskedTrace => lines.HasTrace(request.Subject),
            Wire.ApprovalAct.VirtualCard => premises.DoorOf(request.Subject) is not null,
            _ => throw Refuse(StatusCode.InvalidArgument, "ACT", "act must be an unmasked trace or an opening by the virtual card."),
        };
        if (!isKnown)
            throw Refuse(StatusCode.NotFound, "SUBJECT_UNKNOWN", $"This node has no such line or door {request.Subject}: look at node.json.");
    }

    private string UserOf(ServerCallContext context) => userOf(context) is { Length: > 0 } user
        ? user
        : throw Refuse(StatusCode.FailedPrecondition, "WHO", "The machine does not say who asks, so nobody can tell two persons apart: call on its Unix socket.");

    private static string Reason(string reason) => reason.Trim() is { Length: > 0 and <= ReasonMax } given
        ? given
        : throw Refuse(StatusCode.InvalidArgument, "REASON", $"reason must say why, in at most {ReasonMax} characters.");

    private Wire.Approval ToProto(Approval approval) => new()
    {
        ApprovalId = approval.Id,
        Act = (Wire.ApprovalAct)approval.Act,
        Subject = approval.Subject,
        Reason = approval.Reason,
        AskedBy = approval.AskedBy,
        AskTime = Timestamp.FromDateTimeOffset(desk.DateOf(approval.AskedAt)),
        State = (Wire.ApprovalState)approval.State,
        AnsweredBy = approval.AnsweredBy,
        AnswerReason = approval.AnswerReason,
        EndTime = approval.Until is { } until ? Timestamp.FromDateTimeOffset(desk.DateOf(until)) : null,
        File = files.PathOf(approval.Id),
    };

    private static RpcException Refuse(StatusCode code, string reason, string sentence) => new(new Status(code, $"{reason}: {sentence}"));
}
