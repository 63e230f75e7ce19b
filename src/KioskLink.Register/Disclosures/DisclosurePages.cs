using System.Globalization;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Patrons;
using KioskLink.Register.Requests;
using KioskLink.Register.Rights;
using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Disclosures;

/// <summary>Lists disclosures, newest first: all, or those of one patron's data (R55). Thread-safe.</summary>
internal sealed class DisclosurePages(RegisterCore core)
{
    /// <summary>One page of all.</summary>
    public ListDisclosuresResponse List(ListDisclosuresRequest request)
    {
        var kind = request.Kind == DisclosureKind.Unspecified ? 0 : (int)Field.Known(request.Kind, "kind");
        using var db = core.Store.Read();
        var (page, next) = Page(
            db.Set<DisclosureRow>().Where(row => row.Consortium == core.Store.Consortium && (kind == 0 || row.Kind == kind)), request.PageSize, request.PageToken);
        var response = new ListDisclosuresResponse { NextPageToken = next };
        response.Disclosures.AddRange(page.Select(Show));
        return response;
    }

    /// <summary>One page of a patron's.</summary>
    public (ListDisclosuresOfResponse Response, long PatronId) ListOf(ListDisclosuresOfRequest request, CallerIdentity caller)
    {
        using var db = core.Store.Read();
        var patron = PatronWriter.Find(db, core.Store.Consortium, request.CustomerId) ?? throw Field.Missing("patron");
        Restriction.Require(caller, patron);
        var (page, next) = Page(Of(db, patron), request.PageSize, request.PageToken);
        var response = new ListDisclosuresOfResponse { NextPageToken = next };
        response.Disclosures.AddRange(page.Select(Show));
        return (response, patron.PatronId);
    }

    /// <summary>The disclosures of a patron's data.</summary>
    public static IQueryable<DisclosureRow> Of(RegisterDb db, PatronRow patron) =>
        from subject in db.Set<DisclosureSubjectRow>()
        where subject.PatronId == patron.PatronId
        join row in db.Set<DisclosureRow>() on subject.DisclosureNumber equals row.DisclosureNumber
        select row;

    /// <summary>A disclosure as staff and subject see it.</summary>
    public static Disclosure Show(DisclosureRow row)
    {
        var disclosure = new Disclosure
        {
            Id = row.DisclosureId,
            Kind = (DisclosureKind)row.Kind,
            Recipient = row.Recipient,
            Municipality = row.Municipality,
            Basis = row.Basis,
            RecordCount = row.RecordCount,
            SubjectCount = row.SubjectCount,
            CreateTime = Instant.FromUnixTimeMilliseconds(row.CreatedAt).ToProto(),
            CreatedBy = row.CreatedBy,
            Period = row.Period,
            FileName = row.FileName,
            FileRemoveTime = row.RemovedAt.ToTimestamp(),
            // What tells of nobody is no secret.
            Confidentiality = row.Kind == (int)DisclosureKind.Statistics ? "" : SecretFolder.Confidentiality,
        };
        disclosure.Fields.AddRange(row.Fields.Split(' '));
        return disclosure;
    }

    private static (IEnumerable<DisclosureRow> Page, string Next) Page(IQueryable<DisclosureRow> rows, int asked, string token)
    {
        var size = Field.PageSize(asked);
        var before = Field.PageToken(token) ?? long.MaxValue;
        var page = rows.Where(row => row.DisclosureNumber < before).OrderByDescending(row => row.DisclosureNumber).Take(size + 1).ToList();
        return (page.Take(size), page.Count > size ? page[size - 1].DisclosureNumber.ToString(CultureInfo.InvariantCulture) : "");
    }
}
