using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using Language = KioskLink.Rules.Access.Language;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Outages;

/// <summary>Planned breaks and unplanned outages (R82-R88): known to the branches' nodes before they begin.</summary>
internal sealed class OutageService(RegisterCore core, OutageDesk desk, OutageBook book, OutagePages pages)
    : Protos.Register.V1.OutageService.OutageServiceBase
{
    /// <inheritdoc/>
    public override async Task<AddOutageResponse> AddOutage(AddOutageRequest request, ServerCallContext context)
    {
        var now = core.Now();
        var asked = OutageProto.Read(request.Outage ?? throw Field.Wrong("outage", "is missing: give it"), core.Profile, now);
        var terms = OutageRules.Check(asked, core.Profile, [.. core.Index.Branches.Select(branch => branch.Policy.Id)], now);
        var written = await desk.AddAsync(terms, context.Caller().Name, context.CancellationToken);
        return new AddOutageResponse { Outage = OutageProto.Show(written.Value, core.Profile), Version = written.Version };
    }

    /// <inheritdoc/>
    public override async Task<ChangeOutageResponse> ChangeOutage(ChangeOutageRequest request, ServerCallContext context)
    {
        Field.Required(request.OutageId, "outage_id", Field.IdMax);
        var end = Field.Time(request.EndTime, "end_time");
        var services = OutageProto.Services(request.Services);
        var notices = OutageProto.Notices(request.Notices, "notices");
        var written = await desk.ChangeAsync(request.OutageId, Change, context.CancellationToken);
        return new ChangeOutageResponse { Outage = OutageProto.Show(written.Value, core.Profile), Version = written.Version };

        OutageTerms Change(OutageTerms before)
        {
            var changed = before with
            {
                End = end ?? before.End,
                Services = services.Count > 0 ? services : before.Services,
                Dependents = request.Dependents is { } own ? OutageProto.Services(own.Services) : before.Dependents,
                Notices = notices.Concat(before.Notices.Where(old => !notices.ContainsKey(old.Key))).ToDictionary(),
            };
            // A past start stays as it was: what has begun is not asked whether it may begin.
            return OutageRules.Check(changed, core.Profile, [.. core.Index.Branches.Select(branch => branch.Policy.Id)], core.Now());
        }
    }

    /// <inheritdoc/>
    public override async Task<EndOutageResponse> EndOutage(EndOutageRequest request, ServerCallContext context)
    {
        Field.Required(request.OutageId, "outage_id", Field.IdMax);
        var written = await desk.EndAsync(request.OutageId, context.Caller().Name, context.CancellationToken);
        return new EndOutageResponse { Outage = OutageProto.Show(written.Value, core.Profile), Version = written.Version };
    }

    /// <inheritdoc/>
    public override Task<ListOutagesResponse> ListOutages(ListOutagesRequest request, ServerCallContext context) => Task.FromResult(pages.List(request));

    /// <inheritdoc/>
    public override Task<GetServiceStatusResponse> GetServiceStatus(GetServiceStatusRequest request, ServerCallContext context)
    {
        var own = context.Caller().BranchId;
        if (own is not null && request.BranchId.Length > 0 && request.BranchId != own)
        {
            throw Refused.With(StatusCode.PermissionDenied, "FOREIGN_BRANCH", "A node may read its own branch only.");
        }

        var asked = request.BranchId.Length > 0 ? request.BranchId : own;
        var branch = asked is null ? null : core.Index.Branch(asked) ?? throw Field.Missing("branch");
        var language = request.Language == Wire.Language.Unspecified ? core.Profile.Languages[0] : (Language)Field.Known(request.Language, "language");
        return Task.FromResult(Status(asked, language, BranchClosures.Contacts(core.Profile, branch?.Policy.HelpPhone ?? "")));
    }

    private GetServiceStatusResponse Status(string? branchId, Language language, IReadOnlyList<string> contacts)
    {
        var now = core.Now();
        var response = new GetServiceStatusResponse();
        response.Down.AddRange(book.Down(branchId, now).Select(OutageProto.ToWire));
        foreach (var outage in book.Of(branchId, now).Where(outage => outage.AnnounceAt <= now))
        {
            var affected = OutageRules.Affected(outage, core.Profile);
            var notice = new ServiceNotice
            {
                OutageId = outage.Id,
                Kind = (Protos.Register.V1.OutageKind)outage.Kind,
                Text = OutageTexts.Of(outage, affected, contacts, language),
                StartTime = outage.Start.ToProto(),
                EndTime = outage.End?.ToProto(),
                InForce = outage.IsInForce(now),
            };
            notice.Services.AddRange(affected.Select(OutageProto.ToWire));
            response.Notices.Add(notice);
        }

        return response;
    }
}
