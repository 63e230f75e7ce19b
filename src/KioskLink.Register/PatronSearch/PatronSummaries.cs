using KioskLink.Protos.Register.V1;
using KioskLink.Register.Bans;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.PatronNotes;
using KioskLink.Register.Patrons;
using KioskLink.Register.Rights;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Identity;

namespace KioskLink.Register.PatronSearch;

/// <summary>Pages of patrons as a list shows them. Thread-safe.</summary>
internal sealed class PatronSummaries(RegisterCore core, PatronFinder finder)
{
    /// <summary>
    /// One page, and the register's own numbers of those on it. Only an officer finds a restricted patron by name or birthday, which
    /// would tell them, or among those who lack a responsible person; by number others see that there is one (R76).
    /// </summary>
    public (SearchPatronsResponse Page, IReadOnlyList<long> Ids) Search(SearchPatronsRequest request, CallerIdentity caller)
    {
        var version = core.Log.Head.Version;
        using var db = core.Store.Read();
        var found = finder.Find(db, request);
        var ids = found.Ids.ToList();
        var rows = db.Set<PatronRow>().Where(row => ids.Contains(row.PatronId)).ToDictionary(row => row.PatronId);
        var now = core.Now().ToUnixTimeMilliseconds();
        var banned = db.Set<BanRow>()
            .Where(ban => ids.Contains(ban.PatronId) && ban.LiftedAt == null && (ban.EndAt == null || ban.EndAt > now))
            .Select(ban => ban.PatronId)
            .ToHashSet();
        var noted = UnsettledMatters.Noted(db, ids);
        var page = new SearchPatronsResponse
        {
            NextPageToken = found.NextToken,
            Source = Protos.Types.V1.Source.Register,
            FactsVersion = version,
            FactsAge = NodaTime.Duration.Zero.ToProto(),
        };
        var hidden = Restriction.Hidden(db, caller, ids);
        if (request.LacksResponsible || request.KeyCase is SearchPatronsRequest.KeyOneofCase.NamePrefix or SearchPatronsRequest.KeyOneofCase.DateOfBirth)
        {
            ids.RemoveAll(hidden.Contains);
        }

        page.Patrons.AddRange(ids.Where(rows.ContainsKey).Select(id => hidden.Contains(id)
            ? new PatronSummary { CustomerId = rows[id].CustomerId, Restricted = true }
            : Show(rows[id], banned.Contains(id), noted.Contains(id))));
        return (page, ids);
    }

    private PatronSummary Show(PatronRow row, bool banned, bool noted) => new()
    {
        CustomerId = row.CustomerId,
        Surname = row.Surname,
        FirstNames = row.FirstNames,
        DateOfBirth = row.DateOfBirth,
        Age = row.DateOfBirth.ToDate() is { } born ? AgeRule.At(born, OpeningCalendar.DateAt(core.Now())) : 0,
        Group = row.PatronGroup,
        HomeBranch = core.Profile.PatronFields.HomeUnit ? row.HomeBranch : "",
        HasBan = banned,
        Restricted = row.Restricted,
        HasUnsettled = row.FeesCents > 0 || noted,
    };
}
