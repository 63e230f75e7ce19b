using KioskLink.Rules.Access;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Node.Replica;

/// <summary>A badge from the wire.</summary>
internal static class BadgeWire
{
    /// <summary>The facts of a badge.</summary>
    public static BadgeFacts FromProto(Wire.Badge badge) => new()
    {
        BadgeRef = badge.BadgeRef,
        Role = (BadgeRole)badge.Role,
        BranchIds = [.. badge.BranchIds],
        DoorIds = [.. badge.DoorIds],
        Schedule = badge.Schedule is { } schedule ? HoursWire.FromProto(schedule) : null,
        Revoked = badge.Revoked,
        ExpiresOn = CardWire.ToDate(badge.ExpiresOn),
        ExtendedTime = badge.ExtendedTime,
    };
}
