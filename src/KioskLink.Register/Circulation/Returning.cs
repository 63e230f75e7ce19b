using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Loans;
using KioskLink.Register.Patrons;
using KioskLink.Rules.Loans;
using KioskLink.Rules.Texts;
using NodaTime;
using LoanReason = KioskLink.Rules.Loans.LoanReason;

namespace KioskLink.Register.Circulation;

/// <summary>Takes items back: ends the loan, charges what is late, sets the copy aside for who is next, and says where it goes.</summary>
internal static class Returning
{
    /// <summary>SIP2's alert types.</summary>
    private const string HoldHere = "01";
    private const string HoldElsewhere = "02";
    private const string BelongsElsewhere = "04";
    private const string Look = "99";

    /// <summary>Takes an item back.</summary>
    public static CheckInResponse TakeBack(ActScope act, CheckInRequest request)
    {
        if (ItemView.Find(act.Db, act.Consortium, request.ItemId) is not { } item)
        {
            return Unknown(act, request.ItemId);
        }

        var loan = ItemView.LoanOf(act.Db, item);
        if (request.Cancels && loan is not null && Undoing.Loan(act, loan))
        {
            act.Effects.Add(new ActEffect(EffectKind.Other) { Item = item.ItemId });
            return Answer(act, act.Done(LoanDeed.Returned), item, "", "");
        }

        if (loan is null || loan.LoanedAt > act.AtMs)
        {
            var hasSettled = Conflicts.TellReturn(act, item);
            if (hasSettled)
            {
                act.Effects.Add(new ActEffect(EffectKind.Other) { Item = item.ItemId });
            }

            return loan is null
                ? Route(act, item, act.Done(LoanDeed.Returned, hasSettled ? LoanReason.Done : LoanReason.NotOnLoan))
                : Answer(act, act.Done(LoanDeed.Returned), item, "", "");
        }

        act.Concerns(loan.PatronId);
        var fee = FeeFor(act, item, loan, act.Today);
        End(act, loan, act.AtMs);
        var charged = Ledger.Charge(act.Scope, loan.PatronId, Ledger.Late, loan, fee, act.AtMs);
        act.Effects.Add(Ended(loan, charged));
        PatronUse.Note(act.Scope, loan.PatronId, act.AtMs);
        return Route(act, item, act.Done(LoanDeed.Returned, feeCents: fee));
    }

    /// <summary>Ends an open loan.</summary>
    public static void End(ActScope act, LoanRow loan, long returnedAt)
    {
        Close(act, loan, returnedAt);
        Rows.Remove(act.Scope, loan);
    }

    /// <summary>Keeps a loan that is over, as the profile says and the patron wants (R23, R59).</summary>
    public static void Close(ActScope act, LoanRow loan, long returnedAt)
    {
        LoanHistory.Keep(act.Scope, act.Core.Profile, loan, Math.Max(returnedAt, loan.LoanedAt));
        act.Db.SaveChanges();
        act.Db.ChangeTracker.Clear();
    }

    /// <summary>What the return of a loan costs.</summary>
    public static long FeeFor(ActScope act, ItemRow item, LoanRow loan, LocalDate returned)
    {
        var group = act.Db.Set<PatronRow>().Where(row => row.PatronId == loan.PatronId).Select(row => row.PatronGroup).Single();
        return LoanRules.LateFee(act.Rules, group, item.Type, loan.DueOn.ToDate()!.Value, returned);
    }

    private static ActEffect Ended(LoanRow loan, string fee) => new(EffectKind.Returned, loan.LoanId)
    {
        Item = loan.ItemId,
        FeeId = fee,
        BranchId = loan.BranchId,
        RenewedFrom = loan.RenewedFrom,
        Renewals = loan.Renewals,
    };

    private static CheckInResponse Unknown(ActScope act, string itemId)
    {
        if (!act.IsTold)
        {
            return Answer(act, act.Refused(LoanDeed.Returned, LoanReason.ItemUnknown), null, Look, "");
        }

        act.Against(LoanReason.ItemUnknown, itemId);
        return Answer(act, act.Done(LoanDeed.Returned), null, Look, "");
    }

    private static CheckInResponse Route(ActScope act, ItemRow item, LoanOutcome outcome)
    {
        (item.Missing, item.TransitTo, item.UpdatedAt) = (false, "", act.Scope.NowMs);
        item.BranchId = act.Branch.Length > 0 ? act.Branch : item.BranchId;
        var (alert, destination) = Next(act, item);
        Rows.Change(act.Scope, item);
        return Answer(act, outcome, item, alert, destination);
    }

    private static (string Alert, string Destination) Next(ActScope act, ItemRow item)
    {
        if (HoldQueue.TakeNext(act.Scope, item, act.Branch, act.Today, act.Rules, act.Hours) is { } hold)
        {
            act.Concerns(hold.PatronId);
            return item.TransitTo.Length == 0 ? (HoldHere, "") : (HoldElsewhere, item.TransitTo);
        }

        if (act.Rules.Floating || item.HomeBranch.Length == 0 || act.Branch.Length == 0 || item.HomeBranch == act.Branch)
        {
            return ("", "");
        }

        item.TransitTo = item.HomeBranch;
        return (BelongsElsewhere, item.HomeBranch);
    }

    private static CheckInResponse Answer(ActScope act, LoanOutcome outcome, ItemRow? item, string alert, string destination) => new()
    {
        Outcome = outcome,
        Item = item is null ? null : ItemView.Show(act.Db, act.Rules, item, act.TodayIso),
        Alert = alert,
        Destination = destination,
        Source = ActScope.Source,
        FactsVersion = act.Version,
        FactsAge = Duration.Zero.ToProto(),
    };
}
