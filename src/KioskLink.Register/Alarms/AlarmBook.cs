using System.Collections.Immutable;
using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Alarms;

/// <summary>
/// Takes events into the stored alarms inside a unit of work: state, history and messages stand or fall with what told of them, so
/// that an event counts once. Thread-safe.
/// </summary>
internal sealed class AlarmBook(AlarmRouter router)
{
    /// <summary>Takes an event of a place.</summary>
    public void Take(WriteScope scope, AlarmPlace place, AlarmEvent happened)
    {
        scope.Db.SaveChanges();
        var rows = Live(scope.Db, scope.Consortium, place).ToDictionary(row => row.AlarmId, StringComparer.Ordinal);
        var budget = scope.Db.Set<AlarmPlaceRow>()
            .SingleOrDefault(row => row.Consortium == scope.Consortium && row.BranchId == place.BranchId && row.NodeId == place.NodeId);
        var before = new PlaceState(
            rows.Values.ToImmutableSortedDictionary(row => row.AlarmId, FaultRows.ToFault, StringComparer.Ordinal),
            budget is null ? MessageBudget.Fresh : new MessageBudget(Instant.FromUnixTimeMilliseconds(budget.Since), budget.Sent, budget.Held));
        if (happened is AlarmCleared && before.Faults.Count == 0)
        {
            return;
        }

        var (after, messages) = AlarmMachine.Step(before, happened, scope.Now, router.Escalations);
        Write(scope, place, rows, after);
        WriteBudget(scope, place, budget, after);
        foreach (var message in messages)
        {
            router.Send(scope, place, message);
        }

        // Nothing stays tracked: another event in the same unit of work reads the rows afresh.
        scope.Db.SaveChanges();
        scope.Db.ChangeTracker.Clear();
    }

    /// <summary>The rows of a place that stand or may still return.</summary>
    public static IQueryable<FaultRow> Live(RegisterDb db, string consortium, AlarmPlace place) =>
        db.Set<FaultRow>().Where(row => row.Consortium == consortium && row.IsLive && row.BranchId == place.BranchId && row.NodeId == place.NodeId);

    private static void Write(WriteScope scope, AlarmPlace place, Dictionary<string, FaultRow> rows, PlaceState after)
    {
        var version = scope.Db.Set<FaultRow>().Where(row => row.Consortium == scope.Consortium).Max(row => (long?)row.Version) ?? 0;
        foreach (var fault in after.Faults.Values)
        {
            if (rows.GetValueOrDefault(fault.Id) is not { } row)
            {
                scope.Db.Add(New(scope, place, fault) with { Version = ++version });
            }
            else if (row.With(fault) is var changed && changed != row)
            {
                scope.Db.Update(changed with { Version = ++version });
            }
        }

        foreach (var gone in rows.Values.Where(row => !after.Faults.ContainsKey(row.AlarmId)))
        {
            scope.Db.Update(gone with { IsLive = false });
        }
    }

    private static FaultRow New(WriteScope scope, AlarmPlace place, Fault fault) => new FaultRow
    {
        AlarmId = fault.Id,
        Consortium = scope.Consortium,
        BranchId = place.BranchId,
        NodeId = place.NodeId,
        ReceivedAt = scope.NowMs,
        IsLive = true,
    }.With(fault);

    private void WriteBudget(WriteScope scope, AlarmPlace place, AlarmPlaceRow? before, PlaceState after)
    {
        var row = new AlarmPlaceRow
        {
            Consortium = scope.Consortium,
            BranchId = place.BranchId,
            NodeId = place.NodeId,
            Since = after.Budget.Since.ToUnixTimeMilliseconds(),
            Sent = after.Budget.Sent,
            Held = after.Budget.Held,
            DueAt = AlarmTelling.NextDue(after, router.Escalations)?.ToUnixTimeMilliseconds(),
        };
        _ = before is null ? scope.Db.Add(row) : scope.Db.Update(row);
    }
}
