using Google.Protobuf;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Circulation;

/// <summary>
/// The acts of the last weeks with their answers: the same act of the same caller gets the same answer and is done once, also after a
/// restart. An answer is written with what the act changes, in one unit of work.
/// </summary>
internal static class ActBook
{
    /// <summary>How long an act is kept: longer than any outage after which a node tells what it did. Older ones are told as of now.</summary>
    public static readonly Duration KeptFor = Duration.FromDays(60);

    /// <summary>Acts that one unit of work forgets at most.</summary>
    public const int ForgottenAtOnce = 500;

    /// <summary>The answer of an act that was answered; null for a new one.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT where the id was used for an act of another kind.</exception>
    public static T? Find<T>(RegisterDb db, string consortium, ActTerms terms)
        where T : class, IMessage<T>, new()
    {
        using var find = Sql.Command(
            db, "SELECT kind, answer FROM loan_acts WHERE consortium = $consortium AND caller = $caller AND transaction_id = $id",
            ("$consortium", consortium), ("$caller", terms.Caller), ("$id", terms.Act.TransactionId));
        using var row = find.ExecuteReader();
        if (!row.Read())
        {
            return null;
        }

        if (row.GetString(0) is var kind && kind != terms.Kind && kind != ActKind.Withdrawn)
        {
            throw Field.Wrong("transaction_id", "was used for another kind of act: make a new one");
        }

        var answer = new T();
        answer.MergeFrom((byte[])row.GetValue(1));
        return answer;
    }

    /// <summary>An act of any kind with what it did; all empty for one that has not come.</summary>
    public static (string Kind, byte[] Answer, string Undo) Row(WriteScope scope, ActTerms terms)
    {
        using var find = scope.Command(
            "SELECT kind, answer, undo FROM loan_acts WHERE consortium = $consortium AND caller = $caller AND transaction_id = $id",
            ("$consortium", scope.Consortium), ("$caller", terms.Caller), ("$id", terms.Act.TransactionId));
        using var row = find.ExecuteReader();
        return row.Read() ? (row.GetString(0), (byte[])row.GetValue(1), row.GetString(2)) : ("", [], "");
    }

    /// <summary>Keeps an answer with what the act did, in the place of a refusal where an act that was refused has happened all the same.</summary>
    public static void Keep(WriteScope scope, ActTerms terms, IMessage answer, IReadOnlyCollection<ActEffect> effects) => Sql.Run(
        scope.Db,
        """
        INSERT INTO loan_acts (consortium, caller, transaction_id, kind, done_at, answer, undo) VALUES ($consortium, $caller, $id, $kind, $now, $answer, $undo)
        ON CONFLICT (consortium, caller, transaction_id) DO UPDATE SET kind = excluded.kind, done_at = excluded.done_at, answer = excluded.answer, undo = excluded.undo
        """,
        ("$consortium", scope.Consortium), ("$caller", terms.Caller), ("$id", terms.Act.TransactionId), ("$kind", terms.Kind), ("$now", scope.NowMs), ("$answer", answer.ToByteArray()),
        ("$undo", ActEffect.Keep(effects)));

    /// <summary>Forgets acts that are older than they are kept, oldest first; returns how many.</summary>
    public static int Forget(WriteScope scope)
    {
        var before = (scope.Now - KeptFor).ToUnixTimeMilliseconds();
        using var delete = scope.Command(
            """
            DELETE FROM loan_acts WHERE (consortium, caller, transaction_id) IN
              (SELECT consortium, caller, transaction_id FROM loan_acts WHERE consortium = $consortium AND done_at < $before ORDER BY done_at LIMIT $limit)
            """,
            ("$consortium", scope.Consortium), ("$before", before), ("$limit", ForgottenAtOnce));
        return delete.ExecuteNonQuery();
    }
}
