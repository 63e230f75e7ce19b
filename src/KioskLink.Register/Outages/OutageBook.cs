using System.Collections.Immutable;
using Grpc.Core;
using KioskLink.Register.Identity;
using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Outages;

/// <summary>The outages that are not over, in memory: which services are down is asked at every login. Thread-safe.</summary>
internal sealed class OutageBook
{
    private readonly RegisterCore _core;
    private ImmutableArray<OutageTerms> _open;

    /// <summary>Reads what is stored.</summary>
    public OutageBook(RegisterCore core)
    {
        _core = core;
        Reload();
    }

    /// <summary>Reads again what is stored, after a change.</summary>
    public void Reload()
    {
        using var db = _core.Store.Read();
        var now = _core.Now();
        var open = db.Set<OutageRow>().Where(row => row.Consortium == _core.Store.Consortium && row.EndedAt == null).AsEnumerable()
            .Select(OutageRows.ToTerms).Where(outage => !outage.IsOver(now));
        ImmutableInterlocked.InterlockedExchange(ref _open, [.. open.OrderBy(outage => outage.Start)]);
    }

    /// <summary>Outages that concern a branch, or without one the consortium as a whole, and are not over; soonest first.</summary>
    public IReadOnlyList<OutageTerms> Of(string? branchId, Instant now) => [.. _open.Where(outage => !outage.IsOver(now) && outage.Concerns(branchId))];

    /// <summary>The services that are down now.</summary>
    public IReadOnlyList<LibraryService> Down(string? branchId, Instant now) =>
        [.. Of(branchId, now).Where(outage => outage.IsInForce(now)).SelectMany(outage => OutageRules.Affected(outage, _core.Profile)).Distinct().Order()];

    /// <summary>Refuses a call while its service is down (R84).</summary>
    /// <exception cref="RpcException">UNAVAILABLE with MAINTENANCE.</exception>
    public void Require(LibraryService service, string? branchId)
    {
        if (_open.Length > 0 && Down(branchId, _core.Now()).Contains(service))
        {
            throw Refused.With(
                StatusCode.Unavailable, "MAINTENANCE", "This service is down for an announced break or an outage: GetServiceStatus tells what patrons are to be told; try again later.");
        }
    }
}
