using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Commands;
using KioskLink.Register.Identity;
using KioskLink.Register.Outages;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;

namespace KioskLink.Register.Branches;

/// <summary>Branches and their doors.</summary>
internal sealed class BranchService(RegisterCore core, BranchWriter writer, DoorCommands commands, SuspensionDesk suspensions)
    : Protos.Register.V1.BranchService.BranchServiceBase
{
    /// <inheritdoc/>
    public override async Task<ApplyBranchResponse> ApplyBranch(ApplyBranchRequest request, ServerCallContext context)
    {
        var branch = request.Branch ?? throw Field.Wrong("branch", "is missing: give it");
        BranchCheck.Check(branch);
        var (version, changed) = await writer.ApplyAsync(branch, context.CancellationToken);
        return new ApplyBranchResponse { Facts = core.Index.Branch(branch.Id)!.Facts, Version = version, Changed = changed };
    }

    /// <inheritdoc/>
    public override Task<GetBranchResponse> GetBranch(GetBranchRequest request, ServerCallContext context)
    {
        var own = context.Caller().BranchId;
        var asked = request.BranchId.Length == 0 && own is not null ? own : Field.Required(request.BranchId, "branch_id");
        if (own is not null && asked != own)
        {
            throw Refused.With(StatusCode.PermissionDenied, "FOREIGN_BRANCH", "A node may read its own branch only.");
        }

        return core.Index.Branch(asked) is { } branch
            ? Task.FromResult(new GetBranchResponse { Facts = branch.Facts })
            : throw Field.Missing("branch");
    }

    /// <inheritdoc/>
    public override Task<ListBranchesResponse> ListBranches(ListBranchesRequest request, ServerCallContext context)
    {
        var size = Field.PageSize(request.PageSize);
        var page = core.Index.Branches
            .Where(branch => string.CompareOrdinal(branch.Policy.Id, request.PageToken) > 0)
            .OrderBy(branch => branch.Policy.Id, StringComparer.Ordinal)
            .Take(size + 1)
            .ToList();
        var response = new ListBranchesResponse { NextPageToken = page.Count > size ? page[size - 1].Policy.Id : "" };
        response.Branches.AddRange(page.Take(size).Select(branch => branch.Applied));
        return Task.FromResult(response);
    }

    /// <inheritdoc/>
    public override async Task<SuspendBranchResponse> SuspendBranch(SuspendBranchRequest request, ServerCallContext context)
    {
        var asked = request.Suspension ?? throw Field.Wrong("suspension", "is missing: give it");
        var written = await suspensions.SuspendAsync(asked, context.Caller().Name, context.CancellationToken);
        return new SuspendBranchResponse { Suspension = SuspensionDesk.Show(written.Value), Version = written.Version };
    }

    /// <inheritdoc/>
    public override async Task<ResumeBranchResponse> ResumeBranch(ResumeBranchRequest request, ServerCallContext context)
    {
        Field.Required(request.SuspensionId, "suspension_id", Field.IdMax);
        Field.Required(request.Reason, "reason");
        var written = await suspensions.ResumeAsync(request.SuspensionId, request.Reason, context.Caller().Name, context.CancellationToken);
        return new ResumeBranchResponse { Suspension = SuspensionDesk.Show(written.Value), Version = written.Version };
    }

    /// <inheritdoc/>
    public override Task<ListSuspensionsResponse> ListSuspensions(ListSuspensionsRequest request, ServerCallContext context) =>
        Task.FromResult(suspensions.List(request));

    /// <inheritdoc/>
    public override Task<CommandDoorResponse> CommandDoor(CommandDoorRequest request, ServerCallContext context) =>
        commands.SendAsync(request, context.Caller(), context.CancellationToken);
}
