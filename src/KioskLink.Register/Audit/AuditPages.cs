using System.Globalization;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Patrons;
using KioskLink.Register.Requests;
using KioskLink.Register.Rights;
using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Audit;

/// <summary>Lists the audit log, newest first. Thread-safe.</summary>
internal sealed class AuditPages(RegisterCore core)
{
    /// <summary>One page.</summary>
    /// <param name="request">Which rows.</param>
    /// <param name="audit">Learns whose rows were asked for.</param>
    /// <param name="caller">Who asks: of people whose processing is restricted only data-protection officers read who they are (R76).</param>
    public ListEventsResponse List(ListEventsRequest request, CallAudit audit, CallerIdentity caller)
    {
        var size = Field.PageSize(request.PageSize);
        var before = Field.PageToken(request.PageToken) ?? long.MaxValue;
        using var db = core.Store.Read();
        var page = Newest(InTime(OfActor(OfSubject(db, request, audit, caller), request), request), before).Take(size + 1).ToList();
        var response = new ListEventsResponse
        {
            NextPageToken = page.Count > size ? page[size - 1].Sequence.ToString(CultureInfo.InvariantCulture) : "",
        };
        var events = page.Take(size).Select(row => (Row: row, Subjects: (IReadOnlyList<long>)[.. AuditRow.ReadSubjects(row.Subjects)])).ToList();
        var hidden = Restriction.Hidden(db, caller, events.SelectMany(one => one.Subjects).ToHashSet());
        response.Events.AddRange(events.Select(one => ToProto(one.Row, one.Subjects, hidden)));
        return response;
    }

    /// <summary>The rows about a subject: found by the subject's own index, since a patron has few rows among millions.</summary>
    public static IQueryable<FoundRow> About(RegisterDb db, string consortium, long subject) =>
        from found in db.Set<AuditSubjectRow>()
        where found.Consortium == consortium && found.Subject == subject
        join row in db.Set<AuditRow>() on new { found.Consortium, found.Sequence } equals new { row.Consortium, row.Sequence }
        select new FoundRow { Sequence = found.Sequence, Row = row };

    /// <summary>Rows before one, the newest first.</summary>
    public static IQueryable<AuditRow> Newest(IQueryable<FoundRow> rows, long before) =>
        rows.Where(found => found.Sequence < before).OrderByDescending(found => found.Sequence).Select(found => found.Row);

    private IQueryable<FoundRow> OfSubject(RegisterDb db, ListEventsRequest request, CallAudit audit, CallerIdentity caller)
    {
        if (request.SubjectCase == ListEventsRequest.SubjectOneofCase.None)
        {
            return db.Set<AuditRow>().Where(row => row.Consortium == core.Store.Consortium).Select(row => new FoundRow { Sequence = row.Sequence, Row = row });
        }

        var patron = request.SubjectCase == ListEventsRequest.SubjectOneofCase.Patron
            ? request.Patron
            : PatronWriter.Find(db, core.Store.Consortium, request.CustomerId)?.PatronId ?? throw Field.Missing("patron");
        audit.About(patron);
        if (Restriction.Hidden(db, caller, [patron]).Count > 0)
        {
            throw Restriction.Refusal();
        }

        return About(db, core.Store.Consortium, patron);
    }

    private static IQueryable<FoundRow> OfActor(IQueryable<FoundRow> rows, ListEventsRequest request)
    {
        Field.Optional(request.Actor, "actor");
        Field.Optional(request.Action, "action");
        rows = request.Actor.Length > 0 ? rows.Where(found => found.Row.Actor == request.Actor) : rows;
        return request.Action.Length > 0 ? rows.Where(found => found.Row.Action == request.Action) : rows;
    }

    private static IQueryable<FoundRow> InTime(IQueryable<FoundRow> rows, ListEventsRequest request)
    {
        var from = Field.Time(request.FromTime, "from_time")?.ToUnixTimeMilliseconds();
        var until = Field.Time(request.UntilTime, "until_time")?.ToUnixTimeMilliseconds();
        if (until <= from)
        {
            throw Field.Wrong("until_time", "must lie after from_time");
        }

        rows = from is { } first ? rows.Where(found => found.Row.At >= first) : rows;
        return until is { } end ? rows.Where(found => found.Row.At < end) : rows;
    }

    private static AuditEvent ToProto(AuditRow row, IReadOnlyList<long> subjects, HashSet<long> hidden)
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
        shown.Subjects.AddRange(subjects.Where(subject => !hidden.Contains(subject)));
        shown.HiddenSubjects = subjects.Count - shown.Subjects.Count;
        return shown;
    }
}

/// <summary>A row of the log, and its place by the index that found it: to sort by that one keeps SQLite from walking the whole log.</summary>
internal sealed class FoundRow
{
    /// <summary>Its place.</summary>
    public long Sequence { get; init; }

    /// <summary>The row.</summary>
    public required AuditRow Row { get; init; }
}
