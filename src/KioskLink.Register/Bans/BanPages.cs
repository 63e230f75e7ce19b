using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Identity;
using KioskLink.Register.Patrons;
using KioskLink.Register.Requests;
using KioskLink.Register.Rights;
using KioskLink.Register.Store;
using Duration = Google.Protobuf.WellKnownTypes.Duration;

namespace KioskLink.Register.Bans;

/// <summary>Lists bans, newest first. Thread-safe.</summary>
internal sealed class BanPages(RegisterCore core)
{
    /// <summary>One page.</summary>
    /// <param name="request">Which bans.</param>
    /// <param name="caller">Who asks: restricted patrons are for officers alone (R76).</param>
    /// <param name="audit">Learns whose bans are shown.</param>
    public ListBansResponse List(ListBansRequest request, CallerIdentity caller, CallAudit audit)
    {
        var size = Field.PageSize(request.PageSize);
        var (before, id) = PageCursor.Read(request.PageToken);
        var at = core.Now();
        var now = at.ToUnixTimeMilliseconds();
        var version = core.Log.Head.Version;
        var reads = Restriction.Reads(caller);
        using var db = core.Store.Read();
        if (PatronWriter.Find(db, core.Store.Consortium, request.CustomerId) is { } asked)
        {
            Restriction.Require(caller, asked);
        }

        var bans = db.Set<BanRow>().Where(ban => ban.Consortium == core.Store.Consortium);
        bans = request.IncludePast ? bans : bans.Where(ban => ban.LiftedAt == null && (ban.EndAt == null || ban.EndAt > now));
        var rows = from ban in bans
                   join patron in db.Set<PatronRow>() on ban.PatronId equals patron.PatronId
                   where request.CustomerId == "" ? !patron.Restricted || reads : patron.CustomerId == request.CustomerId
                   where ban.CreatedAt < before || (ban.CreatedAt == before && string.Compare(ban.BanId, id) > 0)
                   orderby ban.CreatedAt descending, ban.BanId
                   select new { Ban = ban, patron.CustomerId };
        var page = rows.Take(size + 1).ToList();
        var response = new ListBansResponse
        {
            NextPageToken = page.Count > size ? PageCursor.Token(page[size - 1].Ban.CreatedAt, page[size - 1].Ban.BanId) : "",
            Source = Source.Register,
            FactsVersion = version,
            FactsAge = new Duration(),
        };
        audit.About(page.Take(size).Select(row => row.Ban.PatronId));
        response.Bans.AddRange(page.Take(size).Select(row => BanView.Of(row.Ban, row.CustomerId, at)));
        return response;
    }
}
