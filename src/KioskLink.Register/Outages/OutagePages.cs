using KioskLink.Protos.Register.V1;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;

namespace KioskLink.Register.Outages;

/// <summary>Lists outages, newest first. Thread-safe.</summary>
internal sealed class OutagePages(RegisterCore core)
{
    /// <summary>One page.</summary>
    public ListOutagesResponse List(ListOutagesRequest request)
    {
        var size = Field.PageSize(request.PageSize);
        var (before, id) = PageCursor.Read(request.PageToken);
        var now = core.Now().ToUnixTimeMilliseconds();
        using var db = core.Store.Read();
        var rows = db.Set<OutageRow>().Where(row => row.Consortium == core.Store.Consortium);
        rows = request.IncludePast ? rows : rows.Where(row => row.EndedAt == null && (row.EndAt == null || row.EndAt > now));
        var page = rows
            .Where(row => row.CreatedAt < before || (row.CreatedAt == before && string.Compare(row.OutageId, id) > 0))
            .OrderByDescending(row => row.CreatedAt).ThenBy(row => row.OutageId)
            .Take(size + 1)
            .ToList();
        var response = new ListOutagesResponse { NextPageToken = page.Count > size ? PageCursor.Token(page[size - 1].CreatedAt, page[size - 1].OutageId) : "" };
        response.Outages.AddRange(page.Take(size).Select(row => OutageProto.Show(row, core.Profile)));
        return response;
    }
}
