using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Identity;
using KioskLink.Register.Requests;

namespace KioskLink.Register.Access;

/// <summary>Decides, checks credentials, explains and lists: checks requests and callers, and leaves the work to its room.</summary>
internal sealed class AccessService(
    AttemptMemory attempts,
    EntryDesk entries,
    CredentialDesk credentials,
    AccessExplainer explainer,
    AttemptPages pages) : Protos.Register.V1.AccessService.AccessServiceBase
{
    private const int PinMax = 16;
    private const int CardMax = 128;

    /// <inheritdoc/>
    public override async Task<AuthorizeEntryResponse> AuthorizeEntry(AuthorizeEntryRequest request, ServerCallContext context)
    {
        try
        {
            var caller = context.Caller();
            Field.Required(request.DoorId, "door_id");
            CheckAttempt(request.CardNumber, request.Pin.Length, request.AttemptId, request.DeviceId);
            Field.Time(request.PresentedAt, "presented_at");
            var branch = BranchOf(caller, request.BranchId, required: true);
            return await attempts.OnceAsync(caller.Name, request.AttemptId, () => entries.DecideAsync(request, branch, caller.Name));
        }
        finally
        {
            Field.Wipe(request.Pin);
        }
    }

    /// <inheritdoc/>
    public override async Task<VerifyCredentialsResponse> VerifyCredentials(VerifyCredentialsRequest request, ServerCallContext context)
    {
        try
        {
            var caller = context.Caller();
            CheckAttempt(request.CardNumber, request.Pin.Length, request.AttemptId, request.DeviceId);
            credentials.CheckPurpose(request.Purpose);
            context.Audit().For(request.Purpose).Fields("credentials").About(credentials.SubjectsOf(request.CardNumber));
            DeviceFields.RequirePurpose(caller.Role, request.DeviceRole, request.Purpose);
            var branch = BranchOf(caller, request.BranchId, required: false);
            credentials.RequireService(request.Purpose, branch);
            var attempt = credentials.AttemptOf(request.DeviceId, request.CardNumber, request.AttemptId);
            var verified = await attempts.OnceAsync(caller.Name, attempt, () => credentials.VerifyAsync(request, branch, caller));
            context.Audit().Judged(verified.Reason);
            return verified;
        }
        finally
        {
            Field.Wipe(request.Pin);
        }
    }

    /// <inheritdoc/>
    public override Task<ExplainAccessResponse> ExplainAccess(ExplainAccessRequest request, ServerCallContext context)
    {
        if (request.AttemptId.Length == 0)
        {
            Field.Required(request.BranchId, "branch_id");
            Field.Required(request.DoorId, "door_id");
        }

        return Task.FromResult(explainer.Explain(request, context.Audit().Fields("door")));
    }

    /// <inheritdoc/>
    public override Task<ListAttemptsResponse> ListAttempts(ListAttemptsRequest request, ServerCallContext context)
    {
        var (page, owners) = pages.List(request, context.Caller());
        context.Audit().About(owners).Fields("attempts");
        return Task.FromResult(page);
    }

    private static void CheckAttempt(string card, int pinLength, string attempt, string device)
    {
        Field.Required(attempt, "attempt_id", Field.IdMax);
        Field.Required(device, "device_id", Field.IdMax);
        if (card.Length is 0 or > CardMax)
        {
            throw Field.Wrong("card_number", $"must have 1 to {CardMax} characters: give what the reader read");
        }

        if (pinLength > PinMax)
        {
            throw Field.Wrong("pin", $"is longer than {PinMax} digits: give what was typed");
        }
    }

    /// <summary>A node's certificate names its branch; an administrator names one.</summary>
    private static string BranchOf(CallerIdentity caller, string asked, bool required)
    {
        if (caller.BranchId is not { } own)
        {
            return required ? Field.Required(asked, "branch_id") : Field.Optional(asked, "branch_id");
        }

        return asked.Length == 0 || asked == own
            ? own
            : throw Refused.With(StatusCode.PermissionDenied, "FOREIGN_BRANCH", "A node may ask for its own branch only.");
    }
}
