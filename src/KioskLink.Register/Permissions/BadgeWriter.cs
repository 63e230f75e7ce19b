using Google.Protobuf;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Branches;
using KioskLink.Register.Cards;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using KioskLink.Rules.Cards;
using EntityState = Microsoft.EntityFrameworkCore.EntityState;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Permissions;

/// <summary>Checks and writes badges. Thread-safe.</summary>
internal sealed class BadgeWriter(RegisterCore core)
{
    private readonly IReadOnlyList<CardFormat> _formats = BranchRules.CardFormats(core.Profile);

    /// <summary>Creates or changes a badge by its reference.</summary>
    public async Task<(Wire.Badge Badge, long Version)> PutAsync(UpsertBadgeRequest request, CancellationToken cancel)
    {
        var badge = request.Badge?.Clone() ?? throw Field.Wrong("badge", "is missing: give it");
        badge.Token = ByteString.Empty;
        Check(badge);
        var number = request.CardNumber.Length == 0 ? null : Number(request.CardNumber);
        if (core.Index.Badge(badge.BadgeRef) is { } known && known.Badge.Equals(badge)
            && (number is null || core.Store.Vault.CardIndex(number) == known.Key))
        {
            return (known.Badge, known.Version);
        }

        var written = await core.Lane.WriteAsync(scope => Put(scope, badge, number), cancel).ConfigureAwait(false);
        return (badge, written.Version);
    }

    private void Put(WriteScope scope, Wire.Badge badge, string? number)
    {
        var known = scope.Db.Set<BadgeRow>().SingleOrDefault(row => row.Consortium == scope.Consortium && row.BadgeRef == badge.BadgeRef);
        if (known is null && number is null)
        {
            throw Field.Wrong("card_number", "is missing: a new badge needs the number that its reader reads");
        }

        var row = (known ?? new BadgeRow { Consortium = scope.Consortium, BadgeRef = badge.BadgeRef }) with
        {
            Badge = JsonFormatter.Default.Format(badge),
            UpdatedAt = scope.NowMs,
        };
        if (number is not null)
        {
            (row.NumberIndex, row.SealedNumber) = (FreeIndex(scope, badge.BadgeRef, number), core.Store.Vault.SealCardNumber(number));
        }

        scope.Db.Entry(row).State = known is null ? EntityState.Added : EntityState.Modified;
        scope.Touch(EntityId.Badge(badge.BadgeRef), priority: true);
    }

    private byte[] FreeIndex(WriteScope scope, string badgeRef, string number)
    {
        var key = core.Store.Vault.CardIndex(number).ToBytes();
        var taken = scope.Db.Set<CardRow>().Any(card => card.Consortium == scope.Consortium && card.NumberIndex == key)
            || scope.Db.Set<BadgeRow>().Any(row => row.Consortium == scope.Consortium && row.NumberIndex == key && row.BadgeRef != badgeRef);
        return taken
            ? throw Refused.With(StatusCode.AlreadyExists, "CARD_TAKEN", "The `card_number` belongs to a patron or another badge: take another card.")
            : key;
    }

    private void Check(Wire.Badge badge)
    {
        BranchCheck.CheckId(badge.BadgeRef, "badge.badge_ref");
        Field.Known(badge.Role, "badge.role");
        Field.Date(badge.ExpiresOn, "badge.expires_on");
        if (badge.BranchIds.Any(branch => core.Index.Branch(branch) is null))
        {
            throw Field.Wrong("badge.branch_ids", "names a branch that is not there: list the branches and correct it");
        }

        if (badge.Schedule is { } schedule)
        {
            HoursCheck.Check(schedule, "badge.schedule");
        }
    }

    private string Number(string raw) =>
        CardNumber.TryRead(raw, _formats, out var number)
            ? number
            : throw Field.Wrong("card_number", "is no card number of this consortium: check its length and check digit");
}
