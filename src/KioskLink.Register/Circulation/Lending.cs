using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Loans;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using KioskLink.Rules.Loans;
using KioskLink.Rules.Texts;
using NodaTime;
using LoanReason = KioskLink.Rules.Loans.LoanReason;

namespace KioskLink.Register.Circulation;

/// <summary>
/// Lends an item. What has happened already is taken in the order told: an item is with whoever borrowed it last, so of two loans the
/// earlier one ends, and a conflict says so.
/// </summary>
internal static class Lending
{
    /// <summary>Longest loan that a machine may have promised, days; a promise beyond it is cut.</summary>
    public const int PromiseDaysMax = 366;

    /// <summary>Lends, or renews where the same patron has the item.</summary>
    public static CheckOutResponse Lend(ActScope act, CheckOutRequest request)
    {
        var item = ItemView.Find(act.Db, act.Consortium, request.ItemId);
        if (item is null && !act.IsTold)
        {
            return Answer(act, act.Refused(LoanDeed.Lent, LoanReason.ItemUnknown), null);
        }

        if (item is null)
        {
            item = ItemView.Stub(act.Scope, request.ItemId);
            act.Against(LoanReason.ItemUnknown, item.ItemId);
        }

        if (!act.Presented.IsAccepted)
        {
            act.Against(LoanReason.CardRefused, item.ItemId);
        }

        // Nobody's card: the item is out and nobody knows with whom.
        return act.Patron is { } patron ? LendTo(act, request, patron, item) : Answer(act, act.Done(LoanDeed.Lent), item);
    }

    /// <summary>The last day of a loan that begins or is renewed.</summary>
    public static LocalDate DueOn(ActScope act, PatronRow patron, ItemRow item) =>
        LoanDates.After(act.Hours, act.Today, LoanRules.Days(act.Rules, patron.PatronGroup, item.Type));

    private static CheckOutResponse LendTo(ActScope act, CheckOutRequest request, PatronRow patron, ItemRow item)
    {
        var loan = ItemView.LoanOf(act.Db, item);
        if (loan is null && request.Cancels && Undoing.Return(act, patron, item) is { } restored)
        {
            act.Effects.Add(new ActEffect(EffectKind.Other) { Item = item.ItemId });
            return Answer(act, act.Done(LoanDeed.Lent), item, restored.DueOn);
        }

        if (loan?.PatronId == patron.PatronId && (request.MayRenew || act.IsTold))
        {
            var (outcome, due) = Renewing.Renew(act, patron, item, loan, Promise(act, request));
            return Answer(act, outcome, item, due, renewed: outcome.Done);
        }

        var reasons = Reasons(act, patron, item, loan);
        var fee = act.Rules.TypeOf(item.Type).LoanFeeCents;
        if (!act.IsTold && reasons.Count > 0)
        {
            return Answer(act, act.Refused(LoanDeed.Lent, reasons[0]), item);
        }

        if (!act.IsTold && fee > 0 && !act.Act.FeeAcknowledged)
        {
            return Answer(act, act.Refused(LoanDeed.Lent, LoanReason.FeeNeeded, fee), item);
        }

        return Hand(act, request, patron, item, loan, reasons, fee);
    }

    private static List<LoanReason> Reasons(ActScope act, PatronRow patron, ItemRow item, LoanRow? loan)
    {
        var borrower = Standing.Of(act.Db, patron, act.Branch, act.TodayIso, act.At, act.Scope.Now);
        var isAhead = HoldQueue.OthersFirst(act.Db, item, patron.PatronId, act.TodayIso);
        return [.. LoanRules.AgainstLoan(act.Rules, borrower, new ItemFacts(item.Type, loan is not null, isAhead, Renewals: 0))];
    }

    private static CheckOutResponse Hand(ActScope act, CheckOutRequest request, PatronRow patron, ItemRow item, LoanRow? before, List<LoanReason> reasons, long fee)
    {
        var loan = New(act, patron, item, Promise(act, request));
        var isPast = before is not null && before.LoanedAt > act.AtMs;
        foreach (var reason in reasons)
        {
            act.Against(reason, item.ItemId, reason == LoanReason.ItemOnLoan ? before!.PatronId : null, reason != LoanReason.ItemOnLoan ? "" : isPast ? loan.LoanId : before!.LoanId);
        }

        if (isPast)
        {
            // Somebody borrowed it later and told of it sooner: this loan is over.
            Returning.Close(act, loan, before!.LoanedAt);
        }
        else
        {
            if (before is not null)
            {
                act.Concerns(before.PatronId);
                Returning.End(act, before, act.AtMs);
            }

            loan.Fulfilled = FulfilledHolds.Keep(Settle(act, patron, item));
            Put(act, loan);
        }

        var charged = Ledger.Charge(act.Scope, patron.PatronId, Ledger.Loan, loan, fee, act.AtMs);
        act.Effects.Add(new ActEffect(before is null ? EffectKind.Lent : EffectKind.Other, loan.LoanId) { Item = item.ItemId, FeeId = charged });
        PatronUse.Note(act.Scope, patron.PatronId, act.AtMs);
        return Answer(act, act.Done(LoanDeed.Lent, feeCents: fee), item, loan.DueOn);
    }

    // The patron has what was waited for; whoever it was set aside for waits on. Returns the patron's holds, which are over.
    private static List<HoldRow> Settle(ActScope act, PatronRow patron, ItemRow item)
    {
        if (HoldQueue.For(act.Db, item) is { } held && held.PatronId != patron.PatronId)
        {
            HoldQueue.PutBack(act.Scope, held);
        }

        var own = act.Db.Set<HoldRow>().Where(hold => hold.PatronId == patron.PatronId).AsEnumerable()
            .Where(hold => hold.ItemId == item.ItemId || (hold.ItemId.Length == 0 && (hold.CopyId == item.ItemId || (item.TitleId.Length > 0 && hold.TitleId == item.TitleId))))
            .ToList();
        own.ForEach(hold => Rows.Remove(act.Scope, hold));
        (item.TransitTo, item.Missing, item.UpdatedAt) = ("", false, act.Scope.NowMs);
        item.BranchId = act.Branch.Length > 0 ? act.Branch : item.BranchId;
        Sql.Run(
            act.Db, "UPDATE items SET transit_to = '', missing = 0, branch_id = $branch, updated_at = $now WHERE consortium = $consortium AND item_id = $item",
            ("$branch", item.BranchId), ("$now", act.Scope.NowMs), ("$consortium", act.Consortium), ("$item", item.ItemId));
        return own;
    }

    // In plain SQL, as whoever borrows waits at the machine and the lane is one for all.
    private static void Put(ActScope act, LoanRow loan) => Sql.Run(
        act.Db,
        """
        INSERT INTO loans (consortium, loan_id, patron_id, item_id, branch_id, loaned_at, due_on, renewals, fulfilled, updated_at)
        VALUES ($consortium, $loan, $patron, $item, $branch, $at, $due, 0, $fulfilled, $now)
        """,
        ("$consortium", loan.Consortium), ("$loan", loan.LoanId), ("$patron", loan.PatronId), ("$item", loan.ItemId), ("$branch", loan.BranchId),
        ("$at", loan.LoanedAt), ("$due", loan.DueOn), ("$fulfilled", loan.Fulfilled), ("$now", loan.UpdatedAt));

    private static LoanRow New(ActScope act, PatronRow patron, ItemRow item, LocalDate? promised) => new()
    {
        Consortium = act.Consortium,
        LoanId = $"loan-{Guid.NewGuid():N}",
        PatronId = patron.PatronId,
        ItemId = item.ItemId,
        BranchId = act.Branch,
        LoanedAt = act.AtMs,
        DueOn = ((LocalDate?)(promised ?? DueOn(act, patron, item))).ToIso(),
        UpdatedAt = act.Scope.NowMs,
    };

    private static LocalDate? Promise(ActScope act, CheckOutRequest request) =>
        request.PromisedDueOn.ToDate() is { } promised ? LocalDate.Min(promised, act.Today.PlusDays(PromiseDaysMax)) : null;

    private static CheckOutResponse Answer(ActScope act, LoanOutcome outcome, ItemRow? item, string dueOn = "", bool renewed = false) => new()
    {
        Outcome = outcome,
        Renewed = renewed,
        DueOn = dueOn,
        Item = item is null ? null : ItemView.Show(act.Db, act.Rules, item, act.TodayIso),
        Source = ActScope.Source,
        FactsVersion = act.Version,
        FactsAge = Duration.Zero.ToProto(),
    };
}
