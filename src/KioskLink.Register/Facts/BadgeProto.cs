using KioskLink.Rules.Access;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Facts;

/// <summary>A badge between rules and wire.</summary>
internal static class BadgeProto
{
    /// <summary>The badge on the wire, without token.</summary>
    public static Wire.Badge ToProto(this BadgeFacts badge)
    {
        var wire = new Wire.Badge
        {
            BadgeRef = badge.BadgeRef,
            Role = (Wire.BadgeRole)badge.Role,
            Schedule = badge.Schedule?.ToProto(),
            Revoked = badge.Revoked,
            ExpiresOn = badge.ExpiresOn.ToIso(),
            ExtendedTime = badge.ExtendedTime,
        };
        wire.BranchIds.AddRange(badge.BranchIds);
        wire.DoorIds.AddRange(badge.DoorIds);
        return wire;
    }

    /// <summary>The badge of the wire.</summary>
    public static BadgeFacts FromProto(this Wire.Badge badge) => new()
    {
        BadgeRef = badge.BadgeRef,
        Role = (BadgeRole)badge.Role,
        BranchIds = [.. badge.BranchIds],
        DoorIds = [.. badge.DoorIds],
        Schedule = badge.Schedule?.FromProto(),
        Revoked = badge.Revoked,
        ExpiresOn = badge.ExpiresOn.ToDate(),
        ExtendedTime = badge.ExtendedTime,
    };
}
