using KioskLink.Node.Clock;
using KioskLink.Node.Hosting;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Node.Kiosk;

/// <summary>What patrons are told of breaks and outages, from the replica: a kiosk tells of an outage while it lasts (R82, R83).</summary>
internal static class KioskNotices
{
    /// <summary>The notices that are to be shown now, soonest first.</summary>
    public static IEnumerable<OutageNotice> In(NodeParts parts, Language language)
    {
        var (now, branch) = (parts.Clock.Now, parts.Replica.Branch);
        var first = branch is { Languages: [var ofBranch, ..] } ? ofBranch : Rules.Access.Language.Fi;
        var wanted = language == Language.Unspecified ? first : (Rules.Access.Language)language;
        return branch?.Notices.Where(notice => notice.IsShown(now)).OrderBy(notice => notice.Start).Select(notice => new OutageNotice
        {
            Text = notice.TextIn(wanted),
            StartTime = notice.Start.ToProto(),
            EndTime = notice.End?.ToProto(),
            InForce = notice.Start <= now,
            DoorsAffected = notice.DoorsAffected,
            Unplanned = notice.Unplanned,
        }) ?? [];
    }
}
