using KioskLink.Protos.Register.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Facts;
using KioskLink.Register.Patrons;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Loans;

/// <summary>Lists a patron's loans by due date; holds, debts and histories come with the first page. Thread-safe.</summary>
internal sealed class LoanPages(RegisterCore core)
{
    /// <summary>Rows of each other kind that a page holds at most.</summary>
    public const int OthersMax = 1000;

    private const char Separator = '/';

    /// <summary>One page.</summary>
    /// <param name="request">Whose loans.</param>
    /// <param name="audit">Learns whose they are.</param>
    public ListLoansResponse List(ListLoansRequest request, CallAudit audit)
    {
        var size = Field.PageSize(request.PageSize);
        var (due, id) = Cursor(request.PageToken);
        var today = ((LocalDate?)OpeningCalendar.DateAt(core.Now())).ToIso();
        var version = core.Log.Head.Version;
        using var db = core.Store.Read();
        var patron = PatronWriter.Find(db, core.Store.Consortium, request.CustomerId) ?? throw Field.Missing("patron");
        audit.About(patron.PatronId);
        var page = (from loan in db.Set<LoanRow>()
                    where loan.PatronId == patron.PatronId
                    where string.Compare(loan.DueOn, due) > 0 || (loan.DueOn == due && string.Compare(loan.LoanId, id) > 0)
                    join item in db.Set<ItemRow>() on new { loan.Consortium, loan.ItemId } equals new { item.Consortium, item.ItemId }
                    orderby loan.DueOn, loan.LoanId
                    select new { Loan = loan, item.Title }).Take(size + 1).ToList();
        var response = new ListLoansResponse
        {
            NextPageToken = page.Count > size ? $"{page[size - 1].Loan.DueOn}{Separator}{page[size - 1].Loan.LoanId}" : "",
            Source = Wire.Source.Register,
            FactsVersion = version,
            FactsAge = Duration.Zero.ToProto(),
        };
        response.Loans.AddRange(page.Take(size).Select(row => Show(row.Loan, row.Title, today)));
        if (request.PageToken.Length == 0)
        {
            AddOthers(db, patron, response);
        }

        return response;
    }

    private static void AddOthers(RegisterDb db, PatronRow patron, ListLoansResponse response)
    {
        var holds = db.Set<HoldRow>().Where(hold => hold.PatronId == patron.PatronId).Take(OthersMax).ToList();
        response.Holds.AddRange(holds.OrderBy(hold => hold.PickUpBy.Length == 0).ThenBy(hold => hold.PlacedAt).Select(Show));
        response.Fees.AddRange(db.Set<FeeRow>().Where(fee => fee.PatronId == patron.PatronId && fee.SettledAt == null)
            .OrderByDescending(fee => fee.ChargedAt).Take(OthersMax).AsEnumerable().Select(Show));
        response.Invoices.AddRange(db.Set<InvoiceRow>().Where(invoice => invoice.PatronId == patron.PatronId && invoice.SettledAt == null)
            .OrderBy(invoice => invoice.DueOn).Take(OthersMax).AsEnumerable().Select(Show));
        response.BusStops.AddRange(db.Set<BusStopRow>().Where(stop => stop.PatronId == patron.PatronId)
            .OrderByDescending(stop => stop.LastUsedOn).Take(OthersMax).AsEnumerable()
            .Select(stop => new BusStop { Stop = stop.Stop, LastUsedOn = stop.LastUsedOn }));
        response.History.AddRange(db.Set<LoanHistoryRow>().Where(loan => loan.PatronId == patron.PatronId)
            .OrderByDescending(loan => loan.ReturnedAt).Take(OthersMax).AsEnumerable().Select(Show));
    }

    private static Loan Show(LoanRow loan, string title, string today) => new()
    {
        Id = loan.LoanId,
        ItemId = loan.ItemId,
        Title = title,
        DueOn = loan.DueOn,
        Overdue = string.CompareOrdinal(loan.DueOn, today) < 0,
        LoanTime = Instant.FromUnixTimeMilliseconds(loan.LoanedAt).ToProto(),
        BranchId = loan.BranchId,
        Renewals = loan.Renewals,
    };

    private static Hold Show(HoldRow hold) => new()
    {
        Id = hold.HoldId,
        Title = hold.Title,
        BranchId = hold.BranchId,
        PlaceTime = Instant.FromUnixTimeMilliseconds(hold.PlacedAt).ToProto(),
        Ready = hold.PickUpBy.Length > 0,
        PickUpBy = hold.PickUpBy,
        ExpiresOn = hold.ExpiresOn,
    };

    private static Fee Show(FeeRow fee) => new()
    {
        Id = fee.FeeId,
        Kind = fee.Kind,
        Cents = fee.Cents,
        ChargeTime = Instant.FromUnixTimeMilliseconds(fee.ChargedAt).ToProto(),
        ItemId = fee.ItemId,
        Note = fee.Note,
    };

    private static Invoice Show(InvoiceRow row)
    {
        var invoice = new Invoice { Id = row.InvoiceId, Number = row.Number, Cents = row.Cents, InvoicedOn = row.InvoicedOn, DueOn = row.DueOn };
        invoice.ItemIds.AddRange(row.ItemIds.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        return invoice;
    }

    private static PastLoan Show(LoanHistoryRow loan) => new()
    {
        Title = loan.Title,
        LoanTime = Instant.FromUnixTimeMilliseconds(loan.LoanedAt).ToProto(),
        ReturnTime = Instant.FromUnixTimeMilliseconds(loan.ReturnedAt).ToProto(),
    };

    private static (string Due, string Id) Cursor(string token)
    {
        if (token.Length == 0)
        {
            return ("", "");
        }

        var at = token.IndexOf(Separator, StringComparison.Ordinal);
        return at == 10 && at < token.Length - 1 && NodaTime.Text.LocalDatePattern.Iso.Parse(token[..at]).Success ? (token[..at], token[(at + 1)..]) : throw Field.WrongToken();
    }
}
