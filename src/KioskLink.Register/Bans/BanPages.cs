using System.Globalization;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Patrons;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;

namespace KioskLink.Register.Bans;

/// <summary>Lists bans, newest first. Thread-safe.</summary>
internal sealed class BanPages(RegisterCore core)
{
    /// <summary>One page.</summary>
    public ListBansResponse List(ListBansRequest request)
    {
        var size = Field.PageSize(request.PageSize);
        var skip = (int)(Field.PageToken(request.PageToken) ?? 0);
        var now = core.Now().ToUnixTimeMilliseconds();
        using var db = core.Store.Read();
        var bans = db.Set<BanRow>().Where(ban => ban.Consortium == core.Store.Consortium);
        bans = request.IncludePast ? bans : bans.Where(ban => ban.LiftedAt == null && (ban.EndAt == null || ban.EndAt > now));
        var rows = from ban in bans
                   join patron in db.Set<PatronRow>() on ban.PatronId equals patron.PatronId
                   where request.CustomerId == "" || patron.CustomerId == request.CustomerId
                   orderby ban.CreatedAt descending, ban.BanId
                   select new { Ban = ban, patron.CustomerId };
        var page = rows.Skip(skip).Take(size + 1).ToList();
        var response = new ListBansResponse
        {
            NextPageToken = page.Count > size ? (skip + size).ToString(CultureInfo.InvariantCulture) : "",
        };
        response.Bans.AddRange(page.Take(size).Select(row => PatronProto.Ban(row.Ban, row.CustomerId)));
        return response;
    }
}
