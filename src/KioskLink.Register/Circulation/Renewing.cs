using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Loans;
using KioskLink.Register.Patrons;
using KioskLink.Rules.Loans;
using KioskLink.Rules.Texts;
using NodaTime;
using LoanReason = KioskLink.Rules.Loans.LoanReason;

namespace KioskLink.Register.Circulation;

/// <summary>Renews loans. A loan that is late costs its fee by the day of the renewal, as if it had been returned and lent again.</summary>
internal static class Renewing
{
    /// <summary>Loans that one call tries at most.</summary>
    public const int LoansMax = 500;

    /// <summary>Renews the loan of an item, or of a copy of a title.</summary>
    public static RenewResponse Renew(ActScope act, RenewRequest request)
    {
        var (item, loan) = Find(act, request);
        if (item is null && act.IsTold && request.ItemId.Length > 0)
        {
            act.Against(LoanReason.ItemUnknown, request.ItemId);
        }

        var refusal = item is null ? (request.ItemId.Length > 0 ? LoanReason.ItemUnknown : LoanReason.TitleUnknown)
            : loan is null ? LoanReason.NotOnLoan
            : act.Patron?.PatronId != loan.PatronId && !request.ThirdParty ? LoanReason.NotTheBorrower
            : LoanReason.Done;
        if (refusal != LoanReason.Done)
        {
            return Answer(act, Untaken(act, refusal, item), item, loan?.PatronId == act.Patron?.PatronId ? loan?.DueOn ?? "" : "");
        }

        if (!act.Presented.IsAccepted)
        {
            act.Against(LoanReason.CardRefused, item!.ItemId);
        }

        act.Concerns(loan!.PatronId);
        var patron = act.Db.Set<PatronRow>().Single(row => row.PatronId == loan.PatronId);
        var (outcome, due) = Renew(act, patron, item!, loan, promised: null);
        return Answer(act, outcome, item, due);
    }

    /// <summary>Renews what can be renewed of a patron's loans, soonest due first.</summary>
    public static RenewAllResponse RenewAll(ActScope act)
    {
        var response = new RenewAllResponse { Source = ActScope.Source, FactsVersion = act.Version, FactsAge = Duration.Zero.ToProto() };
        if (act.Patron is not { } patron)
        {
            act.Against(LoanReason.CardRefused, "");
            response.Outcome = act.Done(LoanDeed.RenewedAll);
            return response;
        }

        foreach (var loan in act.Db.Set<LoanRow>().Where(loan => loan.PatronId == patron.PatronId).OrderBy(loan => loan.DueOn).ThenBy(loan => loan.LoanId).Take(LoansMax).ToList())
        {
            var item = ItemView.Find(act.Db, act.Consortium, loan.ItemId)!;
            var (outcome, due) = Renew(act, act.Db.Set<PatronRow>().Single(row => row.PatronId == patron.PatronId), item, loan, promised: null);
            response.Loans.Add(new RenewalResult { ItemId = item.ItemId, Renewed = outcome.Done, Reason = outcome.Reason, DueOn = due, Title = item.Title });
        }

        response.Outcome = act.Done(LoanDeed.RenewedAll);
        return response;
    }

    private static (ItemRow? Item, LoanRow? Loan) Find(ActScope act, RenewRequest request)
    {
        if (request.ItemId.Length > 0)
        {
            var item = ItemView.Find(act.Db, act.Consortium, request.ItemId);
            return (item, item is null ? null : ItemView.LoanOf(act.Db, item));
        }

        var patronId = act.Patron?.PatronId;
        var copies = act.Db.Set<ItemRow>().Where(row => row.Consortium == act.Consortium && row.TitleId == request.TitleId);
        var own = copies.Where(row => act.Db.Set<LoanRow>().Any(loan => loan.Consortium == row.Consortium && loan.ItemId == row.ItemId && loan.PatronId == patronId)).FirstOrDefault();
        return own is not null ? (own, ItemView.LoanOf(act.Db, own)) : (copies.FirstOrDefault(), null);
    }

    // A renewal that has happened without the register of what is no loan of the patron any more: staff looks at it.
    private static LoanOutcome Untaken(ActScope act, LoanReason reason, ItemRow? item)
    {
        if (!act.IsTold)
        {
            return act.Refused(LoanDeed.Renewed, reason);
        }

        if (item is not null)
        {
            act.Against(reason, item.ItemId);
        }

        return act.Done(LoanDeed.Renewed);
    }

    private static RenewResponse Answer(ActScope act, LoanOutcome outcome, ItemRow? item, string dueOn) => new()
    {
        Outcome = outcome,
        DueOn = dueOn,
        Item = item is null ? null : ItemView.Show(act.Db, act.Rules, item, act.TodayIso),
        Source = ActScope.Source,
        FactsVersion = act.Version,
        FactsAge = Duration.Zero.ToProto(),
    };

    /// <summary>Renews one loan; its last day never moves back.</summary>
    public static (LoanOutcome Outcome, string DueOn) Renew(ActScope act, PatronRow patron, ItemRow item, LoanRow loan, LocalDate? promised)
    {
        var borrower = Standing.Of(act.Db, patron, act.Branch, act.TodayIso, act.At, act.Scope.Now);
        var isAhead = HoldQueue.OthersFirst(act.Db, item, patron.PatronId, act.TodayIso);
        var reasons = LoanRules.AgainstRenewal(act.Rules, borrower, new ItemFacts(item.Type, OnLoan: true, isAhead, loan.Renewals)).ToList();
        if (!act.IsTold && reasons.Count > 0)
        {
            return (act.Refused(LoanDeed.Renewed, reasons[0]), loan.DueOn);
        }

        reasons.ForEach(reason => act.Against(reason, item.ItemId));
        var before = loan.DueOn.ToDate()!.Value;
        var fee = LoanRules.LateFee(act.Rules, patron.PatronGroup, item.Type, before, act.Today);
        var charged = Ledger.Charge(act.Scope, patron.PatronId, Ledger.Late, loan, fee, act.AtMs);
        var due = LocalDate.Max(before, promised ?? Lending.DueOn(act, patron, item));
        act.Effects.Add(new ActEffect(EffectKind.Renewed, loan.LoanId)
        {
            Item = item.ItemId,
            FeeId = charged,
            DueOn = ((LocalDate?)due).ToIso(),
            DueBefore = loan.DueOn,
            RenewedFrom = loan.RenewedFrom,
            Renewals = loan.Renewals,
        });
        (loan.RenewedFrom, loan.DueOn) = (loan.DueOn, ((LocalDate?)due).ToIso());
        (loan.Renewals, loan.UpdatedAt) = (loan.Renewals + 1, act.Scope.NowMs);
        Rows.Change(act.Scope, loan);
        PatronUse.Note(act.Scope, patron.PatronId, act.AtMs);
        return (act.Done(LoanDeed.Renewed, feeCents: fee), loan.DueOn);
    }
}
