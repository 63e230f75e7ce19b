using KioskLink.Protos.Types.V1;
using KioskLink.Register.Access;
using KioskLink.Register.Cards;
using KioskLink.Register.Facts;
using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace KioskLink.Register.Events;

/// <summary>
/// Joins journal records to attempts: one row a presentation. The register's answer may have opened it; what the node did
/// fills it and wins; the outcome closes it.
/// </summary>
internal static class AttemptJoin
{
    /// <summary>Applies one record, once.</summary>
    public static void Apply(WriteScope scope, string nodeId, string branchId, DeliveredRecord delivered)
    {
        var open = delivered.Open;
        if (open.AttemptId.Length == 0) return;
        switch (open.Kind)
        {
            case RecordKind.Decision:
                Decide(scope, nodeId, branchId, delivered);
                break;
            case RecordKind.Outcome:
                var outcome = (int)open.Outcome;
                Find(scope, nodeId, open.AttemptId).ExecuteUpdate(set => set.SetProperty(row => row.Outcome, outcome));
                break;
            case RecordKind.Interrupted:
                Find(scope, nodeId, open.AttemptId).ExecuteUpdate(set => set.SetProperty(row => row.Interrupted, true));
                break;
        }
    }

    /// <summary>Dates a decision whose record was taken before anybody could tell when it was written. Idempotent.</summary>
    public static void Date(WriteScope scope, string nodeId, DeliveredRecord dated)
    {
        var (at, code, difference) = (dated.At?.ToUnixTimeMilliseconds(), (int)(dated.Judged?.Code ?? 0), dated.Judged?.Difference ?? "");
        Find(scope, nodeId, dated.Open.AttemptId).Where(row => row.PresentedAt == null).ExecuteUpdate(set => set
            .SetProperty(row => row.PresentedAt, at)
            .SetProperty(row => row.JudgedCode, code)
            .SetProperty(row => row.Difference, difference));
    }

    private static void Decide(WriteScope scope, string nodeId, string branchId, DeliveredRecord delivered)
    {
        var opened = Find(scope, nodeId, delivered.Open.AttemptId).SingleOrDefault();
        var row = Fill(opened ?? NewRow(scope, nodeId, delivered.Open.AttemptId), branchId, delivered, scope.NowMs);
        scope.Db.Entry(row).State = opened is null ? EntityState.Added : EntityState.Modified;
        scope.Db.SaveChanges();
        if (delivered.Presented?.Card is { } card) NoteCard(scope, card, nodeId, branchId, delivered, askedRegister: opened is { RegisterCode: not 0 });
    }

    private static AttemptRow NewRow(WriteScope scope, string nodeId, string attemptId) =>
        new() { Consortium = scope.Consortium, NodeId = nodeId, AttemptId = attemptId };

    private static AttemptRow Fill(AttemptRow row, string branchId, DeliveredRecord delivered, long nowMs)
    {
        var open = delivered.Open;
        row.BranchId = branchId;
        row.DoorId = open.DoorId;
        row.DeviceId = open.DeviceId;
        row.PresentedAt = delivered.At?.ToUnixTimeMilliseconds() ?? row.PresentedAt;
        row.Code = (int)open.Code;
        row.Source = (int)open.Source;
        row.JudgedCode = (int)(delivered.Judged?.Code ?? 0);
        row.Difference = delivered.Judged?.Difference ?? "";
        row.CardRef = delivered.Presented?.Reference is { Length: > 0 } reference ? reference : row.CardRef;
        row.ReceivedAt = nowMs;
        row.JournalSequence = delivered.Record.Sequence;
        return row;
    }

    // The register wrote use, visit and guess itself where it answered; what a node did alone is caught up here.
    private static void NoteCard(WriteScope scope, CardEntry card, string nodeId, string branchId, DeliveredRecord delivered, bool askedRegister)
    {
        var (open, at) = (delivered.Open, delivered.At ?? scope.Now);
        var when = Instant.Min(at, scope.Now);
        if (open.Granted || open.PinResult == PinResult.Right) NoteUse(scope, card, when.ToUnixTimeMilliseconds());
        if (open.Granted) NoteVisit(scope, card, branchId, when);
        if (open.Source == Source.Replica && open.PinResult == PinResult.Wrong && !askedRegister)
            GuessBook.Merge(scope, card, new PinTry(nodeId, open.DeviceId, open.AttemptId), at);
    }

    // A right PIN is a use at a door that stays shut, too (R17).
    private static void NoteUse(WriteScope scope, CardEntry card, long ms) => scope.Db.Set<CardRow>()
        .Where(row => row.CardId == card.CardId && (row.LastUsedAt == null || row.LastUsedAt < ms))
        .ExecuteUpdate(set => set.SetProperty(row => row.LastUsedAt, ms));

    private static void NoteVisit(WriteScope scope, CardEntry card, string branchId, Instant at)
    {
        var ms = at.ToUnixTimeMilliseconds();
        scope.Db.Database.ExecuteSql($"""
            INSERT INTO visits (card_id, branch_id, consortium, granted_at) VALUES ({card.CardId}, {branchId}, {scope.Consortium}, {ms})
            ON CONFLICT (card_id, branch_id) DO UPDATE SET granted_at = max(granted_at, excluded.granted_at), by_week = 0
            """);
        var isFresh = card.Visits.FirstOrDefault(visit => visit.BranchId == branchId) is { } visit && at - visit.At < NotedDecision.Fresh;
        if (!isFresh) scope.Touch(EntityId.Card(card.CardId));
    }

    private static IQueryable<AttemptRow> Find(WriteScope scope, string nodeId, string attemptId) =>
        scope.Db.Set<AttemptRow>().Where(row => row.Consortium == scope.Consortium && row.NodeId == nodeId && row.AttemptId == attemptId);
}
