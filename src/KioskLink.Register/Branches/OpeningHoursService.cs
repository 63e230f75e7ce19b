using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Branches;

/// <summary>Opening hours of branches.</summary>
internal sealed class OpeningHoursService(RegisterCore core, BranchWriter writer)
    : Protos.Register.V1.OpeningHoursService.OpeningHoursServiceBase
{
    /// <inheritdoc/>
    public override async Task<SetOpeningHoursResponse> SetOpeningHours(SetOpeningHoursRequest request, ServerCallContext context)
    {
        var branch = Find(request.BranchId).Applied.Clone();
        branch.Hours = request.Hours ?? throw Field.Wrong("hours", "is missing: give it");
        HoursCheck.Check(branch.Hours, "hours");
        var (version, _) = await writer.PutAsync(branch, context.CancellationToken);
        return new SetOpeningHoursResponse { Version = version };
    }

    /// <inheritdoc/>
    public override Task<GetOpeningHoursResponse> GetOpeningHours(GetOpeningHoursRequest request, ServerCallContext context)
    {
        if (context.Caller().BranchId is { } own && own != request.BranchId)
        {
            throw Refused.With(StatusCode.PermissionDenied, "FOREIGN_BRANCH", "A node may read its own branch only.");
        }

        var at = Field.Time(request.At, "at") ?? core.Now();
        if (Find(request.BranchId).Policy.Hours is not { } hours)
        {
            return Task.FromResult(new GetOpeningHoursResponse());
        }

        var kind = OpeningCalendar.KindAt(hours, at);
        return Task.FromResult(new GetOpeningHoursResponse
        {
            Hours = hours.ToProto(),
            Kind = (Wire.PeriodKind)kind,
            Until = OpeningCalendar.Until(hours, at)?.ToProto(),
            NextOpening = kind == PeriodKind.Closed ? OpeningCalendar.NextOpening(hours, at)?.ToProto() : null,
        });
    }

    private BranchEntry Find(string branchId) =>
        core.Index.Branch(Field.Required(branchId, "branch_id")) ?? throw Field.Missing("branch");
}
