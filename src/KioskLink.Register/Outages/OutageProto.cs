using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Profiles;
using KioskLink.Register.Requests;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Outages;

/// <summary>Outages between rows and the API. Pure.</summary>
internal static class OutageProto
{
    private const int ReasonMax = 500;

    /// <summary>Reads what staff gave, times filled in: INVALID_ARGUMENT names the field.</summary>
    public static OutageTerms Read(Outage outage, ConsortiumProfile profile, Instant now)
    {
        var kind = (OutageKind)Field.Known(outage.Kind, "outage.kind");
        var start = Field.Time(outage.StartTime, "outage.start_time") ?? now;
        var ahead = kind == OutageKind.Planned ? Instant.Max(start - profile.Outages.AnnounceAhead, Instant.Min(now, start)) : start;
        return new OutageTerms
        {
            Kind = kind,
            Scope = (OutageScope)Field.Known(outage.Scope, "outage.scope"),
            BranchIds = [.. outage.BranchIds.Distinct()],
            Services = Services(outage.Services),
            Dependents = outage.Dependents is { } own ? Services(own.Services) : null,
            Start = start,
            End = Field.Time(outage.EndTime, "outage.end_time"),
            AnnounceAt = Field.Time(outage.AnnounceTime, "outage.announce_time") ?? ahead,
            Reason = Field.Required(outage.Reason, "outage.reason", ReasonMax),
            Notices = Notices(outage.Notices, "outage.notices"),
        };
    }

    /// <summary>Services of the wire.</summary>
    public static IReadOnlyList<LibraryService> Services(IEnumerable<Protos.Register.V1.LibraryService> services) =>
        [.. services.Select(service => (LibraryService)service)];

    /// <summary>Texts of the wire, each language once.</summary>
    public static IReadOnlyDictionary<Rules.Access.Language, string> Notices(IEnumerable<Wire.Notice> notices, string field)
    {
        var texts = new SortedDictionary<Rules.Access.Language, string>();
        foreach (var notice in notices)
        {
            if (!texts.TryAdd((Rules.Access.Language)Field.Known(notice.Language, $"{field}.language"), notice.Text))
            {
                throw Field.Wrong($"{field}.language", "stands there twice: give one text a language");
            }
        }

        return texts;
    }

    /// <summary>An outage as staff sees it.</summary>
    public static Outage Show(OutageRow row, ConsortiumProfile profile)
    {
        var terms = row.ToTerms();
        var outage = new Outage
        {
            Id = row.OutageId,
            Kind = (Protos.Register.V1.OutageKind)row.Kind,
            Scope = (Protos.Register.V1.OutageScope)row.Scope,
            StartTime = terms.Start.ToProto(),
            EndTime = row.EndAt.ToTimestamp(),
            Reason = row.Reason,
            AnnounceTime = terms.AnnounceAt.ToProto(),
            CreatedBy = row.CreatedBy,
            CreateTime = Instant.FromUnixTimeMilliseconds(row.CreatedAt).ToProto(),
            EndedBy = row.EndedBy,
            EndedTime = row.EndedAt.ToTimestamp(),
        };
        outage.BranchIds.AddRange(terms.BranchIds);
        outage.Services.AddRange(terms.Services.Select(ToWire));
        var affected = OutageRules.Affected(terms, profile);
        outage.Dependents = terms.Dependents is { } own ? new Dependents { Services = { own.Select(ToWire) } } : null;
        outage.AffectedServices.AddRange(affected.Select(ToWire));
        outage.Notices.AddRange(profile.Languages.Select(language => new Wire.Notice
        {
            Language = (Wire.Language)language,
            Text = OutageTexts.Of(terms, affected, profile.Outages.Contacts, language),
        }));
        return outage;
    }

    /// <summary>A service on the wire.</summary>
    public static Protos.Register.V1.LibraryService ToWire(LibraryService service) => (Protos.Register.V1.LibraryService)service;
}
