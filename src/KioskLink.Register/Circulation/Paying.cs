using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Loans;
using KioskLink.Register.Patrons;
using KioskLink.Rules.Texts;
using NodaTime;
using LoanReason = KioskLink.Rules.Loans.LoanReason;

namespace KioskLink.Register.Circulation;

/// <summary>Books payments of fees: one fee, or the oldest first; never more than is due.</summary>
internal static class Paying
{
    /// <summary>Books a payment.</summary>
    public static PayFeeResponse Pay(ActScope act, PayFeeRequest request)
    {
        if (act.Patron is not { } patron)
        {
            act.Against(LoanReason.CardRefused, "");
            return Answer(act, act.Done(LoanDeed.Paid), 0);
        }

        if (IsBooked(act, request, patron))
        {
            return Answer(act, act.Done(LoanDeed.Paid), patron.FeesCents);
        }

        var unpaid = Ledger.Unpaid(act.Db, patron.PatronId);
        var fees = request.FeeId.Length == 0 ? unpaid : unpaid.Where(fee => fee.FeeId == request.FeeId).ToList();
        var reason = request.FeeId.Length > 0 && fees.Count == 0 ? LoanReason.FeeUnknown
            : request.Cents <= 0 || request.Cents > fees.Sum(fee => fee.Cents) ? LoanReason.AmountWrong
            : LoanReason.Done;
        if (reason != LoanReason.Done && !act.IsTold)
        {
            return Answer(act, act.Refused(LoanDeed.Paid, reason), patron.FeesCents);
        }

        if (reason != LoanReason.Done)
        {
            // The money is in the box: as much as is due is booked, and staff gives back the rest.
            act.Against(reason, "");
        }

        Book(act, request, patron, fees);
        return Answer(act, act.Done(LoanDeed.Paid), Ledger.Unpaid(act.Db, patron.PatronId).Sum(fee => fee.Cents));
    }

    // A machine that heard no answer tells the same payment again, maybe much later and as another act: its own number and sum say so.
    private static bool IsBooked(ActScope act, PayFeeRequest request, PatronRow patron)
    {
        if (request.PaymentId.Length == 0 || act.Act.DeviceId.Length == 0)
        {
            return false;
        }

        return act.Db.Set<PaymentRow>()
            .Where(row => row.Consortium == act.Consortium && row.PatronId == patron.PatronId)
            .Where(row => row.BranchId == act.Branch && row.DeviceId == act.Act.DeviceId && row.Reference == request.PaymentId)
            .AsEnumerable().GroupBy(row => row.PaymentId).Any(payment => payment.Sum(row => row.Cents) == request.Cents);
    }

    private static void Book(ActScope act, PayFeeRequest request, PatronRow patron, List<FeeRow> fees)
    {
        var (left, id) = (request.Cents, $"payment-{Guid.NewGuid():N}");
        foreach (var fee in fees.TakeWhile(_ => left > 0))
        {
            var cents = Math.Min(left, fee.Cents);
            left -= cents;
            Ledger.Pay(act.Scope, fee, new PaymentRow
            {
                Consortium = act.Consortium,
                PaymentId = id,
                FeeId = fee.FeeId,
                PatronId = patron.PatronId,
                Cents = cents,
                Method = request.Method,
                Reference = request.PaymentId,
                BranchId = act.Branch,
                DeviceId = act.Act.DeviceId,
                PaidAt = act.AtMs,
            });
        }

        act.Effects.Add(new ActEffect(EffectKind.Paid, id));
        Ledger.Tell(act.Scope, patron.PatronId);
        PatronUse.Note(act.Scope, patron.PatronId, act.AtMs);
    }

    private static PayFeeResponse Answer(ActScope act, LoanOutcome outcome, long unpaid) => new()
    {
        Outcome = outcome,
        UnpaidCents = unpaid,
        Source = ActScope.Source,
        FactsVersion = act.Version,
        FactsAge = Duration.Zero.ToProto(),
    };
}
