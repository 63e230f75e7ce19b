using System.Globalization;
using System.Text.Json;
using KioskLink.Rules.Access;
using NodaTime;

namespace KioskLink.Register.Outages;

/// <summary>Outages between rows and terms. Pure.</summary>
internal static class OutageRows
{
    /// <summary>The outage of a row; one that was ended by hand has that end.</summary>
    public static OutageTerms ToTerms(this OutageRow row) => new()
    {
        Id = row.OutageId,
        Kind = (OutageKind)row.Kind,
        Scope = (OutageScope)row.Scope,
        BranchIds = row.BranchIds.Split('\n', StringSplitOptions.RemoveEmptyEntries),
        Services = Read(row.Services),
        Dependents = row.Dependents is { } dependents ? Read(dependents) : null,
        Start = Instant.FromUnixTimeMilliseconds(row.StartAt),
        End = Earlier(row.EndAt, row.EndedAt) is { } end ? Instant.FromUnixTimeMilliseconds(end) : null,
        AnnounceAt = Instant.FromUnixTimeMilliseconds(row.AnnounceAt),
        Reason = row.Reason,
        Notices = JsonSerializer.Deserialize<Dictionary<Language, string>>(row.Notices) ?? [],
    };

    /// <summary>Writes terms into a row; who and when stands there already.</summary>
    public static OutageRow With(this OutageRow row, OutageTerms terms) => row with
    {
        Kind = (int)terms.Kind,
        Scope = (int)terms.Scope,
        BranchIds = string.Join('\n', terms.BranchIds),
        Services = Write(terms.Services),
        Dependents = terms.Dependents is { } dependents ? Write(dependents) : null,
        StartAt = terms.Start.ToUnixTimeMilliseconds(),
        EndAt = terms.End?.ToUnixTimeMilliseconds(),
        AnnounceAt = terms.AnnounceAt.ToUnixTimeMilliseconds(),
        Reason = terms.Reason,
        Notices = JsonSerializer.Serialize(terms.Notices),
    };

    private static IReadOnlyList<LibraryService> Read(string numbers) =>
        [.. numbers.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(number => (LibraryService)int.Parse(number, CultureInfo.InvariantCulture))];

    private static string Write(IReadOnlyList<LibraryService> services) =>
        string.Join('\n', services.Select(service => ((int)service).ToString(CultureInfo.InvariantCulture)));

    private static long? Earlier(long? estimated, long? byHand) => estimated is { } a && byHand is { } b ? Math.Min(a, b) : estimated ?? byHand;
}
