using KioskLink.Protos.Register.V1;
using KioskLink.Register.Loans;
using KioskLink.Register.Store;
using KioskLink.Rules.Texts;
using LoanReason = KioskLink.Rules.Loans.LoanReason;

namespace KioskLink.Register.Circulation;

/// <summary>
/// Withdraws acts that a machine was told no about while their answers were still to come. One that was done is undone by its own ids, so
/// that nobody else's loan ends by it; one that has not come yet finds the refusal when it does. Either way the act stays refused.
/// </summary>
internal static class Withdrawing
{
    /// <summary>Withdraws an act; again, it changes nothing.</summary>
    /// <returns>The refusal that stands for the act from now on, and the kind of the act; empty where it had not come.</returns>
    public static (LoanOutcome Refusal, string Kind) Withdraw(RegisterCore core, WriteScope scope, ActTerms terms, string itemId)
    {
        var (kind, answer, undo) = ActBook.Row(scope, terms);
        if (kind == ActKind.Withdrawn)
        {
            return (WithdrawActResponse.Parser.ParseFrom(answer).Outcome, kind);
        }

        var standing = ActEffect.Read(undo).Where(effect => !EffectUndoing.Undo(core, scope, effect)).ToList();
        standing.ForEach(effect => Tell(scope, terms, kind, effect.Item.Length > 0 ? effect.Item : itemId, effect));
        var refusal = Outcomes.Of(LoanDeed.Lent, LoanReason.Withdrawn, Outcomes.LanguageOf(terms.Act, null), done: false, conflict: standing.Count > 0);
        // The outcome has the same place in every answer: whichever kind of act comes late reads it as its own.
        ActBook.Keep(scope, terms with { Kind = ActKind.Withdrawn }, new WithdrawActResponse { Outcome = refusal }, []);
        return (refusal, kind);
    }

    private static void Tell(WriteScope scope, ActTerms terms, string kind, string itemId, ActEffect effect) => Rows.Add(scope, new ConflictRow
    {
        Consortium = scope.Consortium,
        ConflictId = Guid.NewGuid().ToString("N"),
        TransactionId = terms.Act.TransactionId,
        Kind = kind,
        Reason = (int)LoanReason.Withdrawn,
        ItemId = itemId,
        PatronId = scope.Db.Set<ItemHistoryRow>().Where(row => row.Consortium == scope.Consortium && row.LoanId == effect.Id).Select(row => row.PatronId).SingleOrDefault(),
        BranchId = terms.Branch,
        DeviceId = terms.Act.DeviceId,
        Caller = terms.Caller,
        HappenedAt = (terms.HappenedAt ?? scope.Now).ToUnixTimeMilliseconds(),
        ToldAt = scope.NowMs,
    });
}
