using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Consents;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Patrons;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Identity;
using Duration = Google.Protobuf.WellKnownTypes.Duration;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Permissions;

/// <summary>What a patron has accepted or been given, and badges.</summary>
internal sealed class PermissionService(RegisterCore core, BadgeWriter badges, PatronProto proto, ConsentWriter consents)
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
        var written = await core.Lane.WriteAsync(
            scope => Set(scope, request, by), patron => context.Audit().About(patron).Fields("permissions"), context.CancellationToken);
        return new SetPermissionResponse { Version = written.Version };
    }

    /// <inheritdoc/>
    public override async Task<GetPermissionResponse> GetPermission(GetPermissionRequest request, ServerCallContext context)
    {
        Field.Required(request.CustomerId, "customer_id", Field.IdMax);
        var version = core.Log.Head.Version;
        await using var db = core.Store.Read();
        var patron = PatronWriter.Find(db, core.Store.Consortium, request.CustomerId) ?? throw Field.Missing("patron");
        context.Audit().About(patron.PatronId).Fields("permissions");
        var rules = core.Profile.SelfService;
        var access = core.Profile.Groups.FirstOrDefault(group => group.Code == patron.PatronGroup)?.SelfService ?? GroupAccess.Deny;
        var born = patron.DateOfBirth.ToDate();
        var isYoung = rules.MinimumAge > 0 && born is { } day && AgeRule.OkFrom(day, rules.MinimumAge) > proto.Today();
        return new GetPermissionResponse
        {
            TermsAcceptedOn = patron.TermsAcceptedOn,
            RegisteredOn = patron.RegisteredOn,
            GuardianConsentOn = patron.GuardianConsentOn,
            ExtendedTime = patron.ExtendedTime,
            TermsRequired = rules.TermsRequired,
            RegistrationRequired = rules.RegistrationRequired,
            GuardianConsentRequired = access == GroupAccess.NeedConsent || (isYoung && rules.MinorConsentSuffices),
            GroupAccess = (Wire.GroupAccess)access,
            Source = Wire.Source.Register,
            FactsVersion = version,
            FactsAge = new Duration(),
        };
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

    private long Set(WriteScope scope, SetPermissionRequest request, string by)
    {
        var before = PatronWriter.Find(scope.Db, scope.Consortium, request.CustomerId) ?? throw Field.Missing("patron");
        var after = before with
        {
            TermsAcceptedOn = request.HasTermsAcceptedOn ? request.TermsAcceptedOn : before.TermsAcceptedOn,
            RegisteredOn = request.HasRegisteredOn ? request.RegisteredOn : before.RegisteredOn,
            GuardianConsentOn = request.HasGuardianConsentOn ? request.GuardianConsentOn : before.GuardianConsentOn,
            ExtendedTime = request.HasExtendedTime ? request.ExtendedTime : before.ExtendedTime,
        };
        if (after == before)
        {
            return before.PatronId;
        }

        after = consents.Counting(scope, before, after, ConsentChannel.Desk, by);

        RefuseBeforeBirth(request.TermsAcceptedOn, before, "terms_accepted_on");
        RefuseBeforeBirth(request.RegisteredOn, before, "registered_on");
        RefuseBeforeBirth(request.GuardianConsentOn, before, "guardian_consent_on");

        (after.UpdatedAt, after.UpdatedBy) = (scope.NowMs, by);
        scope.Db.Update(after);
        consents.Note(scope, before, after, ConsentChannel.Desk, by);
        PatronWriter.TouchCards(scope, after.PatronId, priority: false);
        return after.PatronId;
    }

    private static void RefuseBeforeBirth(string date, PatronRow patron, string field)
    {
        if (date.ToDate() < patron.DateOfBirth.ToDate())
        {
            throw Field.Wrong(field, "lies before the patron's birth: correct it");
        }
    }

    private void CheckPast(string date, string field)
    {
        if (Field.Date(date, field) > proto.Today())
        {
            throw Field.Wrong(field, "lies in the future: correct it");
        }
    }
}
