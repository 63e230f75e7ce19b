using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Identity;
using KioskLink.Register.Patrons;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;

namespace KioskLink.Register.Permissions;

/// <summary>What a patron has accepted or been given, and badges.</summary>
internal sealed class PermissionService(RegisterCore core, BadgeWriter badges, PatronProto proto)
    : Protos.Register.V1.PermissionService.PermissionServiceBase
{
    /// <inheritdoc/>
    public override async Task<SetPermissionResponse> SetPermission(SetPermissionRequest request, ServerCallContext context)
    {
        Field.Required(request.CustomerId, "customer_id", Field.IdMax);
        CheckPast(request.TermsAcceptedOn, "terms_accepted_on");
        CheckPast(request.RegisteredOn, "registered_on");
        CheckPast(request.GuardianConsentOn, "guardian_consent_on");
        var by = context.Caller().Name;
        var written = await core.Lane.WriteAsync(scope => Set(scope, request, by), context.CancellationToken);
        context.Audit().About(written.Result).Fields("permissions");
        return new SetPermissionResponse { Version = written.Version };
    }

    /// <inheritdoc/>
    public override async Task<UpsertBadgeResponse> UpsertBadge(UpsertBadgeRequest request, ServerCallContext context)
    {
        var (badge, version) = await badges.PutAsync(request, context.CancellationToken);
        return new UpsertBadgeResponse { Badge = badge, Version = version };
    }

    /// <inheritdoc/>
    public override Task<ListBadgesResponse> ListBadges(ListBadgesRequest request, ServerCallContext context)
    {
        var size = Field.PageSize(request.PageSize);
        var page = core.Index.Badges
            .Where(badge => string.CompareOrdinal(badge.Facts.BadgeRef, request.PageToken) > 0)
            .OrderBy(badge => badge.Facts.BadgeRef, StringComparer.Ordinal)
            .Take(size + 1)
            .ToList();
        var response = new ListBadgesResponse { NextPageToken = page.Count > size ? page[size - 1].Facts.BadgeRef : "" };
        response.Badges.AddRange(page.Take(size).Select(badge => badge.Badge));
        return Task.FromResult(response);
    }

    private static long Set(WriteScope scope, SetPermissionRequest request, string by)
    {
        var before = PatronWriter.Find(scope.Db, scope.Consortium, request.CustomerId) ?? throw Field.Missing("patron");
        var after = before with
        {
            TermsAcceptedOn = request.HasTermsAcceptedOn ? request.TermsAcceptedOn : before.TermsAcceptedOn,
            RegisteredOn = request.HasRegisteredOn ? request.RegisteredOn : before.RegisteredOn,
            GuardianConsentOn = request.HasGuardianConsentOn ? request.GuardianConsentOn : before.GuardianConsentOn,
        };
        if (after == before)
        {
            return before.PatronId;
        }

        (after.UpdatedAt, after.UpdatedBy) = (scope.NowMs, by);
        scope.Db.Update(after);
        PatronWriter.TouchCards(scope, after.PatronId, priority: false);
        return after.PatronId;
    }

    private void CheckPast(string date, string field)
    {
        if (Field.Date(date, field) > proto.Today())
        {
            throw Field.Wrong(field, "lies in the future: correct it");
        }
    }
}
