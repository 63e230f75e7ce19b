using System.Globalization;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Patrons;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Audit;

/// <summary>Lists the audit log, newest first. Thread-safe.</summary>
internal sealed class AuditPages(RegisterCore core)
{
    /// <summary>One page.</summary>
    /// <param name="request">Which rows.</param>
    /// <param name="audit">Learns whose rows were asked for.</param>
    public ListEventsResponse List(ListEventsRequest request, CallAudit audit)
    {
        var size = Field.PageSize(request.PageSize);
        var before = Field.PageToken(request.PageToken) ?? long.MaxValue;
        using var db = core.Store.Read();
        var rows = OfSubject(db, request, audit).Where(row => row.Consortium == core.Store.Consortium && row.Sequence < before);
        var page = InTime(OfActor(rows, request), request).OrderByDescending(row => row.Sequence).Take(size + 1).ToList();
        var response = new ListEventsResponse
        {
            NextPageToken = page.Count > size ? page[size - 1].Sequence.ToString(CultureInfo.InvariantCulture) : "",
        };
        response.Events.AddRange(page.Take(size).Select(ToProto));
        return response;
    }

    private IQueryable<AuditRow> OfSubject(RegisterDb db, ListEventsRequest request, CallAudit audit)
    {
        if (request.SubjectCase == ListEventsRequest.SubjectOneofCase.None)
        {
            return db.Set<AuditRow>().AsQueryable();
        }

        var patron = request.SubjectCase == ListEventsRequest.SubjectOneofCase.Patron
            ? request.Patron
            : PatronWriter.Find(db, core.Store.Consortium, request.CustomerId)?.PatronId ?? throw Field.Missing("patron");
        audit.About(patron);
        return from found in db.Set<AuditSubjectRow>()
               where found.Consortium == core.Store.Consortium && found.Subject == patron
               join row in db.Set<AuditRow>() on new { found.Consortium, found.Sequence } equals new { row.Consortium, row.Sequence }
               select row;
    }

    private static IQueryable<AuditRow> OfActor(IQueryable<AuditRow> rows, ListEventsRequest request)
    {
        Field.Optional(request.Actor, "actor");
        Field.Optional(request.Action, "action");
        rows = request.Actor.Length > 0 ? rows.Where(row => row.Actor == request.Actor) : rows;
        return request.Action.Length > 0 ? rows.Where(row => row.Action == request.Action) : rows;
    }

    private static IQueryable<AuditRow> InTime(IQueryable<AuditRow> rows, ListEventsRequest request)
    {
        var from = Field.Time(request.FromTime, "from_time")?.ToUnixTimeMilliseconds();
        var until = Field.Time(request.UntilTime, "until_time")?.ToUnixTimeMilliseconds();
        if (until <= from)
        {
            throw Field.Wrong("until_time", "must lie after from_time");
        }

        rows = from is { } first ? rows.Where(row => row.At >= first) : rows;
        return until is { } end ? rows.Where(row => row.At < end) : rows;
    }

    private static AuditEvent ToProto(AuditRow row)
    {
        var shown = new AuditEvent
        {
            Sequence = row.Sequence,
            Time = Instant.FromUnixTimeMilliseconds(row.At).ToProto(),
            Actor = row.Actor,
            Role = row.Role,
            Action = row.Action,
            Purpose = row.Purpose,
            Fields = row.Fields,
            Device = row.Device,
            Result = row.Result,
            Reason = row.Reason,
            Calls = row.Calls,
            Hash = Convert.ToHexStringLower(row.Hash),
        };
        shown.Subjects.AddRange(AuditRow.ReadSubjects(row.Subjects));
        return shown;
    }
}
