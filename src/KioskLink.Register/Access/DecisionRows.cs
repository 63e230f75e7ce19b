using System.Data.Common;
using KioskLink.Register.Audit;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Store;

namespace KioskLink.Register.Access;

/// <summary>The rows of a batch of decisions, written with one prepared statement each.</summary>
internal static class DecisionRows
{
    // The node's record may have come first: the register's answer then only adds itself to the row.
    private const string Attempt = """
        INSERT INTO attempts (consortium, attempt_id, branch_id, node_id, door_id, device_id, presented_at, code, source,
            register_code, register_answer, outcome, interrupted, judged_code, difference, card_ref, answered_at, journal_sequence, audit_sequence)
        VALUES ($consortium, $attempt, $branch, $node, $door, $device, $presented, 0, 0, $code, $answer, 0, 0, 0, '', $card, $answered, 0, $audit)
        ON CONFLICT (consortium, node_id, attempt_id) DO UPDATE SET
            register_code = excluded.register_code, register_answer = excluded.register_answer, answered_at = excluded.answered_at,
            audit_sequence = excluded.audit_sequence
        """;

    private const string LastUse = "UPDATE cards SET last_used_at = $at WHERE card_id = $card";

    private const string Visit = """
        INSERT INTO visits (card_id, branch_id, consortium, granted_at) VALUES ($card, $branch, $consortium, $at)
        ON CONFLICT (card_id, branch_id) DO UPDATE SET granted_at = max(granted_at, excluded.granted_at), by_week = 0
        """;

    private const int ActorsMax = 20;

    /// <summary>Writes a batch and its one row of the audit log; a card that changes a scope is touched.</summary>
    /// <returns>Where the audit log ends with it.</returns>
    public static AuditHead Write(WriteScope scope, Vault vault, long? known, IReadOnlyList<NotedDecision> batch)
    {
        using var chain = AuditChain.Open(scope, vault, known);
        WriteAttempts(scope, batch, chain.Next);
        chain.Append(EntryOf(batch));
        return chain.Close();
    }

    private static void WriteAttempts(WriteScope scope, IReadOnlyList<NotedDecision> batch, long audit)
    {
        using var attempt = Prepare(
            scope, Attempt, "$consortium", "$attempt", "$branch", "$node", "$door", "$device", "$presented", "$code", "$answer", "$card", "$answered", "$audit");
        using var lastUse = Prepare(scope, LastUse, "$at", "$card");
        using var visit = Prepare(scope, Visit, "$card", "$branch", "$consortium", "$at");
        foreach (var decision in batch)
        {
            var at = decision.At.ToUnixTimeMilliseconds();
            Run(
                attempt, scope.Consortium, decision.AttemptId, decision.BranchId, decision.Caller, decision.DoorId, decision.DeviceId,
                decision.PresentedAt, (int)decision.Code, decision.Answer, Presentation.ReferenceOf(decision.Presented), at, audit);
            if (decision.Used is { } used)
            {
                Run(lastUse, at, used.CardId);
            }

            if (decision.Granted is { } card)
            {
                Run(visit, card.CardId, decision.BranchId, scope.Consortium, at);
                if (decision.ChangesScope)
                {
                    scope.Touch(EntityId.Card(card.CardId));
                }
            }
        }
    }

    // Whose the cards are stands with the attempts, for as long as those may be kept (R63).
    private static AuditEntry EntryOf(IReadOnlyList<NotedDecision> batch) => new()
    {
        Actor = string.Join(' ', batch.Select(decision => decision.Caller).Distinct().Order(StringComparer.Ordinal).Take(ActorsMax)),
        Role = RoleNames.Node,
        Action = DecisionDigest.Action,
        Purpose = CallPurpose.SelfService,
        Fields = "decision",
        Calls = batch.Count,
        Digest = DecisionDigest.Of(batch.Select(
            decision => DecisionDigest.Leaf(decision.Caller, decision.AttemptId, (int)decision.Code, decision.At.ToUnixTimeMilliseconds()))),
    };

    private static DbCommand Prepare(WriteScope scope, string sql, params ReadOnlySpan<string> names)
    {
        var parameters = new (string, object?)[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            parameters[i] = (names[i], null);
        }

        return scope.Command(sql, parameters);
    }

    private static void Run(DbCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        command.ExecuteNonQuery();
    }
}
