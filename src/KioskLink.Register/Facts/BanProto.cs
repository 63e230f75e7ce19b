using KioskLink.Rules.Access;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Facts;

/// <summary>A ban between rules and wire.</summary>
internal static class BanProto
{
    /// <summary>The ban on the wire.</summary>
    public static Wire.BanFact ToProto(this BanFact ban)
    {
        var wire = new Wire.BanFact { Kind = (Wire.BanKind)ban.Kind, StartTime = ban.Start.ToProto(), EndTime = ban.End?.ToProto() };
        wire.BranchIds.AddRange(ban.BranchIds);
        return wire;
    }

    /// <summary>The ban of the wire.</summary>
    public static BanFact FromProto(this Wire.BanFact ban) =>
        new((BanKind)ban.Kind, ban.StartTime.FromProto(), ban.EndTime?.FromProto(), [.. ban.BranchIds]);
}
