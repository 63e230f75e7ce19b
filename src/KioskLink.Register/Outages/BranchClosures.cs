using KioskLink.Register.Facts;
using KioskLink.Register.Profiles;
using KioskLink.Register.Store;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Outages;

/// <summary>
/// Puts suspensions and outages into the facts of a branch, besides those that were applied with it: so the register decides by them,
/// and the branch's nodes have them without it.
/// </summary>
internal static class BranchClosures
{
    /// <summary>
    /// Closures of each kind (suspensions, planned breaks, unplanned outages) that a branch's facts hold at most. Facts are not made again
    /// when one of them ends, so the desks take no more than this of what is not over: all of it has its place.
    /// </summary>
    public const int Most = 64;

    /// <summary>Adds those of one branch.</summary>
    public static Wire.BranchFacts Add(RegisterDb db, string consortium, ConsortiumProfile profile, Wire.BranchFacts facts, Instant now)
    {
        var (branch, nowMs) = (facts.Branch, now.ToUnixTimeMilliseconds());
        branch.Suspensions.AddRange(Suspensions(db, consortium, branch.Id, nowMs).Take(Most).AsEnumerable().OrderBy(row => row.StartAt).Select(Suspension));
        var outages = new[] { OutageKind.Planned, OutageKind.Unplanned }.SelectMany(kind => Outages(db, consortium, kind, nowMs)
            .AsEnumerable().Select(OutageRows.ToTerms).Where(outage => outage.Concerns(branch.Id)).Take(Most));
        branch.Maintenance.AddRange(outages.OrderBy(outage => outage.Start).Select(outage => Window(outage, branch, profile)));
        return facts;
    }

    // What holds and what comes next goes before what comes later, and that before what is over.
    private static IQueryable<SuspensionRow> Suspensions(RegisterDb db, string consortium, string branchId, long now) => db.Set<SuspensionRow>()
        .Where(row => row.Consortium == consortium && row.BranchId == branchId && (row.LiftedAt == null || row.LiftedAt > row.StartAt))
        .Select(row => new { Row = row, IsOver = row.LiftedAt != null || (row.EndAt != null && row.EndAt <= now) })
        .OrderBy(one => one.IsOver ? 1 : 0).ThenBy(one => one.IsOver ? -one.Row.StartAt : one.Row.StartAt).Select(one => one.Row);

    private static IQueryable<OutageRow> Outages(RegisterDb db, string consortium, OutageKind kind, long now) => db.Set<OutageRow>()
        .Where(row => row.Consortium == consortium && row.Kind == (int)kind && (row.EndedAt == null || row.EndedAt > row.StartAt))
        .Select(row => new { Row = row, IsOver = row.EndedAt != null || (row.EndAt != null && row.EndAt <= now) })
        .OrderBy(one => one.IsOver ? 1 : 0).ThenBy(one => one.IsOver ? -one.Row.StartAt : one.Row.StartAt).Select(one => one.Row);

    private static Wire.Suspension Suspension(SuspensionRow row) => new()
    {
        Id = row.SuspensionId,
        StartTime = Instant.FromUnixTimeMilliseconds(row.StartAt).ToProto(),
        EndTime = (row.LiftedAt ?? row.EndAt).ToTimestamp(),
        Reason = row.Reason,
    };

    private static Wire.MaintenanceWindow Window(OutageTerms outage, Wire.Branch branch, ConsortiumProfile profile)
    {
        var window = new Wire.MaintenanceWindow
        {
            Id = outage.Id,
            StartTime = outage.Start.ToProto(),
            EndTime = outage.End?.ToProto(),
            DoorsAffected = outage.Services.Contains(LibraryService.Doors),
            Reason = outage.Reason,
            Unplanned = outage.Kind == OutageKind.Unplanned,
            AnnounceTime = outage.AnnounceAt.ToProto(),
        };
        var (affected, contacts) = (OutageRules.Affected(outage, profile), Contacts(profile, branch.HelpPhone));
        window.Notices.AddRange(profile.Languages.Select(language => new Wire.Notice
        {
            Language = (Wire.Language)language,
            Text = OutageTexts.Of(outage, affected, contacts, language),
        }));
        return window;
    }

    /// <summary>Whom patrons of a branch may ask: the branch's own number first.</summary>
    public static IReadOnlyList<string> Contacts(ConsortiumProfile profile, string helpPhone) =>
        helpPhone.Length == 0 ? profile.Outages.Contacts : [helpPhone, .. profile.Outages.Contacts.Where(contact => contact != helpPhone)];
}
