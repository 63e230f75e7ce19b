using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Bans;

/// <summary>A ban as staff sees it (R29). Pure.</summary>
internal static class BanView
{
    /// <summary>The ban as it stands at a time.</summary>
    public static Ban Of(BanRow row, string customerId, Instant now)
    {
        var ban = new Ban
        {
            Id = row.BanId,
            CustomerId = customerId,
            Kind = (Wire.BanKind)row.Kind,
            StartTime = Instant.FromUnixTimeMilliseconds(row.StartAt).ToProto(),
            EndTime = row.EndAt.ToTimestamp(),
            ReasonCode = row.ReasonCode,
            Reason = row.Reason,
            DecidedBy = row.DecidedBy,
            DecisionRef = row.DecisionRef,
            HeardOn = row.HeardOn,
            Hearing = row.Hearing,
            Appeal = row.Appeal,
            CreateTime = Instant.FromUnixTimeMilliseconds(row.CreatedAt).ToProto(),
            CreatedBy = row.CreatedBy,
            LiftedBy = row.LiftedBy,
            LiftTime = row.LiftedAt.ToTimestamp(),
            LiftReason = row.LiftReason,
            State = StateOf(row, now.ToUnixTimeMilliseconds()),
        };
        ban.BranchIds.AddRange(Branches(row));
        return ban;
    }

    /// <summary>Where a ban holds; none means everywhere.</summary>
    public static IReadOnlyList<string> Branches(BanRow row) => row.BranchIds.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static BanState StateOf(BanRow row, long now) =>
        row.LiftedAt is not null ? BanState.Lifted
        : row.EndAt <= now ? BanState.Over
        : row.StartAt > now ? BanState.Pending
        : BanState.InForce;
}
