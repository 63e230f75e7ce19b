using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Store;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Loans;

/// <summary>Counts and due dates of one patron (R22). Thread-safe.</summary>
internal sealed class LoanStatus(RegisterCore core)
{
    /// <summary>Due dates that an answer holds at most.</summary>
    public const int DatesMax = 100;

    /// <summary>The answer to a card or PIN that does not fit: a reason and nothing else.</summary>
    public GetLoanStatusResponse Refusal(DecisionCode reason) => Stamp(new GetLoanStatusResponse { Valid = false, Reason = (Wire.DecisionCode)reason });

    /// <summary>The counts of a patron.</summary>
    public GetLoanStatusResponse Of(long patronId)
    {
        using var db = core.Store.Read();
        var today = ((LocalDate?)OpeningCalendar.DateAt(core.Now())).ToIso();
        var due = db.Set<LoanRow>().Where(loan => loan.PatronId == patronId).OrderBy(loan => loan.DueOn).Select(loan => loan.DueOn).ToList();
        var holds = db.Set<HoldRow>().Where(hold => hold.PatronId == patronId).Select(hold => hold.PickUpBy).ToList();
        var invoices = db.Set<InvoiceRow>().Where(invoice => invoice.PatronId == patronId && invoice.SettledAt == null).Select(invoice => invoice.Cents).ToList();
        var response = new GetLoanStatusResponse
        {
            Valid = true,
            Reason = Wire.DecisionCode.Granted,
            Loans = due.Count,
            Overdue = due.Count(day => string.CompareOrdinal(day, today) < 0),
            Holds = holds.Count,
            HoldsReady = holds.Count(day => day.Length > 0),
            PickUpBy = holds.Where(day => day.Length > 0).Order(StringComparer.Ordinal).FirstOrDefault() ?? "",
            FeesCents = db.Set<Patrons.PatronRow>().Where(patron => patron.PatronId == patronId).Select(patron => patron.FeesCents).SingleOrDefault(),
            Invoices = invoices.Count,
            InvoicesCents = invoices.Sum(),
        };
        response.DueOn.AddRange(due.Take(DatesMax));
        return Stamp(response);
    }

    private GetLoanStatusResponse Stamp(GetLoanStatusResponse response)
    {
        (response.Source, response.FactsVersion, response.FactsAge) = (Wire.Source.Register, core.Log.Head.Version, Duration.Zero.ToProto());
        return response;
    }
}
